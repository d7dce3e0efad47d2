// A Twilio number, set up by clicking, and a customer's signed text answered through it.

import assert from 'node:assert/strict';

import { AUTH_TOKEN, PUBLIC, SID, until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function twilio({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.conduct({ receipt_percent: 30 });
  const front = (await admin.get('/queues'))[0];
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const done = async () => (await admin.get('/channels')).find((one) => one.provider === 'twilio');

  await check('the wizard begins with the provider', async () => {
    await hanna.go('settings/channels');
    await hanna.at('channel-add').click();
    await hanna.at('provider-twilio').click();
  });

  await check('pasted credentials find their fields, and wrong ones are said beside them', async () => {
    await hanna.at('field-account_sid').fill('AC123');
    await hanna.at('field-auth_token').fill(AUTH_TOKEN);
    await hanna.at('wizard-next').click();
    await page.getByText('The Account SID is AC and 32 characters after it').waitFor();
    hanna.expect(/status of 422/);
  });

  await check('a regional address can be set, and Twilio is asked at once', async () => {
    await hanna.at('field-account_sid').fill(SID);
    await hanna.at('advanced').click();
    await hanna.at('field-base_url').fill(desk.provider.base);
    await hanna.at('wizard-next').click();
    await hanna.at('webhook-url').waitFor();
  });

  await check('the webhook’s address is shown to be copied', async () => {
    const channel = await done();
    const shown = await hanna.at('webhook-url').evaluate((one) => one.value ?? one.textContent);
    assert.equal(shown.trim(), PUBLIC + channel.webhook_path);
    await hanna.at('wizard-next').click();
  });

  await check('a number gets a destination and someone who may start sessions', async () => {
    await hanna.at('number-address').fill('+1 202 555 0123');
    await hanna.at('number-destination').selectOption({ label: front.name });
    await hanna.at('number-starters').click();
    await page.getByRole('checkbox', { name: 'Hanna Berg' }).check();
    await hanna.at('wizard-next').click();
    await hanna.at('wizard-next').click();
    await until('the channel', async () => (await done())?.state === 'active');
    const channel = await done();
    assert.equal(channel.numbers[0].address, '+12025550123');
    assert.deepEqual(channel.numbers[0].destination, { kind: 'queue', id: front.id });
    assert.equal(channel.values.account_sid, SID);
    assert.deepEqual(channel.secrets_set, ['auth_token']);
    assert.doesNotMatch(JSON.stringify(channel), new RegExp(AUTH_TOKEN));
  });

  await check('the last step sees the first text come in', async () => {
    await hanna.at('wizard-test').waitFor();
    await desk.text(await done(), LENA, 'Do you have the blue touring frame in 56?');
    await hanna.at('wizard-test').getByText('56', { exact: false }).or(page.getByText('It works')).first().waitFor();
    await hanna.at('wizard-finish').click();
  });

  await check('the text waits in Unowned with the number it came from', async () => {
    await hanna.go('inbox/unowned');
    await hanna.row('555 0147').click();
    await hanna.bubble('blue touring frame').waitFor();
    await hanna.at('thread-line', { hasText: 'Twilio' }).waitFor();
  });

  await check('the answer leaves for Twilio exactly as it was written', async () => {
    await hanna.press('p');
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await hanna.say('Yes! Two left — shall I keep one for you?');
    await hanna.becomes('Two left', ['sent', 'delivered']);
    const [sent, ...others] = await desk.sent();
    assert.equal(others.length, 0);
    assert.equal(sent.provider, 'twilio');
    assert.equal(sent.from, '+12025550123');
    assert.equal(sent.to, LENA);
    assert.equal(sent.text, 'Yes! Two left — shall I keep one for you?');
    assert.deepEqual(sent.media_urls, []);
    assert.ok(sent.status_url.startsWith(`${PUBLIC}/api/v1.0/webhook/twilio/`), sent.status_url);
  });

  await check('Twilio’s signed status callbacks turn the ticks to delivered', async () => {
    await hanna.becomes('Two left', 'delivered');
  });

  await check('the same webhook again changes nothing', async () => {
    const channel = await done();
    const id = 'SM00000000000000000000000000000042';
    await desk.text(channel, LENA, 'Please keep one until five', { id });
    await hanna.bubble('until five').waitFor();
    await desk.text(channel, LENA, 'Please keep one until five', { id });
    await desk.text(channel, LENA, 'Thanks!');
    await hanna.bubble('Thanks!').waitFor();
    assert.equal(await hanna.bubble('until five').count(), 1);
  });

  await check('a wrong signature is refused and nothing appears', async () => {
    const channel = await done();
    const { statuses } = await desk.deliver(channel, LENA, 'I am not Twilio', { secret: '0'.repeat(32) });
    assert.deepEqual(statuses, [403]);
    await desk.text(channel, LENA, 'One more thing');
    await hanna.bubble('One more thing').waitFor();
    assert.equal(await hanna.bubble('I am not Twilio').count(), 0);
  });

  await check('the list of channels counts what passed', async () => {
    await hanna.go('settings/channels');
    const line = hanna.at('channel-row', { hasText: 'Twilio' });
    await line.waitFor();
    assert.equal((await line.getByTestId('figure-received').textContent()).trim(), '4');
    assert.equal((await line.getByTestId('figure-sent').textContent()).trim(), '1');
  });
}

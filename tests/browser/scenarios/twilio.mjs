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
    await page.getByRole('heading', { name: 'New Twilio channel' }).waitFor();
    await hanna.at('channel-name').fill('Shop number');
  });

  await check('what is pasted into the wrong field finds its own', async () => {
    await hanna.at('field-account_sid').evaluate((field, text) => {
      const data = new DataTransfer();
      data.setData('text', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, `${SID}\n${AUTH_TOKEN}`);
    assert.equal(await hanna.at('field-account_sid').inputValue(), SID);
    assert.equal(await hanna.at('field-auth_token').inputValue(), AUTH_TOKEN);
    assert.equal(await hanna.at('field-auth_token').getAttribute('type'), 'password');
  });

  await check('a wrong one is said beside its field', async () => {
    await hanna.at('field-account_sid').fill('AC123');
    await page.getByText('That does not look like the Account SID.').waitFor();
    hanna.expect(/status of 422/);
    await hanna.at('wizard-next').click();
    await page.getByText('The Account SID is AC and 32 characters after it').first().waitFor();
    await hanna.at('field-account_sid').fill(SID);
  });

  await check('a token that Twilio does not know is said at once, in its words', async () => {
    await page.getByText('Advanced').click();
    await hanna.at('base-url').fill(desk.provider.base);
    await desk.conduct({ faults: ['refused'] });
    await hanna.at('wizard-next').click();
    await hanna.at('check-result').waitFor();
    assert.match(await hanna.at('check-result').textContent(), /authentication|refused|not accept/i);
    await desk.conduct({ receipt_percent: 30 });
  });

  await check('the right one is taken, and the guide has the webhook’s address', async () => {
    await hanna.at('field-auth_token').fill(AUTH_TOKEN);
    await hanna.at('wizard-next').click();
    await hanna.at('numbers-fetch').waitFor();
    const { webhook_path } = await done();
    await page.getByLabel('On Twilio’s site').getByText(webhook_path).waitFor();
  });

  await check('a number gets a destination and people who may start sessions', async () => {
    await hanna.at('number-add').click();
    await hanna.at('number-address').fill('+1 202 555');
    await page.getByText('+1 202 555').or(page.getByRole('alert')).first().waitFor();
    await hanna.at('number-address').fill('+1 202 555 0123');
    await page.getByText(/0123 is fine/).waitFor();
    await hanna.at('number-destination').selectOption({ label: `Queue: ${front.name}` });
    const me = hanna.at('number').getByRole('button', { name: 'Hanna Berg' });
    assert.equal(await me.getAttribute('aria-pressed'), 'true');
    await hanna.at('wizard-next').click();
  });

  await check('the webhook’s address is shown to be copied', async () => {
    await hanna.at('webhook-url').waitFor();
    const { webhook_path } = await done();
    assert.equal(await hanna.at('webhook-url').inputValue(), PUBLIC + webhook_path);
  });

  await check('it stays the same when the form is left and opened again', async () => {
    const { webhook_path, id } = await done();
    await hanna.go('inbox/recent');
    await hanna.go('settings/channels/new');
    await hanna.at('provider-twilio').click();
    await hanna.at('wizard-next').click();
    await hanna.at('numbers-fetch').waitFor();
    assert.equal(await hanna.at('number-address').inputValue(), '+12025550123', 'and the number is kept');
    await hanna.at('wizard-next').click();
    await hanna.at('webhook-url').waitFor();
    assert.equal(await hanna.at('webhook-url').inputValue(), PUBLIC + webhook_path);
    assert.equal((await done()).id, id);
    await hanna.at('wizard-next').click();
  });

  await check('with the last button it is switched on, and the secret is not shown again', async () => {
    await hanna.at('rate').fill('20');
    await hanna.at('wizard-next').click();
    await until('the channel', async () => (await done()).state === 'active');
    const channel = await done();
    assert.equal(channel.numbers[0].address, '+12025550123');
    assert.deepEqual(channel.numbers[0].destination, { kind: 'queue', id: front.id });
    assert.equal(channel.rate, 20);
    assert.equal(channel.values.account_sid, SID);
    assert.deepEqual(channel.secrets_set, ['auth_token']);
    assert.doesNotMatch(JSON.stringify(channel), new RegExp(AUTH_TOKEN));
    assert.ok(!(await page.content()).includes(AUTH_TOKEN), 'not in the page either');
  });

  await check('the last step waits for a text and sees it come in', async () => {
    await hanna.at('test-waiting').waitFor();
    await desk.text(await done(), LENA, 'Do you have the blue touring frame in 56?');
    await hanna.at('test-heard').waitFor();
    await hanna.at('wizard-next').click();
  });

  await check('the text waits in Unowned with the number it came from', async () => {
    await hanna.go('inbox/unowned');
    await hanna.row('555 0147').click();
    await hanna.bubble('blue touring frame').waitFor();
    await hanna.at('thread-line', { hasText: 'Shop number' }).waitFor();
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

  await check('the list of channels counts what passed, in the chosen time', async () => {
    await hanna.go('settings/channels');
    const figures = async () => {
      const cells = hanna.at('channel-row', { hasText: 'Shop number' }).locator('td');
      return Object.fromEntries(await cells.evaluateAll((all) => all.map((one) => [one.dataset.label, one.textContent.trim().replace(/\s*last .*/, '')])));
    };
    await until('the figures', async () => (await figures()).Received === '4');
    const seen = await figures();
    assert.equal(seen.Sent, '1');
    assert.equal(seen.Failed, '0');
    assert.equal(seen['Total sent'], '1');
    assert.match(seen.Status, /Connected/);
    await hanna.at('channel-row', { hasText: 'Shop number' }).locator('td', { hasText: /last \d{1,2}:\d\d/ }).first().waitFor();
    await hanna.at('period-custom').click();
    await hanna.at('from').fill('2020-01-01');
    await hanna.at('to').fill('2020-01-31');
    await until('no figures of that month', async () => (await figures()).Received === '0');
  });
}

// A provider whose own API does the work: credentials pasted, numbers fetched, webhook set, and
// messages tested both ways. By clicking, against the simulated Telnyx.

import assert from 'node:assert/strict';

import { PUBLIC, until } from '../desk.mjs';

const LENA = '+12025550147';
const OURS = '+15555550100';

export default async function telnyx({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.conduct({ receipt_percent: 20 });
  const front = (await admin.get('/queues'))[0];
  const account = await desk.account('telnyx');
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const made = async () => (await admin.get('/channels')).find((one) => one.provider === 'telnyx');
  const paste = (field, text) =>
    hanna.at(field).evaluate((box, given) => {
      const data = new DataTransfer();
      data.setData('text', given);
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);

  await check('a provider is found by typing, and chosen with the keyboard', async () => {
    await hanna.go('settings/channels/new');
    await hanna.at('provider-search').fill('nobody');
    await page.getByText('No provider here is called “nobody”').waitFor();
    await hanna.at('provider-general').waitFor();
    await hanna.at('provider-search').fill('');
    await hanna.at('provider-search').press('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement?.dataset.testid);
    const first = await focused();
    assert.match(first, /^provider-/);
    await hanna.press('ArrowRight');
    assert.notEqual(await focused(), first);
    await hanna.press('ArrowLeft');
    assert.equal(await focused(), first);
    await hanna.at('provider-search').fill('teln');
    await hanna.at('provider-search').press('Enter');
    await page.getByRole('heading', { name: 'New Telnyx channel' }).waitFor();
    await hanna.at('provider-chosen', { hasText: 'Telnyx' }).waitFor();
  });

  await check('the guide leads to Telnyx’s site and keeps what nobody confirmed apart', async () => {
    assert.equal(await hanna.at('portal').getAttribute('href'), 'https://portal.telnyx.com');
    const fold = hanna.at('unconfirmed');
    assert.equal(await fold.evaluate((one) => one.open), false);
    await fold.locator('summary').click();
    await fold.getByText('Idempotency-Key').waitFor();
  });

  await check('both credentials are pasted at once, in any order, into any field', async () => {
    await paste('field-public_key', `${account.values.public_key}\n${account.secrets.api_key}`);
    assert.equal(await hanna.at('field-public_key').inputValue(), account.values.public_key);
    assert.equal(await hanna.at('field-api_key').inputValue(), account.secrets.api_key);
    await page.getByText('Advanced').click();
    await hanna.at('base-url').fill(account.base_url);
  });

  await check('a key that Telnyx does not know is said at once', async () => {
    await desk.conduct({ faults: ['refused'] });
    await hanna.at('wizard-next').click();
    await hanna.at('check-result').waitFor();
    await hanna.at('light', { hasText: 'Unauthorized' }).waitFor();
    await desk.conduct({ receipt_percent: 20 });
    await hanna.at('check-again').click();
    await hanna.at('light', { hasText: 'Connected' }).waitFor();
    await hanna.at('wizard-next').click();
  });

  await check('the numbers of the account are fetched, each with its country and its trouble', async () => {
    await hanna.at('numbers-fetch').click();
    const listed = hanna.at('numbers-listed');
    await listed.first().waitFor();
    assert.equal(await listed.count(), 2);
    const good = hanna.at('numbers-listed', { hasText: '+1 555 555 0100' });
    const bad = hanna.at('numbers-listed', { hasText: '+1 555 555 0101' });
    assert.equal(await good.getByRole('checkbox').isChecked(), true);
    assert.equal(await bad.getByRole('checkbox').isChecked(), false, 'one with a problem is not chosen for you');
    assert.match(await bad.textContent(), /profile/i);
    await good.getByRole('img', { name: 'United States' }).waitFor();
  });

  await check('those chosen get a destination and people in one go, and are marked', async () => {
    await hanna.at('fetched-destination').selectOption({ label: 'Hanna Berg' });
    await hanna.at('numbers-take').click();
    await hanna.at('numbers-listed', { hasText: '0100' }).getByText('added').waitFor();
    assert.equal(await hanna.at('number').count(), 1);
    assert.equal(await hanna.at('number-address').inputValue(), OURS);
    await hanna.at('number-destination').selectOption({ label: `Queue: ${front.name}` });
    await hanna.at('wizard-next').click();
  });

  await check('the webhook is set at Telnyx for us, and it is told what was done', async () => {
    await hanna.at('webhook-url').waitFor();
    await hanna.at('webhook-set').click();
    await hanna.at('webhook-result').waitFor();
    await hanna.at('webhook-state', { hasText: 'Set at Telnyx' }).waitFor();
    const answer = await fetch(`${account.base_url}/messaging_profiles`, {
      headers: { authorization: `Bearer ${account.secrets.api_key}` },
    });
    const { data } = await answer.json();
    const { webhook_path } = await made();
    assert.equal(data[0].webhook_url, PUBLIC + webhook_path);
  });

  await check('what Telnyx refuses is told with its own words', async () => {
    hanna.expect(/status of 424/);
    await desk.conduct({ faults: ['refused'] });
    await hanna.at('webhook-set').click();
    await hanna.at('webhook-problem').waitFor();
    await hanna.at('webhook-problem').locator('summary').click();
    assert.match(await hanna.at('webhook-problem').textContent(), /Authentication failed/i);
    await desk.conduct({ receipt_percent: 20 });
  });

  await check('the locks of the address stay closed away where everything is signed', async () => {
    assert.equal(await hanna.at('guard').evaluate((one) => one.open), false);
    await hanna.at('guard').locator('summary').click();
    await hanna.at('guard-publish').click();
    assert.equal(await hanna.at('guard-networks').inputValue(), '192.76.120.192/27');
    await hanna.at('guard-blind').waitFor();
    await hanna.at('guard-networks').fill('');
    await hanna.at('wizard-next').click();
  });

  await check('no answers to STOP are asked for where Telnyx gives them', async () => {
    await hanna.at('answers-keywords').waitFor();
    assert.equal(await hanna.at('stop-text').count(), 0);
    await hanna.at('rate').fill('20');
    await hanna.at('wizard-next').click();
    await until('the channel', async () => (await made()).state === 'active');
  });

  await check('the test sees a customer’s message come in', async () => {
    await hanna.at('test-waiting').waitFor();
    const { statuses } = await desk.said(await made(), LENA, 'HELLO');
    assert.deepEqual(statuses, [200]);
    await hanna.at('test-heard').waitFor();
  });

  await check('and sends one out, which arrives', async () => {
    await hanna.at('test-to').fill('+1 202 555 0199');
    await hanna.at('test-send').click();
    await hanna.at('test-sent').waitFor();
    await until('the message', async () => (await desk.sent()).length === 1);
    const [sent] = await desk.sent();
    assert.equal(sent.provider, 'telnyx');
    assert.equal(sent.from, OURS);
    assert.equal(sent.to, '+12025550199');
    await hanna.at('test-sent').getByRole('link').click();
    await hanna.becomes('This is a test', ['sent', 'delivered']);
    assert.deepEqual(await desk.news(await made(), sent, 'delivered'), [200]);
    await hanna.becomes('This is a test', 'delivered');
  });

  await check('a text signed by somebody else is refused, and the channel says so', async () => {
    const channel = await made();
    const forged = await desk.said(channel, LENA, 'I am not Telnyx', { at: Date.now() - 3_600_000 });
    assert.deepEqual(forged.statuses, [403]);
    await hanna.go(`settings/channels/${channel.id}`);
    await hanna.at('refusals').waitFor();
    assert.equal((await admin.get(`/channels/${channel.id}`)).health.refused, 1);
  });

  await check('a number that came later is told apart until the webhook is set again', async () => {
    const channel = await made();
    const { numbers } = channel;
    await admin.patch(`/channels/${channel.id}`, {
      numbers: [...numbers, { address: '+15555550101', destination: numbers[0].destination, starters: [] }],
    });
    await hanna.go('settings/channels');
    await hanna.at('outdated', { hasText: '+1 555 555 0101' }).waitFor();
    await admin.patch(`/channels/${channel.id}`, { numbers });
    await hanna.at('outdated').waitFor({ state: 'detached' });
  });

  await check('when the public address changes, the channel says that Telnyx has another', async () => {
    await admin.patch('/settings', { public_url: 'https://moved.northside.example' });
    await hanna.go(`settings/channels/${(await made()).id}`);
    await hanna.at('step-webhook').click();
    const state = hanna.at('webhook-state');
    await state.getByText('Telnyx still has another address').or(state.getByText('Set at Telnyx')).first().waitFor();
    await until('the new address at Telnyx', async () => {
      if (await state.getByText('still has another').count()) await hanna.at('webhook-set').click().catch(() => undefined);
      const now = await made();
      return now.webhook_at_provider.is_current && now.webhook_at_provider.url.startsWith('https://moved.');
    });
    await state.getByText('Set at Telnyx').waitFor();
  });
}

// What the agent sees and decides when a message does not simply go.

import assert from 'node:assert/strict';

const LENA = '+12025550147';

export default async function trouble({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Is my wheel ready?');
  const hanna = await member(desk, admin, { name: 'hanna' });
  await hanna.row('555 0147').click();
  await hanna.press('p');
  await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
  const failed = (text) => hanna.bubble(text).getByTestId('failed');

  await check('what Twilio refuses is said in the guide’s words, with the code one click away', async () => {
    await desk.conduct({ faults: ['refused'] });
    await hanna.say('Almost ready');
    await hanna.becomes('Almost ready', 'failed');
    assert.match(await failed('Almost ready').textContent(), /Authentication failed/i);
    await failed('Almost ready').getByRole('button', { name: 'Details' }).click();
    await hanna.bubble('Almost ready').getByText('20003').waitFor();
  });

  await check('the list says that something was not sent', async () => {
    await hanna.row('555 0147').getByText('Not sent').waitFor();
    await hanna.at('folder-attention').getByText('1').waitFor();
  });

  await check('Retry sends the same message, once', async () => {
    await desk.conduct({ receipt_percent: 10 });
    await hanna.bubble('Almost ready').getByRole('button', { name: 'Retry' }).click();
    await hanna.becomes('Almost ready', 'delivered');
    assert.equal(await hanna.bubble('Almost ready').count(), 1);
    assert.equal((await desk.sent()).filter((one) => one.taken).length, 1);
    await hanna.row('555 0147').getByText('Not sent').waitFor({ state: 'detached' });
  });

  await check('a message that the carrier could not deliver turns to failed afterwards', async () => {
    await desk.conduct({ faults: ['failed'], receipt_percent: 10 });
    await hanna.say('It is ready now');
    await hanna.becomes('It is ready now', 'failed');
  });

  await check('a busy provider makes the message wait, and then it goes', async () => {
    await desk.conduct({ faults: ['rate_limited'], receipt_percent: 10 });
    await hanna.say('Come any time');
    await hanna.becomes('Come any time', 'queued');
    await hanna.bubble('Come any time').getByText('Trying again at').waitFor();
    const watcher = await member(desk, admin, { name: 'watcher' });
    await watcher.go('settings/channels');
    await watcher.at('slowed').waitFor();
    await desk.conduct({ receipt_percent: 10 });
    await hanna.becomes('Come any time', 'delivered', 30_000);
  });

  await check('who opted out at the provider is not written to again, in its words', async () => {
    await desk.conduct({ refuse: 'opted_out' });
    await hanna.say('And your saddle too');
    await hanna.becomes('And your saddle too', 'failed');
    await hanna.at('banner-opted-out', { hasText: /^\s*Twilio says since .+ opted out\./ }).waitFor();
    assert.match(await hanna.at('banner-opted-out').locator('q').textContent(), /unsubscribed/i);
    assert.equal(await hanna.bubble('And your saddle too').getByRole('button', { name: 'Retry' }).count(), 0);
    assert.equal(await hanna.at('tab-reply').count(), 0);
    await desk.conduct({ receipt_percent: 10 });
  });

  // A provider that keeps silent cannot be asked by every channel; the demo's cannot.
  const demo = await desk.session('Maria', admin, 'all').catch(() => null);
  assert.equal(demo, null);
  await desk.customer('maria', 'Hello?');
  await hanna.row('Maria').click();
  await hanna.at('thread-name', { hasText: 'Maria' }).waitFor();
  await hanna.press('p');
  await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();

  for (const [button, then] of [['It arrived', 'sent'], ['Send again', ['sent', 'delivered', 'read']]]) {
    await check(`uncertain: the person decides, “${button}”`, async () => {
      const text = `Yes, we are here (${button})`;
      await admin.patch('/demo/faults', { uncertain: true });
      await hanna.say(text);
      await hanna.becomes(text, 'uncertain', 45_000);
      await admin.patch('/demo/faults', { uncertain: false });
      await hanna.bubble(text).getByText('May have been sent. The provider did not answer.').waitFor();
      await hanna.bubble(text).getByRole('button', { name: button }).click();
      await hanna.becomes(text, then);
      assert.equal(await hanna.bubble(text).count(), 1);
    });
  }
}

// Who comes after whom at one computer: nobody sends what another left behind.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function sharedComputer({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const { user } = await admin.get('/me');
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [user.id] });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Are you on the road?');
  const hanna = await member(desk, admin, { name: 'hanna' });
  hanna.expect(/ERR_INTERNET_DISCONNECTED|WebSocket connection|ERR_FAILED/);
  await hanna.row('555 0147').click();
  await hanna.press('p');
  await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
  const line = (state) => hanna.page.locator(`[data-testid="line"][data-state="${state}"]`);

  await check('on a shared computer nobody sends what another left behind', async () => {
    const tom = await desk.person('Tom Reed', 'agent', [front.id]);
    await hanna.row('555 0147').click();
    await hanna.context.setOffline(true);
    await hanna.say('Left by Hanna');
    await hanna.page.locator('[data-testid="pending"][data-state="waiting"]').waitFor();
    // The desk ends it, as it does for who lost a device: what was written waits for its author.
    hanna.expect(/status of 40[14]/);
    await admin.post('/sign-out');
    await hanna.context.setOffline(false);
    await hanna.at('sign-in').waitFor();
    await hanna.signIn(tom.login);
    await hanna.at('inbox').waitFor();
    await line('live').waitFor();
    assert.ok(!(await desk.sent()).some((one) => one.text === 'Left by Hanna'));
    await hanna.at('rail-me').click();
    await hanna.at('menu-sign-out').click();
    await hanna.at('sign-in').waitFor();
    await hanna.signIn('hanna');
    await until('it left in her own name', async () => (await desk.sent()).some((one) => one.text === 'Left by Hanna'));
  });

  await check('who signs out is told that what waits goes with it, and it does', async () => {
    await hanna.row('555 0147').click();
    await hanna.context.setOffline(true);
    await hanna.say('Never mind');
    await hanna.page.locator('[data-testid="pending"][data-state="waiting"]').waitFor();
    await hanna.at('rail-me').click();
    await hanna.at('menu-sign-out').click();
    await hanna.at('sign-out-confirm').click();
    await hanna.at('sign-in').waitFor();
    await hanna.context.setOffline(false);
    await hanna.signIn('hanna');
    await hanna.row('555 0147').click();
    await line('live').waitFor();
    await hanna.say('Good night');
    await hanna.becomes('Good night', 'delivered', 30_000);
    assert.equal(await hanna.at('pending').count(), 0);
    assert.ok(!(await desk.sent()).some((one) => one.text === 'Never mind'));
  });
}

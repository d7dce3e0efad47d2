// A line that breaks: what is written meanwhile waits, goes once, and nothing is missed.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function offline({ check, desk: open, member }) {
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

  await check('without a line the light goes out and writing goes on', async () => {
    await line('live').waitFor();
    await hanna.context.setOffline(true);
    // The browser keeps open sockets; a broken line would not.
    await hanna.say('On my way');
    await hanna.page.locator('[data-testid="pending"][data-state="waiting"]').waitFor();
    await hanna.say('Ten minutes');
    await until('two that wait', async () => (await hanna.at('pending').count()) === 2);
    assert.deepEqual(await desk.sent(), []);
  });

  await check('what the customer writes meanwhile is not lost', async () => {
    await desk.text(channel, LENA, 'Hello? The door is open');
  });

  await check('even a closed page keeps what waits', async () => {
    const kept = await hanna.page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.startsWith('deskbell.outbox.')).join('\n'));
    assert.match(kept, /On my way/);
    assert.match(kept, /Ten minutes/);
  });

  await check('when the line is back both go, once, in the order they were written', async () => {
    await hanna.context.setOffline(false);
    await hanna.becomes('Ten minutes', 'delivered', 30_000);
    await hanna.becomes('On my way', 'delivered');
    await hanna.bubble('The door is open').waitFor();
    await line('live').waitFor();
    assert.deepEqual((await desk.sent()).map((one) => one.text), ['On my way', 'Ten minutes']);
    assert.equal(await hanna.bubble('On my way').count(), 1);
    assert.equal(await hanna.at('pending').count(), 0);
  });

  await check('an answer that is lost on the way does not double the message', async () => {
    let lost = 0;
    await hanna.page.route(/\/sessions\/[^/]+\/messages$/, async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    hanna.expect(/ERR_CONNECTION_RESET/);
    await hanna.say('Standing at the door');
    await hanna.becomes('Standing at the door', 'delivered', 30_000);
    await until('no bubble that waits', async () => (await hanna.at('pending').count()) === 0);
    assert.equal(lost, 1);
    assert.equal(await hanna.bubble('Standing at the door').count(), 1);
    assert.equal((await desk.sent()).filter((one) => one.text === 'Standing at the door').length, 1);
  });

  await check('nor does one that is lost when a session is started', async () => {
    let lost = 0;
    await hanna.page.route(/\/api\/v1\/sessions$/, async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await hanna.press('Escape');
    await hanna.at('new-session').click();
    await hanna.at('new-to').fill('+12025550161');
    await hanna.at('new-text').fill('Your bike is ready');
    await hanna.at('new-send').click();
    await hanna.at('new-problem').waitFor();
    await hanna.press('Escape');
    await hanna.at('new-session').click();
    assert.equal(await hanna.at('new-text').inputValue(), 'Your bike is ready');
    await hanna.at('new-send').click();
    await hanna.becomes('Your bike is ready', 'delivered', 30_000);
    assert.equal(lost, 1);
    assert.equal((await desk.sent()).filter((one) => one.text === 'Your bike is ready').length, 1);
    // What is routed by hand would hang without a line instead of failing.
    await hanna.page.unrouteAll();
  });
}

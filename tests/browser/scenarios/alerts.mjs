// What rings, where and when: the matrix does what it says, the test of a row too, and a push that
// the browser brings shows a notification that leads to the session.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

/** A page that keeps what sounds and notifications it made since it was asked last. */
async function since(one) {
  return one.page.evaluate(() => {
    const found = { rung: globalThis.rung, notified: globalThis.notified };
    globalThis.rung = 0;
    globalThis.notified = [];
    return found;
  });
}

const unfocus = (one) => one.page.evaluate(() => {
  document.hasFocus = () => false;
  globalThis.dispatchEvent(new Event('blur'));
});
const focus = (one) => one.page.evaluate(() => {
  delete document.hasFocus;
  globalThis.dispatchEvent(new Event('focus'));
});

/** No push service of the world is asked: the browser is given one that takes nothing. */
function subscription() {
  const fake = {
    // The curve's own first point: what it is sealed for does not matter here.
    keys: {
      p256dh: 'BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
      auth: 'AAAAAAAAAAAAAAAAAAAAAA',
    },
    endpoint: 'https://push.example/browser-1',
  };
  let current = null;
  PushManager.prototype.subscribe = async (options) => {
    globalThis.subscribedTo = options;
    current = { ...fake, toJSON: () => fake, unsubscribe: async () => !(current = null) };
    return current;
  };
  PushManager.prototype.getSubscription = async () => current;
}

export default async function alerts({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const people = [await desk.person('Ana Lopez', 'agent', [front.id]), await desk.person('Tom Reed', 'agent', [front.id])];
  const ana = await member(desk, people[0].api, { name: 'ana', serviceWorkers: 'allow' });
  const tom = await member(desk, people[1].api, { name: 'tom' });
  for (const one of [ana, tom]) one.expect(/status of 404 .*\/sessions\//);

  await check('a chosen cell is kept, and counts at once', async () => {
    await ana.go('settings/notifications');
    await ana.at('alert-unowned-system').waitFor();
    assert.equal(await ana.at('alert-unowned-system').isChecked(), true);
    await ana.at('alert-unowned-system').uncheck();
    await until('the desk has it', async () => {
      const { rows } = await people[0].api.get('/me/alerts');
      return !rows.find((row) => row.kind === 'unowned').system.includes('unfocused');
    });
    await Promise.all([unfocus(ana), unfocus(tom)]);
    await since(ana);
    await since(tom);
    await desk.customer('maria', 'Is anybody there?');
    for (const one of [ana, tom]) await one.at('toast', { hasText: 'Maria is waiting' }).waitFor();
    const [hers, his] = [await since(ana), await since(tom)];
    assert.deepEqual(hers.notified, [], 'she wanted no notification');
    assert.deepEqual(his.notified, [{ title: 'Maria is waiting', body: 'Is anybody there?' }]);
    assert.ok(hers.rung > 0 && his.rung > 0);
    await Promise.all([focus(ana), focus(tom)]);
  });

  await check('the test of a row does what the row says for that place', async () => {
    await since(ana);
    await ana.at('alert-unowned-test').click();
    await ana.at('toast', { hasText: 'Maria is waiting' }).last().waitFor();
    assert.deepEqual((await since(ana)).notified, []);
    await ana.at('alert-failed-test').click();
    await ana.at('toast', { hasText: 'did not go' }).waitFor();
    await until('the notification', async () => (await ana.page.evaluate(() => globalThis.notified)).length === 1);
    await ana.role('tab', 'Here, at something else').click();
    await since(ana);
    await ana.at('alert-mine-test').click();
    await until('it rang', () => ana.page.evaluate(() => globalThis.rung > 0));
    assert.deepEqual((await since(ana)).notified, []);
  });

  await check('private notifications show neither who wrote nor what', async () => {
    await tom.go('settings/notifications');
    await tom.turn(tom.role('switch', 'Private notifications'));
    await until('the desk has it', async () => (await people[1].api.get('/me/alerts')).private);
    await desk.customer('greg', 'my secret order');
    await tom.at('toast', { hasText: 'Somebody is waiting' }).waitFor();
    assert.equal(await tom.at('toast', { hasText: 'secret' }).count(), 0);
  });

  await check('do not disturb is silent, and the page says so', async () => {
    await people[1].api.patch('/me', { presence: 'do_not_disturb' });
    await tom.at('quiet-now').waitFor();
    await people[1].api.patch('/me', { presence: 'available' });
    await tom.at('quiet-now').waitFor({ state: 'detached' });
  });

  await check('a transfer is told to the one who gets it', async () => {
    await tom.page.reload();
    await tom.go('inbox/recent');
    // What happened before its line stood would be no news.
    await tom.page.locator('[data-testid="line"][data-state="live"]').waitFor();
    const session = await desk.session('Maria');
    await people[0].api.post(`/sessions/${session.id}/pick-up`);
    await people[0].api.post(`/sessions/${session.id}/transfer`, { to: { kind: 'user', id: people[1].id } });
    await tom.at('toast', { hasText: 'A conversation was given to you' }).waitFor();
  });

  await check('the bell rings again after half a minute, until somebody picks up', async () => {
    await tom.page.clock.install();
    await tom.page.reload();
    await tom.page.locator('[data-testid="line"][data-state="live"]').waitFor();
    await tom.go('inbox/recent');
    await desk.customer('yuki', 'Is anybody there?');
    await tom.at('folder-unowned').getByText(/\d/).waitFor();
    const session = await desk.session('由紀');
    const others = (await people[0].api.get('/sessions?folder=unowned')).sessions.filter((one) => one.id !== session.id);
    for (const one of others) await people[0].api.post(`/sessions/${one.id}/pick-up`);
    await until('it was counted', async () => (await people[1].api.get('/sessions/counts')).waiting.length === 1);
    await tom.page.waitForTimeout(2_500);
    await since(tom);
    await tom.page.clock.runFor(15_000);
    assert.equal((await since(tom)).rung, 0, 'not yet');
    await tom.page.clock.runFor(20_000);
    assert.ok((await since(tom)).rung > 0, 'half a minute has passed');
    await tom.page.clock.runFor(31_000);
    assert.ok((await since(tom)).rung > 0, 'and another');
    await people[0].api.post(`/sessions/${session.id}/pick-up`);
    await tom.row('由紀').waitFor({ state: 'detached' });
    await tom.page.waitForTimeout(2_500);
    await since(tom);
    await tom.page.clock.runFor(35_000);
    assert.equal((await since(tom)).rung, 0, 'nobody waits any more');
  });

  let worker;
  await check('push can be switched on, with the desk’s own key', async () => {
    await ana.page.evaluate(subscription);
    await ana.at('push-on').click();
    await ana.page.locator('[data-testid="push"][data-state="on"]').waitFor();
    const asked = await ana.page.evaluate(() => ({
      visible: globalThis.subscribedTo.userVisibleOnly,
      key: globalThis.subscribedTo.applicationServerKey.length,
    }));
    assert.deepEqual(asked, { visible: true, key: 65 });
    const state = await people[0].api.get('/me/push');
    assert.equal(state.on, true);
    await ana.page.getByText('push.example brings it').waitFor();
    worker = await until('the worker', async () => ana.context.serviceWorkers()[0]);
  });

  await check('what the browser brings becomes a notification, and a click leads to the session', async () => {
    const session = await desk.session('Greg');
    const told = { kind: 'unowned', session_id: session.id, name: 'Greg', text: 'Hello', pick_up: true };
    const shown = await worker.evaluate(async (data) => {
      const event = new PushEvent('push', { data: JSON.stringify(data) });
      const works = [];
      event.waitUntil = (work) => works.push(work);
      self.dispatchEvent(event);
      await Promise.all(works);
      const notes = await self.registration.getNotifications();
      return notes.map((note) => ({ title: note.title, body: note.body, tag: note.tag, actions: note.actions.map((one) => one.title) }));
    }, told);
    assert.deepEqual(shown, [{ title: 'Greg is waiting', body: 'Hello', tag: session.id, actions: ['Pick up', 'Snooze 20 min'] }]);
    await worker.evaluate(async () => {
      const [notification] = await self.registration.getNotifications();
      const event = new NotificationEvent('notificationclick', { notification, action: 'pick-up' });
      const works = [];
      event.waitUntil = (work) => works.push(work);
      self.dispatchEvent(event);
      await Promise.allSettled(works);
    });
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    assert.equal((await desk.session('Greg')).owner_id, people[0].id);
  });

  await check('“Snooze 20 min” puts it aside, and leads nowhere', async () => {
    const session = await desk.session('Greg');
    await ana.go('settings/notifications');
    await worker.evaluate(async (id) => {
      await self.registration.showNotification('Greg', { tag: id, data: { session: id, kind: 'mine' } });
      const [notification] = await self.registration.getNotifications({ tag: id });
      const event = new NotificationEvent('notificationclick', { notification, action: 'snooze' });
      const works = [];
      event.waitUntil = (work) => works.push(work);
      self.dispatchEvent(event);
      await Promise.allSettled(works);
    }, session.id);
    await until('it is put aside', async () => {
      const { sessions } = await people[0].api.get('/sessions?folder=snoozed');
      return sessions.some((one) => one.id === session.id);
    });
    assert.match(ana.page.url(), /settings\/notifications/);
    await people[0].api.post(`/sessions/${session.id}/wake`);
  });

  await check('a link that asks for the same is answered with a question, not obeyed', async () => {
    await desk.customer('priya', 'My parcel is broken');
    const session = await desk.session('Priya');
    await ana.go(`inbox/recent/${session.id}?do=pick-up&key=guessed`);
    await ana.at('ask-deed').getByText('Pick up the session with Priya?').waitFor();
    assert.doesNotMatch(ana.page.url(), /do=/);
    await ana.press('Escape');
    await ana.at('ask-deed').waitFor({ state: 'hidden' });
    assert.equal((await desk.session('Priya')).owner_id ?? null, null);
    await ana.go(`inbox/recent/${session.id}?do=pick-up`);
    await ana.at('ask-deed-yes').click();
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
  });

  await check('what was read elsewhere leaves the screen', async () => {
    const session = await desk.session('Greg');
    const left = await worker.evaluate(async (id) => {
      await self.registration.showNotification('Greg', { tag: id });
      const event = new PushEvent('push', { data: JSON.stringify({ kind: 'over', session_id: id }) });
      const works = [];
      event.waitUntil = (work) => works.push(work);
      self.dispatchEvent(event);
      await Promise.all(works);
      return (await self.registration.getNotifications()).length;
    }, session.id);
    assert.equal(left, 0);
  });

  await check('switched off, the desk forgets the device', async () => {
    await ana.go('settings/notifications');
    await ana.at('push-off').click();
    await ana.page.locator('[data-testid="push"][data-state="off"]').waitFor();
  });

  await check('the page of notifications can be used by everybody', async () => {
    assert.deepEqual(await ana.barriers(), []);
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await ana.at('alert-mine-toast').waitFor();
    assert.deepEqual(await ana.barriers(), []);
    const wide = await ana.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${wide} px wide`);
  });
}

// A phone without a line: the pages open, the last conversations can be read, what is written leaves
// once; signing out leaves nothing behind, and a page that is open outlasts an update.

import assert from 'node:assert/strict';

import { PASSWORD, until } from '../desk.mjs';

const LENA = '+12025550147';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, serviceWorkers: 'allow' };

/** Names of the databases that the pages made, and the rows in them. */
async function keptOn(page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((one) => one.name).filter((name) => name.startsWith('deskbell-kept-'));
    const found = [];
    for (const name of names) {
      const db = await new Promise((done, fail) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
      if (!db.objectStoreNames.contains('threads')) {
        // Made by this look: the pages had deleted it meanwhile.
        db.close();
        indexedDB.deleteDatabase(name);
        continue;
      }
      const rows = await new Promise((done) => {
        const asked = db.transaction('threads').objectStore('threads').getAll();
        asked.onsuccess = () => done(asked.result);
      });
      db.close();
      found.push({ name, full: rows.filter((row) => row.messages).length });
    }
    return found;
  });
}

export default async function offlinePhone({ check, desk: open, visitor: come, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Are you on the road?');
  await desk.customer('maria', 'Hi, are you open today?');
  await desk.session('Maria');
  const hanna = await come(desk, { name: 'hanna', ...PHONE });
  hanna.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection|status of 401|status of 404/);
  const { page, context } = hanna;

  await check('the pages and the listed conversations come to lie on the phone', async () => {
    await hanna.signIn('hanna');
    await hanna.row('555 0147').tap();
    await hanna.at('pick-up').tap();
    await hanna.at('pick-up').waitFor({ state: 'detached' });
    await until('a worker', () => page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated'));
    await until('both conversations', async () => (await keptOn(page))[0]?.full === 2);
  });

  await check('no answer of the desk lies in the worker’s cache', async () => {
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)));
      return all.flat();
    });
    assert.ok(kept.some((url) => url.includes('/assets/')), 'the pages are there');
    assert.deepEqual(kept.filter((url) => url.includes('/api/')), []);
  });

  await check('without a line the page opens anew and says of when it is', async () => {
    await context.setOffline(true);
    await page.reload();
    await hanna.bubble('Are you on the road?').waitFor();
    await hanna.at('offline', { hasText: /What you see is from \d{1,2}:\d\d/ }).waitFor();
  });

  await check('what is written waits, and outlasts another start', async () => {
    await hanna.at('composer-text').fill('On my way');
    await hanna.at('send').tap();
    await page.locator('[data-testid="pending"][data-state="waiting"]').waitFor();
    await page.reload();
    await page.locator('[data-testid="pending"][data-state="waiting"]', { hasText: 'On my way' }).waitFor();
    await hanna.at('offline', { hasText: '1 message waits' }).waitFor();
    assert.deepEqual(await desk.sent(), []);
  });

  await check('the list and a conversation that was never opened can be read', async () => {
    await hanna.role('button', 'Back').tap();
    await hanna.row('Maria').tap();
    await hanna.bubble('are you open today').waitFor();
  });

  await check('when the line is back it leaves, once', async () => {
    await context.setOffline(false);
    await until('the message at the provider', async () => (await desk.sent()).length === 1);
    await hanna.at('offline').waitFor({ state: 'detached' });
    assert.deepEqual((await desk.sent()).map((one) => one.text), ['On my way']);
  });

  await check('a part that an update took away is still there for the page that is open', async () => {
    await page.reload();
    await hanna.at('thread-pane').waitFor();
    const gone = /assets\/(Settings|Search|Contacts)-[^/]+\.js/;
    await context.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
    await hanna.go('settings/about');
    await hanna.at('settings').waitFor();
    await context.unroute(gone);
  });

  await check('signing out with something unsent asks first, and leaves nothing behind', async () => {
    await hanna.go('inbox/recent');
    await hanna.row('555 0147').tap();
    await context.setOffline(true);
    await hanna.at('composer-text').fill('One more thing');
    await hanna.at('send').tap();
    await page.locator('[data-testid="pending"][data-state="waiting"]').waitFor();
    await hanna.go('settings/account');
    await hanna.at('sign-out').tap();
    await hanna.at('sign-out-confirm').tap();
    await hanna.at('sign-in').waitFor();
    await until('an empty phone', async () => (await keptOn(page)).length === 0);
    const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== 'deskbell.look' && key !== 'deskbell.volume'));
    assert.deepEqual(left, []);
    await context.setOffline(false);
    assert.equal((await desk.sent()).length, 1, 'what was deleted is not sent');
  });

  await check('another person finds nothing of the first', async () => {
    await desk.person('Ana Lopez');
    await hanna.go('');
    await hanna.signIn('hanna');
    await until('what is kept', async () => (await keptOn(page)).length === 1);
    const [before] = await keptOn(page);
    // As after a crash: the token is gone, what was kept is not.
    await page.evaluate(() => localStorage.removeItem('deskbell.token'));
    await page.reload();
    await hanna.signIn('ana');
    await hanna.at('inbox').waitFor();
    await until('only what is hers', async () => {
      const now = await keptOn(page);
      return now.length === 1 && now[0].name !== before.name;
    });
  });

  await check('a device that is logged out elsewhere forgets everything', async () => {
    const ana = (await admin.get('/users')).find((one) => one.login === 'ana');
    for (const device of await admin.get(`/users/${ana.id}/devices`)) await admin.delete(`/users/${ana.id}/devices/${device.id}`);
    await hanna.at('sign-in').waitFor();
    await until('an empty phone', async () => (await keptOn(page)).length === 0);
  });

  await check('on somebody else’s device nothing is kept at all', async () => {
    const guest = await come(desk, { name: 'guest', ...PHONE });
    guest.expect(/status of 401/);
    await guest.at('passing').check({ force: true });
    await guest.signIn('hanna', PASSWORD);
    await guest.row('Maria').tap();
    await guest.bubble('are you open today').waitFor();
    assert.deepEqual(await keptOn(guest.page), []);
    const [durable, passing] = await guest.page.evaluate(() => [localStorage.getItem('deskbell.token'), sessionStorage.getItem('deskbell.token')]);
    assert.equal(durable, null);
    assert.ok(passing);
    assert.equal(await guest.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  });

  await check('without a worker an update offers to reload, and the draft stays', async () => {
    const plain = await member(desk, admin, { name: 'plain', viewport: PHONE.viewport });
    plain.expect(/status of 404|Failed to fetch dynamically|Failed to load module/);
    const gone = /assets\/Settings-[^/]+\.js/;
    await plain.context.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
    await plain.context.route(/\/index\.html$/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/assets\/index-[^"]+\.js/, 'assets/index-newer.js');
      await route.fulfill({ response: answer, body });
    });
    await plain.page.reload();
    await plain.row('Maria').click();
    await plain.at('pick-up').click();
    await plain.at('composer-text').fill('Half a sentence');
    await plain.go('settings');
    await plain.at('reopen').waitFor();
    await plain.context.unroute(gone);
    await plain.at('reopen').click();
    await plain.at('settings').waitFor();
    await plain.go('inbox/recent');
    await plain.row('Maria').click();
    await until('the draft', async () => (await plain.at('composer-text').inputValue()) === 'Half a sentence');
  });
}

// From the first page to the first delivered answer: the demo, as a newcomer plays it.

import assert from 'node:assert/strict';

import { PASSWORD, until } from '../desk.mjs';

export default async function firstRun({ check, desk: open, visitor: come }) {
  const desk = await open();
  const hanna = await come(desk, { name: 'hanna' });
  const { page } = hanna;

  await check('a new desk asks how to begin', async () => {
    await hanna.at('welcome').waitFor();
    assert.equal(await hanna.at('choose-join').count(), 0, 'joining is for the window');
    await hanna.at('choose-office').click();
  });

  await check('the page may run and reach nothing that is not ours, and it would be noticed here', async () => {
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.strange = 1' }));
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/pixel.png', hidden: true }));
      return fetch('http://127.0.0.1:9/').catch(() => undefined);
    });
    await until('three complaints', () => ['script-src', 'img-src', 'connect-src'].every((what) =>
      hanna.complaints.some((one) => one.startsWith(`policy: ${what}`))));
    assert.equal(await page.evaluate(() => globalThis.strange), undefined);
    // The browser says the same once more in its own words.
    await page.waitForTimeout(200);
    hanna.complaints.length = 0;
  });

  await check('a name, a business and a password are enough', async () => {
    await hanna.at('setup-name').fill('Hanna Berg');
    assert.equal(await hanna.at('setup-login').inputValue(), 'hanna');
    await hanna.at('setup-business').fill('Northside Bikes');
    await hanna.at('setup-password').fill('short');
    assert.ok(await hanna.at('setup-submit').isDisabled());
    await hanna.at('setup-password').fill(PASSWORD);
    await hanna.at('setup-submit').click();
    await hanna.at('first-steps').waitFor();
  });

  await check('the bell rings on request and a notification comes up', async () => {
    await hanna.at('first-test').click();
    await hanna.at('first-done').waitFor();
    assert.ok((await page.evaluate(() => globalThis.rung)) > 0, 'nothing was heard');
    assert.equal((await page.evaluate(() => globalThis.notified)).length, 1);
    await hanna.at('first-done').click();
  });

  await check('the demo customer stands beside the inbox, labelled, and a mark says what to do', async () => {
    await hanna.at('demo-phone').waitFor();
    await hanna.at('demo-phone').getByText('DEMO', { exact: true }).waitFor();
    await page.locator('[data-testid="coach"][data-mark="write"]').waitFor();
  });

  await check('what Maria writes rings, pops up and waits in Unowned', async () => {
    const before = await page.evaluate(() => globalThis.rung);
    await hanna.at('demo-text').fill('Hi, are you open on Sunday?');
    await hanna.at('demo-text').press('Enter');
    await hanna.at('toast', { hasText: 'Maria' }).waitFor();
    await until('the bell', () => page.evaluate((heard) => globalThis.rung > heard, before));
    await hanna.at('folder-unowned').click();
    await hanna.row('Maria').waitFor();
    assert.match(await hanna.row('Maria').textContent(), /are you open on Sunday/);
    assert.match(await page.title(), /^\(\d+\) Northside Bikes/);
  });

  await check('P picks it up and the cursor is in the answer', async () => {
    await hanna.open('Maria');
    await hanna.at('banner-not-picked-up').waitFor();
    await page.locator('[data-testid="coach"][data-mark="pick-up"]').waitFor();
    await hanna.press('p');
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await until('the cursor', () => hanna.at('composer-text').evaluate((box) => box === document.activeElement));
    assert.equal(await hanna.at('pick-up').count(), 0);
  });

  await check('Enter sends the answer, and it is delivered', async () => {
    await page.keyboard.type('Yes, from ten to four.');
    await hanna.press('Enter');
    await hanna.bubble('Yes, from ten to four.').or(hanna.at('pending')).first().waitFor();
    await hanna.becomes('Yes, from ten to four.', ['delivered', 'read']);
    assert.equal(await hanna.bubble('Yes, from ten to four.').count(), 1);
    assert.equal(await hanna.at('composer-text').inputValue(), '');
    await hanna.at('demo-line', { hasText: 'Yes, from ten to four.' }).waitFor();
  });

  await check('the customer’s reply appears while the thread is open', async () => {
    await hanna.at('demo-text').fill('Lovely, see you then');
    await hanna.at('demo-send').click();
    await hanna.bubble('Lovely, see you then').waitFor();
    assert.equal(await hanna.at('toast', { hasText: 'Lovely' }).count(), 0, 'what is seen makes no noise');
  });

  await check('the last mark can be put away, and after a reload none comes back', async () => {
    await page.locator('[data-testid="coach"][data-mark="done"]').waitFor();
    await hanna.at('coach').getByRole('button').click();
    await hanna.at('coach').waitFor({ state: 'detached' });
    await page.reload();
    await hanna.at('thread-name', { hasText: 'Maria' }).waitFor();
    await hanna.at('demo-phone').waitFor();
    await page.waitForTimeout(700);
    assert.equal(await hanna.at('coach').count(), 0);
    await hanna.becomes('Yes, from ten to four.', ['delivered', 'read']);
  });

  await check('every fault can be switched on, and what it does is seen', async () => {
    await hanna.at('demo-faults').click();
    // The switch itself lies under what is drawn for it; people press its words.
    const fault = (name) => page.locator('label', { has: hanna.at(`fault-${name}`) });
    const api = await desk.signIn('hanna');
    const on = (name) => until(name, async () => (await api.get('/demo')).faults[name]);
    await fault('duplicate').click();
    await on('duplicate');
    await hanna.at('demo-text').fill('Three times, please');
    await hanna.at('demo-text').press('Enter');
    await hanna.bubble('Three times, please').waitFor();
    assert.equal(await hanna.bubble('Three times, please').count(), 1);
    await fault('duplicate').click();
    await fault('failed').click();
    await on('failed');
    await hanna.say('This one fails');
    await hanna.becomes('This one fails', 'failed');
    await fault('failed').click();
  });

  await check('the demo goes away with one click', async () => {
    hanna.expect(/status of 404/);
    await hanna.at('demo-remove').click();
    await hanna.at('demo-remove-confirm').click();
    await hanna.at('demo-phone').waitFor({ state: 'detached' });
    assert.equal(await hanna.at('rail-demo').count(), 0);
    await hanna.at('thread-line', { hasText: 'ended' }).waitFor();
  });
}

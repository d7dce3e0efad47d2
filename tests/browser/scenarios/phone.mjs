// The same on a phone: one column, a bar at the bottom, buttons for a thumb.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

export default async function phone({ check, desk: open, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.customer('maria', 'Hi, are you open today?');
  await desk.session('Maria');
  const hanna = await come(desk, {
    name: 'hanna', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2,
  });
  const { page } = hanna;
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

  await check('signing in fits', async () => {
    await hanna.signIn('hanna');
    await hanna.at('inbox').waitFor();
    assert.ok(await fits());
  });

  await check('the bar counts who waits', async () => {
    await hanna.at('bar-unowned').getByText('1').waitFor();
    await hanna.at('bar-unowned').tap();
    await hanna.row('Maria').tap();
    await hanna.at('thread-name', { hasText: 'Maria' }).waitFor();
    assert.ok(await fits());
    assert.equal(await hanna.at('bar-unowned').count(), 0, 'the thread has the whole screen');
  });

  await check('Pick up is a wide button over the text', async () => {
    const box = await hanna.at('pick-up').boundingBox();
    assert.ok(box.width > 300 && box.height >= 44, JSON.stringify(box));
    await hanna.at('pick-up').tap();
    await hanna.at('pick-up').waitFor({ state: 'detached' });
  });

  await check('the answer is sent with the button and delivered', async () => {
    await hanna.at('composer-text').fill('Yes, until six!');
    await hanna.at('send').tap();
    await hanna.becomes('Yes, until six!', ['delivered', 'read']);
    assert.ok(await fits());
  });

  await check('details and End are behind the three points', async () => {
    await hanna.at('thread-more').tap();
    await hanna.at('menu-details').tap();
    await page.getByLabel('Details', { exact: true }).first().waitFor();
    assert.ok(await fits());
    await page.keyboard.press('Escape');
    await hanna.at('thread-more').tap();
    await hanna.at('menu-end').tap();
    await hanna.at('end-confirm').tap();
    await hanna.at('banner-ended').waitFor();
  });

  await check('Back leads to the list, settings open and fit', async () => {
    await hanna.role('button', 'Back').tap();
    await until('the bar', () => hanna.at('bar-me').count());
    await hanna.at('bar-me').tap();
    await until('the settings', () => page.url().includes('#/settings'));
    assert.ok(await fits());
  });

  await check('what a thumb has to hit is large enough', async () => {
    await hanna.at('bar-recent').tap();
    const small = await page.locator('nav a:visible').evaluateAll((all) =>
      all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent.trim()));
    assert.deepEqual(small, []);
  });
}

// An hour at the desk without a mouse.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

export default async function keyboard({ check, desk: open, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  for (const [who, text] of [['maria', 'Are you open?'], ['priya', 'My parcel is broken'], ['yuki', 'こんにちは']]) {
    await desk.customer(who, text);
    await desk.session({ maria: 'Maria', priya: 'Priya', yuki: '由紀' }[who]);
  }
  const hanna = await come(desk, { name: 'hanna' });
  const { page } = hanna;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  const dialog = (id) => hanna.at(id).and(page.locator('dialog[open]'));

  await check('she signs in with Tab and Enter', async () => {
    await hanna.at('sign-in').waitFor();
    for (let at = 0; at < 8 && (await focused()) !== 'login'; at += 1) await hanna.press('Tab');
    await page.keyboard.type('hanna');
    await hanna.press('Tab');
    await page.keyboard.type('lemon cake at five');
    await hanna.press('Enter');
    await hanna.at('inbox').waitFor();
    await hanna.at('session-row').nth(2).waitFor();
  });

  await check('J and K go through the list', async () => {
    await hanna.press('j');
    const first = await hanna.at('thread-name').textContent();
    await hanna.press('j');
    await until('the next', async () => (await hanna.at('thread-name').textContent()) !== first);
    await hanna.press('k');
    await until('the first again', async () => (await hanna.at('thread-name').textContent()) === first);
    await hanna.press('ArrowDown');
    await until('the next again', async () => (await hanna.at('thread-name').textContent()) !== first);
  });

  await check('a hundred rows gone through in a moment leave the line alive', async () => {
    let lines = 0;
    const another = () => (lines += 1);
    page.on('websocket', another);
    for (let step = 0; step < 100; step += 1) await hanna.press(step % 2 === 0 ? 'j' : 'k');
    // What comes over the line still comes.
    await desk.customer('maria', 'Is anybody there?');
    await hanna.at('session-row', { hasText: 'Is anybody there?' }).waitFor();
    page.off('websocket', another);
    assert.equal(lines, 0, 'the line was closed and opened anew');
  });

  await check('N leads to whoever has waited longest', async () => {
    await hanna.press('n');
    await until('Unowned', () => page.url().includes('/unowned/'));
    await hanna.at('thread-name', { hasText: 'Maria' }).waitFor();
  });

  await check('P, an answer, Enter, Escape', async () => {
    await hanna.press('p');
    await until('the cursor', async () => (await focused()) === 'composer-text');
    await page.keyboard.type('We are!');
    await hanna.press('Enter');
    await hanna.becomes('We are!', ['delivered', 'read']);
    await hanna.press('Escape');
    assert.notEqual(await focused(), 'composer-text');
  });

  await check('letters in the text are letters', async () => {
    await hanna.press('r');
    await until('the cursor', async () => (await focused()) === 'composer-text');
    await page.keyboard.type('pejnkt?');
    assert.equal(await hanna.at('composer-text').inputValue(), 'pejnkt?');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await hanna.at('composer-text').fill('');
    await hanna.press('Escape');
  });

  await check('? shows the keys, Escape puts them away', async () => {
    await hanna.press('?');
    await dialog('shortcuts').waitFor();
    await hanna.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  });

  await check('Ctrl+K finds people and places', async () => {
    await hanna.press('Control+k');
    await page.keyboard.type('Priya');
    await page.getByRole('option', { name: /Priya/ }).first().waitFor();
    await hanna.press('Enter');
    await hanna.at('thread-name', { hasText: 'Priya' }).waitFor();
  });

  await check('T opens the transfer, Escape leaves it', async () => {
    await hanna.press('p');
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await hanna.press('Escape');
    await hanna.press('t');
    await dialog('transfer-dialog').waitFor();
    await hanna.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  });

  await check('Shift+E asks, and Enter on End ends', async () => {
    await hanna.press('Shift+E');
    await dialog('end-dialog').waitFor();
    for (let at = 0; at < 6 && (await focused()) !== 'end-confirm'; at += 1) await hanna.press('Tab');
    assert.equal(await focused(), 'end-confirm');
    await hanna.press('Enter');
    await hanna.at('banner-ended').waitFor();
  });

  await check('Shift+N starts a session, / searches, G then S goes to the settings', async () => {
    await hanna.press('Shift+N');
    await dialog('new-session-dialog').waitFor();
    await hanna.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await hanna.press('/');
    await until('the search', async () => (await focused()) === 'search');
    await hanna.press('Escape');
    await hanna.press('g');
    await hanna.press('s');
    await until('the settings', () => page.url().includes('#/settings'));
    await hanna.press('g');
    await hanna.press('i');
    await until('the inbox', () => page.url().includes('#/inbox'));
  });

  await check('the focus is always to be seen', async () => {
    await hanna.press('Tab');
    for (let at = 0; at < 12; at += 1) {
      const seen = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return 'nothing';
        const style = getComputedStyle(one);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        const around = getComputedStyle(one.parentElement);
        return ring || style.boxShadow !== 'none' || around.boxShadow !== 'none' || around.outlineStyle !== 'none'
          ? '' : one.outerHTML.slice(0, 160);
      });
      assert.equal(seen === 'nothing' ? '' : seen, '');
      await hanna.press('Tab');
    }
  });
}

// Search over everything: found while typing, previewed, opened at its place; each finds only what
// they may see; find inside a long conversation.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const OTTO = '+12025550163';

export default async function search({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const sofia = await desk.person('Sofia Ortiz', 'agent', [front.id]);
  const tom = await desk.person('Tom Reed', 'agent', []);
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const said = (from, text) => desk.text(channel, from, text);
  await said(LENA, 'Do you sell crème brûlée?');
  for (let at = 1; at <= 150; at += 1) await said(LENA, at % 25 === 0 ? `The bicycle of part ${at}` : `filler ${at}`);
  await said(OTTO, 'Is my bicycle ready?');
  const [session] = (await sofia.api.get('/sessions?folder=recent&q=0147')).sessions;
  await sofia.api.patch(`/contacts/${session.contact_id}`, { name: 'Lena Fischer', company: 'Fischer Bakery' });
  const found = async (api, q) => (await api.get(`/search?in=messages&q=${encodeURIComponent(q)}`)).hits;
  await until('the index has followed', async () => (await found(sofia.api, 'bicycle')).length === 7);

  const page = await member(desk, sofia.api, { name: 'sofia' });
  const hits = page.at('search-hit');
  // What another tab found is still shown until the answer comes: only this kind counts.
  const onlyFound = (kind, hasText) => page.page.locator(`[data-testid="search-hit"][data-kind="${kind}"]`, { hasText }).first();

  await check('one key leads from anywhere to a field that has the focus', async () => {
    await page.press('Control+Shift+F');
    await page.at('search-everything').waitFor();
    await page.page.waitForFunction(() => document.activeElement?.dataset.testid === 'search-everything');
    await page.page.getByText('Find anything that was ever said').waitFor();
  });

  await check('it finds while one types, without accents, and marks what it found', async () => {
    await page.page.keyboard.type('creme bru');
    await hits.filter({ hasText: 'Do you sell' }).waitFor();
    assert.deepEqual(await hits.locator('mark').allTextContents(), ['crème', 'brûlée']);
    await page.at('tab-messages', { hasText: '1' }).waitFor();
  });

  await check('the arrows walk through the hits and show what was said around them', async () => {
    await page.at('search-everything').fill('bicycle');
    await until('seven hits', async () => (await hits.count()) === 7);
    await page.at('search-preview').getByText('Is my bicycle ready?').waitFor();
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    const shown = page.page.locator('[data-testid="search-preview"] [aria-current=true]');
    await shown.filter({ hasText: 'The bicycle of part 125' }).waitFor();
    await page.at('search-preview').getByText('filler 124').waitFor();
    await page.picture('search');
  });

  await check('Enter opens the conversation at that message, far from its end', async () => {
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    await page.press('Enter');
    await page.bubble('The bicycle of part 75').waitFor();
    await until('it is marked', async () => (await page.page.locator('.slot.marked', { hasText: 'part 75' }).count()) === 1);
    assert.equal(await page.bubble('filler 150').count(), 0, 'the end is not on the screen');
    await page.at('to-newest').click();
    await page.bubble('filler 149').waitFor();
  });

  await check('who comes back finds the results and their place as they were', async () => {
    await page.page.goBack();
    await until('seven hits', async () => (await hits.count()) === 7);
    assert.equal(await page.page.locator('[data-testid="search-hit"][aria-selected=true]').textContent().then((text) => text.includes('part 75')), true);
    await page.at('rail-inbox').click();
    await page.at('inbox').waitFor();
    await page.at('rail-search').click();
    await until('seven hits again', async () => (await hits.count()) === 7);
  });

  await check('contacts are found by any part of their number, sessions by their customer', async () => {
    await page.at('search-everything').fill('0147');
    await page.at('tab-contacts').click();
    await onlyFound('contact', 'Lena Fischer').waitFor();
    await page.at('search-everything').fill('fischer');
    await page.at('tab-sessions').click();
    await onlyFound('session', 'Lena Fischer').waitFor();
    await page.at('search-everything').press('Enter');
    await page.at('thread-name', { hasText: 'Lena Fischer' }).waitFor();
  });

  await check('a search is kept, used and removed', async () => {
    await page.go('search?q=bicycle&in=messages');
    await page.at('search-saved').click();
    await page.at('search-save-name').fill('Bicycles');
    await page.at('search-save').click();
    await page.at('saved-search', { hasText: 'Bicycles' }).waitFor();
    assert.equal((await sofia.api.get('/saved-searches'))[0].search.q, 'bicycle');
    await page.press('Escape');
    await page.at('search-everything').fill('');
    await page.at('saved-search', { hasText: 'Bicycles' }).getByRole('link').click();
    await until('seven hits', async () => (await hits.count()) === 7);
  });

  await check('Ctrl F finds inside the conversation, from one place to the next', async () => {
    await page.go(`inbox/recent/${session.id}`);
    await page.bubble('filler 150').or(page.bubble('The bicycle of part 150')).first().waitFor();
    await page.press('Control+F');
    await page.at('find-text').fill('bicycle');
    await page.at('find-count', { hasText: '1 of 6' }).waitFor();
    await page.press('Enter');
    await page.at('find-count', { hasText: '2 of 6' }).waitFor();
    await page.page.locator('.slot.marked', { hasText: 'part 125' }).waitFor();
    for (let at = 0; at < 4; at += 1) await page.press('Enter');
    await page.page.locator('.slot.marked', { hasText: 'part 25' }).waitFor();
    await page.press('Shift+Enter');
    await page.page.locator('.slot.marked', { hasText: 'part 50' }).waitFor();
    await page.picture('find');
    await page.press('Escape');
    assert.equal(await page.at('find').count(), 0);
  });

  await check('a colleague without these sessions finds nothing of them, and is told kindly', async () => {
    assert.equal((await found(tom.api, 'bicycle')).length, 0);
    const other = await member(desk, tom.api, { name: 'tom', scheme: 'dark' });
    await other.go('search?q=bicycle');
    await other.page.getByText('Nothing found').waitFor();
    await other.picture('search-empty-dark');
  });

  await check('nothing bars the way, in light, in dark and on a phone', async () => {
    await page.go('search?q=bicycle&in=messages');
    await hits.first().waitFor();
    assert.deepEqual(await page.barriers(), []);
    const phone = await member(desk, sofia.api, { name: 'phone', viewport: { width: 390, height: 844 }, scheme: 'dark' });
    await phone.at('bar-search').click();
    await phone.at('search-everything').fill('bicycle');
    await phone.at('search-hit').first().waitFor();
    await phone.picture('search-phone-dark');
    assert.deepEqual(await phone.barriers(), []);
    await phone.at('search-hit').first().click();
  });
}

// Tab through every page: what has the focus wears a ring of 2 px, lies in the window and under no
// bar; the list and the thread tell a screen reader what they are.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const PAGES = ['inbox/recent', 'contacts', 'search', ...['channels', 'queues', 'people', 'contacts', 'hours', 'business',
  'network', 'labels', 'replies', 'calling', 'notifications', 'keyboard', 'appearance', 'account', 'about'].map((page) => `settings/${page}`)];

/** In the page: what is wrong with the focus, or nothing; `null` when there is none. */
function seen() {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // Of a switch or a radio the drawing is seen, not the input.
  const shown = getComputedStyle(one).opacity === '0' ? (one.closest('label') ?? one) : one;
  const ringed = (part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const parts = [one, shown, one.nextElementSibling, one.parentElement, one.parentElement?.parentElement];
  if (one.closest('[data-testid=composer]')) parts.push(one.closest('[data-testid=composer]'));
  const what = one.outerHTML.slice(0, 140);
  if (!parts.filter(Boolean).some(ringed)) return `no ring: ${what}`;
  const box = shown.getBoundingClientRect();
  if (box.height > innerHeight / 2) return '';
  const bar = document.querySelector('[data-testid=save-bar]');
  const over = bar?.getBoundingClientRect();
  const below = over && !bar.contains(one) && box.right > over.left && box.left < over.right;
  const floor = below ? over.top : innerHeight;
  if (box.bottom > floor + 1) return `hidden below: ${what}`;
  if (box.top < -1) return `hidden above: ${what}`;
  return '';
}

/** Tab until the focus comes round; every step is looked at. */
async function tabThrough({ page, press }, most = 120) {
  const wrong = [];
  let steps = 0;
  await page.evaluate(() => document.activeElement?.blur());
  for (let at = 0; at < most; at += 1) {
    await press('Tab');
    const found = await page.evaluate(seen);
    if (found === null && at > 3) break;
    steps += 1;
    if (found) wrong.push(found);
  }
  assert.ok(steps > 3, 'the keyboard reaches something');
  return wrong;
}

export default async function focus({ check, desk: open, member, hope }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Is my wheel ready?');
  await desk.customer('maria', 'Are you open?');
  const session = await desk.session(LENA);
  await admin.patch(`/contacts/${session.contact_id}`, { name: 'Lena Fischer' });
  await admin.post(`/sessions/${session.id}/pick-up`);
  await admin.post('/quick-replies', { name: 'Hours', visible: 'team', body: 'From 9 to 6' });
  const hanna = await member(desk, admin, { name: 'hanna', viewport: { width: 1200, height: 560 } });
  const { page } = hanna;

  for (const hash of PAGES) {
    await check(`${hash}: the focus is seen at every step`, async () => {
      await hanna.go(hash);
      await page.locator('main, h1, [data-testid=session-list], [data-testid=search-page]').filter({ visible: true }).first().waitFor();
      assert.deepEqual(await tabThrough(hanna), []);
    });
    hope();
  }

  await check('a session: the focus is seen at every step', async () => {
    await hanna.go(`inbox/recent/${session.id}`);
    await hanna.at('composer-text').waitFor();
    assert.deepEqual(await tabThrough(hanna), []);
  });

  await check('the bar that saves covers nothing that has the focus', async () => {
    await page.setViewportSize({ width: 1000, height: 420 });
    await hanna.go('settings/network');
    await hanna.at('public-url').fill('https://other.northside.example');
    await hanna.at('save-bar').waitFor();
    assert.equal(await page.evaluate(seen), '', 'also not the field that was just changed');
    assert.deepEqual(await tabThrough(hanna), []);
    await hanna.role('button', 'Undo changes').click();
    await page.setViewportSize({ width: 1200, height: 560 });
  });

  await check('the list is a listbox that names its current row', async () => {
    await hanna.go('inbox/recent');
    await hanna.at('session-row').nth(1).waitFor();
    await hanna.press('j');
    const list = hanna.role('listbox', 'Sessions').or(hanna.at('session-list')).first();
    const current = () => list.getAttribute('aria-activedescendant');
    await until('a current row', current);
    const first = await current();
    assert.equal(await page.locator(`[id="${first}"]`).getAttribute('aria-selected'), 'true');
    await hanna.press('j');
    await until('the next', async () => (await current()) !== first);
  });

  await check('the thread is a log of articles with author, time and fate, and says what comes in', async () => {
    await hanna.go(`inbox/recent/${session.id}`);
    await hanna.at('composer-text').waitFor();
    await hanna.say('It is!');
    await hanna.becomes('It is!', 'delivered');
    const label = (text) => hanna.bubble(text).getAttribute('aria-label');
    assert.match(await label('It is!'), /^You, \d{1,2}:\d\d.?(AM|PM), delivered$/i);
    assert.match(await label('Is my wheel ready?'), /^Lena Fischer, \d{1,2}:\d\d.?(am|pm)$/i);
    assert.equal(await hanna.at('thread').getAttribute('role'), 'log');
    assert.equal(await hanna.at('announcer').textContent(), '');
    await desk.text(channel, LENA, 'Wonderful');
    await hanna.at('announcer').filter({ hasText: 'Lena Fischer: Wonderful' }).waitFor();
  });

  await check('what opens over the page gives the focus back', async () => {
    await hanna.at('archive').focus();
    await hanna.press('z');
    await hanna.at('snooze-dialog').and(page.locator('dialog[open]')).waitFor();
    await hanna.press('Escape');
    await until('the focus', () => page.evaluate(() => document.activeElement?.dataset.testid === 'archive'));
  });
}

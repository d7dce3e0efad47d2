// Without a mouse everything on a screen can be reached, and the focus comes back to where it was
// once a dialogue or a menu is closed.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const PAGES = [
  'channels', 'queues', 'people', 'contacts', 'hours', 'business', 'network', 'labels', 'replies', 'calling', 'notifications',
  'keyboard', 'appearance', 'account', 'about',
];

/**
 * Runs in the page: what acts on a click and is reached by no key. Entries of a list that one
 * element walks through by arrows are reached through that one.
 */
function unreachable() {
  const wanted = 'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=switch], [role=option], [tabindex]';
  const group = '[role=listbox], [role=tablist], [role=menu], [role=radiogroup], [role=log], [role=article], [data-testid=message], [data-testid=note]';
  const open = (one) => one.tabIndex >= 0 && !one.disabled;
  const found = [];
  for (const one of document.querySelectorAll(wanted)) {
    // A button beside a chooser of files opens it.
    if (one.disabled || ['hidden', 'file'].includes(one.type) || one.closest('[inert], [hidden], dialog:not([open])')) continue;
    const box = one.getBoundingClientRect();
    if (box.width === 0 || !one.checkVisibility() || open(one)) continue;
    const around = one.closest(group);
    const walks = around && (open(around) || around.querySelector('[tabindex="0"]') || [...around.querySelectorAll('*')].some(open) || around.closest('[role=log]'));
    const control = document.querySelector(`[aria-controls~="${around?.id ?? ''}"]`);
    if (!walks && !control) found.push(one.outerHTML.slice(0, 140));
  }
  return found;
}

/** Runs in the page: where the focus is, in words. */
function where() {
  const one = document.activeElement;
  return !one || one === document.body ? '' : (one.dataset.testid ?? one.getAttribute('aria-label') ?? one.textContent?.trim().slice(0, 40) ?? one.tagName);
}

export default async function walking({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.customer('maria', 'Are you open?');
  const session = await desk.session('Maria');
  await admin.post(`/sessions/${session.id}/pick-up`);
  await admin.post('/labels', { name: 'Late order', colour: 'red' });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const focus = () => page.evaluate(where);
  /** Tab until the focus is there. */
  const walk = async (to, most = 90) => {
    const seen = [];
    for (let at = 0; at < most; at += 1) {
      await hanna.press('Tab');
      const now = await focus();
      if (now === to) return;
      seen.push(now);
    }
    assert.fail(`Tab does not lead to ${to}: ${[...new Set(seen)].join(' · ')}`);
  };

  await check('in the inbox, with thread and details, nothing is out of reach', async () => {
    await hanna.go('inbox/mine');
    await hanna.open('Maria');
    await hanna.bubble('Are you open?').waitFor();
    assert.deepEqual(await page.evaluate(unreachable), []);
    await hanna.at('thread').focus();
    for (const to of ['composer-text', 'add-to-contacts-open']) {
      if (await hanna.at(to).count()) await walk(to);
    }
    await page.evaluate(() => document.activeElement?.blur());
    await walk('session-list');
    await walk('thread-more');
  });

  await check('arrows walk over the messages, letters act on one', async () => {
    await hanna.at('thread').focus();
    await hanna.press('ArrowUp');
    await until('a message', async () => (await focus()) === 'message');
    await hanna.press('q');
    await until('the text box', async () => (await focus()) === 'composer-text');
    await hanna.press('Escape');
  });

  await check('menus and dialogues give the focus back to what opened them', async () => {
    await hanna.at('thread-more').focus();
    await hanna.press('Enter');
    await until('the menu', async () => (await focus()).startsWith('menu-'));
    await hanna.press('ArrowDown');
    await hanna.press('Escape');
    await until('the three points', async () => (await focus()) === 'thread-more');
    for (const opener of ['transfer', 'end', 'new-session']) {
      await hanna.at(opener).focus();
      await hanna.press('Enter');
      await page.locator('dialog[open]').waitFor();
      assert.ok(await page.evaluate(() => document.activeElement?.closest('dialog[open]') !== null), opener);
      await hanna.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
      await until(`${opener} again`, async () => (await focus()) === opener);
    }
    for (const [key, from] of [['l', 'thread'], ['Control+k', 'session-list'], ['?', 'session-list']]) {
      await hanna.at(from).focus();
      await hanna.press(key);
      await page.locator('dialog[open]').waitFor();
      await hanna.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
      await until(`${from} again`, async () => (await focus()) === from);
    }
  });

  await check('the menu of a row comes by its key, and leads back into the list', async () => {
    await hanna.at('session-list').focus();
    await hanna.press('Shift+F10');
    await until('the menu', async () => (await focus()).startsWith('menu-'));
    await hanna.press('End');
    const last = await hanna.page.locator('[data-testid="context-menu"] [role^="menuitem"]').last().getAttribute('data-testid');
    await until('the last', async () => (await focus()) === last);
    await hanna.press('Escape');
    await until('the list', async () => (await focus()) === 'session-list');
  });

  await check('no page of the settings has anything out of reach', async () => {
    const problems = [];
    for (const name of PAGES) {
      await hanna.go(`settings/${name}`);
      await hanna.at('settings').locator('h1').first().waitFor();
      problems.push(...(await page.evaluate(unreachable)).map((one) => `${name}: ${one}`));
    }
    assert.deepEqual(problems, []);
  });
}

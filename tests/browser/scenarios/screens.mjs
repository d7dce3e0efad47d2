// Every screen that the pictures know, walked through once in each look: nothing bars the way,
// nothing sticks out of the window, and what has the focus is to be seen.

import assert from 'node:assert/strict';

import { DIALOGS } from './pictures/dialogs.mjs';
import { INBOX } from './pictures/inbox.mjs';
import { PAGES } from './pictures/pages.mjs';
import { SETTINGS } from './pictures/settings.mjs';
import { furnish } from './pictures/shop.mjs';
import { calm } from './pictures/take.mjs';

/** Longer than others: some eighty screens, several times. */
export const limit = 900_000;

const EXPECTED = [/status of 404 .*\/demo/];
const LOOKS = [
  { name: 'light', scheme: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'high contrast', scheme: 'light', prefers: { theme: 'contrast' } },
  { name: 'high contrast, dark', scheme: 'dark', prefers: { theme: 'contrast' } },
  { name: 'right to left', scheme: 'light', prefers: { language: 'ar' } },
  { name: 'German', scheme: 'dark', prefers: { language: 'de' } },
  { name: 'long words', scheme: 'light', prefers: { language: 'pseudo' } },
  // 1440 by 900 at twice the size.
  { name: 'zoomed to 200 %', scheme: 'light', viewport: { width: 720, height: 450 } },
];
/** Its steps go on where others ended, and need words of one language. */
const plain = (screens) => screens.filter((one) => !one.prefers && !/^wizard|^providers/.test(one.name));

/** Whose right or left edge lies beyond the window, and controls whose words are cut off. */
export function overflowing() {
  const found = [];
  const seen = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].filter((part) => !part.startsWith('svelte')).join('.')} “${(one.textContent ?? '').trim().slice(0, 40)}”`;
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const scrolls = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  for (const one of document.querySelectorAll('button, a, label, h1, h2, input, select')) {
    if (!seen(one)) continue;
    const box = one.getBoundingClientRect();
    if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(one)) found.push(`outside: ${name(one)}`);
    const style = getComputedStyle(one);
    const cut = one.scrollWidth > one.clientWidth + 2 && style.overflowX === 'visible' && style.display !== 'inline';
    if (cut && !['INPUT', 'SELECT'].includes(one.tagName) && one.clientWidth > 0) found.push(`sticks out: ${name(one)}`);
  }
  return found;
}

async function walk(stage, shop, look) {
  const { desk } = shop;
  await desk.prefer(desk.admin, look.prefers ?? {});
  const { viewport = { width: 1440, height: 900 } } = look;
  const visitor = await stage.member(desk, desk.admin, { name: look.name, scheme: look.scheme, viewport, expected: EXPECTED });
  const wanted = process.env.DESKBELL_PICTURES_ONLY?.split(',');
  for (const screen of plain([...INBOX, ...DIALOGS, ...PAGES, ...SETTINGS])) {
    if (look.viewport && screen.wide) continue;
    if (look.prefers?.language && screen.english) continue;
    if (wanted && !wanted.some((one) => screen.name.startsWith(one))) continue;
    await stage.check(`${screen.name}, ${look.name}`, async () => {
      await screen.show(visitor, shop);
      const found = [...(await visitor.barriers()), ...(await visitor.page.evaluate(overflowing))];
      await screen.after?.(visitor, shop);
      assert.deepEqual(found, []);
    });
    stage.hope();
    await calm(visitor);
  }
  await visitor.leave();
}

export default async function screens(stage) {
  const shop = await furnish(await stage.desk());
  // Among the others two looks are enough: the dark one, and words that are long.
  const few = process.argv.includes('screens') ? undefined : ['dark', 'long words'];
  const only = process.env.DESKBELL_LOOKS?.split(';') ?? few;
  for (const look of LOOKS) {
    if (!only || only.includes(look.name)) await walk(stage, shop, look);
  }
}

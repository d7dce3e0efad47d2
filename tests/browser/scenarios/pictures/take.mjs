// Where pictures go and how they are written. Knows no screen.

import assert from 'node:assert/strict';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { kept, root } from '../../desk.mjs';

/** Asked for by name, the pictures of the documents are made anew. */
export const asked = process.argv.includes('pictures');
/** Of another language, or whatever else is only to be looked at: beside the logs. */
export const language = process.env.DESKBELL_PICTURES_IN ?? '';
export const folder = asked && !language ? join(root, 'docs/images') : join(kept, `pictures${language && `-${language}`}`);
/** Only those whose name begins so: for whoever mends a screen. */
const only = process.env.DESKBELL_PICTURES_ONLY ?? '';

/** README shows these. What the page of all screens shows is WebP: a third of the size. */
const PNG = ['first-run-light', 'inbox-light', 'inbox-dark', 'settings-light', 'settings-dark', 'providers-light',
  'providers-dark', 'wizard-light', 'wizard-dark', 'phone-light'];

export function fileOf(name) {
  if (name === 'first-run-light') return 'first-run.png';
  return PNG.includes(name) ? `${name}.png` : `${name}.webp`;
}

export function isWanted({ name, sample = false, pictured = true }) {
  if (!pictured) return false;
  if (only) return only.split(',').some((one) => name.startsWith(one));
  return asked || sample;
}

/** Everything that was drawn, and no picture is still coming. */
async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((one) => one.decode().catch(() => undefined)));
    for (let at = 0; at < 2; at += 1) await new Promise(requestAnimationFrame);
  });
  await page.waitForTimeout(250);
}

async function webp(visitor) {
  const devtools = await visitor.context.newCDPSession(visitor.page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await devtools.detach();
  return Buffer.from(data, 'base64');
}

export async function take(visitor, name) {
  await mkdir(folder, { recursive: true });
  const path = join(folder, fileOf(name));
  await settled(visitor.page);
  if (path.endsWith('.png')) await visitor.page.screenshot({ path });
  else await writeFile(path, await webp(visitor));
  assert.ok((await stat(path)).size > 4_000, `${name} is empty`);
}

/** Puts away what lies over the page. */
export async function calm({ page }) {
  const over = page.locator('dialog[open], [data-testid="context-menu"], [role="menu"]:visible, [data-testid="find"]');
  for (let at = 0; at < 4 && (await over.count()) > 0; at += 1) await page.keyboard.press('Escape');
}

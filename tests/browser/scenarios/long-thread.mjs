// Two thousand messages in one thread, a hundred sessions in one list: both stay light.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const MESSAGES = 2_000;

export default async function longThread({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const said = async (from, text) => desk.text(channel, from, text);
  await said(LENA, 'message 1');
  for (let at = 2; at <= MESSAGES; at += 40) {
    // Forty at a time; among themselves they may come in any order.
    await Promise.all(
      Array.from({ length: Math.min(40, MESSAGES - at + 1) }, (_, more) => said(LENA, `message ${at + more}`)),
    );
  }
  await said(LENA, 'the very last');
  const others = Array.from({ length: 100 }, (_, at) => `+120255501${String(at).padStart(2, '0')}`).filter((one) => one !== LENA);
  await Promise.all(others.map((from) => said(from, 'hello')));
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const log = hanna.at('thread');

  await check('it opens at its end, at once, and draws only what is seen', async () => {
    await hanna.go('inbox/recent');
    await hanna.at('search').fill('the very last');
    await hanna.row('555 0147').waitFor();
    const begun = Date.now();
    await hanna.row('555 0147').click();
    await hanna.at('thread').waitFor();
    const unread = hanna.at('unread-line');
    await unread.or(hanna.bubble('the very last')).first().waitFor();
    assert.ok(Date.now() - begun < 3_000, `${Date.now() - begun} ms`);
    assert.ok((await hanna.at('message').count()) < 120);
    await log.evaluate((one) => one.scrollTo(0, one.scrollHeight));
    await hanna.bubble('the very last').waitFor();
  });

  await check('scrolling up loads on and on, without a jump, and stays light', async () => {
    const seen = new Set();
    for (let round = 0; round < 200 && !seen.has('message 1'); round += 1) {
      for (const text of await hanna.at('message').allTextContents()) {
        const found = /message \d+(?=\D)/.exec(text)?.[0] ?? /message \d+/.exec(text)?.[0];
        if (found) seen.add(found.trim());
      }
      await log.evaluate((one) => one.scrollBy(0, -2_400));
      await page.waitForTimeout(40);
      if (round % 20 === 19) assert.ok((await hanna.at('message').count()) < 200, 'too much is drawn');
    }
    assert.ok(seen.size > 300, `only ${seen.size} were seen`);
  });

  await check('a new message does not tear the reader away, and one click leads to it', async () => {
    const top = await log.evaluate((one) => one.scrollTop);
    await said(LENA, 'are you still reading?');
    await page.getByRole('button', { name: 'New messages' }).waitFor();
    const moved = Math.abs((await log.evaluate((one) => one.scrollTop)) - top);
    assert.ok(moved < 50, `it moved by ${moved}`);
    await page.getByRole('button', { name: 'New messages' }).click();
    await hanna.bubble('are you still reading?').waitFor();
  });

  await check('on a screen so tall that it fits, what is new shows as well', async () => {
    const tom = '+12025550199';
    for (let at = 1; at <= 20; at += 1) await said(tom, `tall ${at}.`);
    const { id } = await desk.session(tom);
    const was = page.viewportSize();
    await page.setViewportSize({ width: 1440, height: 2_600 });
    await hanna.go(`inbox/recent/${id}`);
    await hanna.bubble('tall 20.').waitFor();
    await hanna.bubble('tall 1.').waitFor();
    await said(tom, 'tall and new');
    await hanna.bubble('tall and new').waitFor();
    await page.setViewportSize(was);
  });

  await check('the list of many sessions draws only what is seen and loads on', async () => {
    await hanna.at('search').fill('');
    await hanna.go('inbox/unowned');
    await hanna.at('session-row').first().waitFor();
    assert.ok((await hanna.at('session-row').count()) < 60);
    const names = new Set();
    await until('all sessions', async () => {
      for (const one of await hanna.at('session-row').evaluateAll((rows) => rows.map((row) => row.dataset.session))) names.add(one);
      // Down in steps that leave no row out, and from the top again.
      await hanna.at('session-list').evaluate((one) => {
        const atEnd = one.scrollTop + one.clientHeight >= one.scrollHeight - 2;
        one.scrollTo(0, atEnd ? 0 : one.scrollTop + 400);
      });
      return names.size === others.length + 1;
    }, 30_000);
  });
}

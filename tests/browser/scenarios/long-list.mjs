// A list that is longer than the core gives at once: who reads far down in it stays there, whatever
// happens meanwhile.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const MANY = 320;
/** Written at a time, so that the desk is not asked for hundreds at once. */
const TOGETHER = 20;

export default async function longList({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const number = (at) => `+1202555${String(1000 + at)}`;
  for (let at = 0; at < MANY; at += TOGETHER) {
    const some = Array.from({ length: Math.min(TOGETHER, MANY - at) }, (_, one) => at + one);
    await Promise.all(some.map((one) => desk.text(channel, number(one), `Question ${one}`)));
  }
  const hanna = await member(desk, admin, { name: 'hanna' });
  const list = hanna.at('session-list');
  /** What is on the screen: each row and where it stands. */
  const seen = () => list.evaluate((box) => {
    const frame = box.getBoundingClientRect();
    return [...box.querySelectorAll('[data-session]')]
      .map((row) => [row.dataset.session, Math.round(row.getBoundingClientRect().top - frame.top)])
      .filter(([, top]) => top >= 0 && top < frame.height - 60);
  });
  const rows = () => list.evaluate((box) => Math.round(box.scrollHeight / box.querySelector('[data-session]').getBoundingClientRect().height));
  await hanna.at('session-row').first().waitFor();

  await check('scrolling loads all of it', async () => {
    await until('the last row', async () => {
      await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      return (await rows()) >= MANY;
    });
  });

  await check('while others write, the rows on the screen stay where they are', async () => {
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight * 0.8));
    await until('rows at rest', async () => JSON.stringify(await seen()) === JSON.stringify(await seen()));
    const before = await seen();
    assert.ok(before.length > 4);
    const count = await rows();
    // A new customer, and one from further down than the screen shows.
    await desk.text(channel, '+12025559999', 'Somebody new');
    await desk.text(channel, number(2), 'Hello again');
    await until('the list has both', async () => (await rows()) === count + 1);
    await until(`the same rows: ${JSON.stringify(before)}`, async () => {
      const now = new Map(await seen());
      return before.slice(1, -1).every(([id, top]) => Math.abs((now.get(id) ?? -999) - top) <= 2);
    });
  });

  await check('at the top the newest is to be seen at once', async () => {
    await list.evaluate((box) => box.scrollTo(0, 0));
    await until('the newest', async () => /Hello again/.test(await hanna.at('session-row').first().innerText()));
    await desk.text(channel, number(5), 'Me first');
    await until('the next newest', async () => /Me first/.test(await hanna.at('session-row').first().innerText()));
    assert.equal(await list.evaluate((box) => box.scrollTop), 0);
    // Nobody was led into a conversation.
    assert.equal(await hanna.at('thread-pane').count(), 0);
  });

  await check('the list never names a row that is not there, however far it was scrolled', async () => {
    const named = () => list.evaluate((box) => {
      const id = box.getAttribute('aria-activedescendant');
      return id === null ? 'none' : box.querySelector(`#${CSS.escape(id)}`) ? 'there' : `missing ${id}`;
    });
    await hanna.at('session-row').first().click();
    await until('the row is named', async () => (await named()) === 'there');
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight * 0.7));
    await until('rows at rest', async () => JSON.stringify(await seen()) === JSON.stringify(await seen()));
    assert.equal(await named(), 'there');
    assert.deepEqual(await hanna.barriers(), []);
    // A session that stands in another list.
    const { sessions } = await admin.get('/sessions?folder=recent&limit=1');
    await hanna.go(`inbox/snoozed/${sessions[0].id}`);
    await hanna.at('thread-name').waitFor();
    await hanna.go(`inbox/recent/${sessions[0].id}?unread=1`);
    await until('its name is left out or right', async () => (await hanna.at('session-list').count()) === 0 || !(await named()).startsWith('missing'));
    assert.deepEqual(await hanna.barriers(), []);
  });
}

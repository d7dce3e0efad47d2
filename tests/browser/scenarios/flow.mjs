// Everything that is done to sessions: by key, by the menu of a row, by the palette, many at once;
// taken back, put aside, asked for. Then the main path at the width of a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { until } from '../desk.mjs';

const LENA = '+12025550161';

export default async function flow({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const people = [];
  for (const name of ['Ana Lopez', 'Tom Reed']) people.push(await desk.person(name, 'agent', [front.id]));
  const otto = await desk.person('Otto Weiss', 'agent', []);
  const channel = await desk.twilio(
    { kind: 'queue', id: front.id },
    { starters: [people[0].id, otto.id] },
  );
  const ana = await member(desk, people[0].api, { name: 'ana' });
  const tom = await member(desk, people[1].api, { name: 'tom' });
  const wei = await member(desk, otto.api, { name: 'otto' });
  for (const one of [ana, tom, wei]) one.expect(/status of 40[49]/);
  const { page } = ana;
  const undo = (who) => who.at('toast').getByRole('button', { name: 'Undo' });
  const menu = async (who, row, entry) => {
    await who.row(row).click({ button: 'right' });
    await who.at('context-menu').getByTestId(`menu-${entry}`).click();
  };

  await check('a transfer is taken back with one click, and the colleague loses it again', async () => {
    await desk.customer('maria', 'Is anybody there?');
    await ana.open('Maria');
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await page.keyboard.press('Escape');
    await ana.press('t');
    await ana.at('transfer-target', { hasText: 'Tom Reed' }).getByText('open').waitFor();
    await ana.at('transfer-target', { hasText: 'Tom Reed' }).click();
    await ana.at('transfer-confirm').click();
    await tom.go('inbox/mine');
    await tom.row('Maria').waitFor();
    await undo(ana).click();
    await tom.row('Maria').waitFor({ state: 'detached' });
    await ana.row('Maria').waitFor();
    const { owner_name } = await desk.session('Maria');
    assert.equal(owner_name, 'Ana Lopez');
  });

  await check('Z puts it aside until the customer replies; the customer brings it back', async () => {
    await ana.open('Maria');
    await ana.at('thread').focus();
    await ana.press('z');
    await ana.at('snooze-dialog').waitFor();
    await page.keyboard.press('6');
    await ana.row('Maria').waitFor({ state: 'detached' });
    await ana.at('folder-snoozed').getByText('1').waitFor();
    await ana.at('folder-snoozed').click();
    await ana.row('Maria').getByTestId('row-snoozed').waitFor();
    await desk.customer('maria', 'Hello again');
    await ana.row('Maria').waitFor({ state: 'detached' });
    await ana.at('folder-recent').click();
    await ana.row('Maria').waitFor();
  });

  await check('a snooze of a moment comes back by itself and says why', async () => {
    const session = await desk.session('Maria');
    await people[0].api.post(`/sessions/${session.id}/snooze`, { until: Date.now() + 2500 });
    await ana.row('Maria').waitFor({ state: 'detached' });
    await ana.at('toast', { hasText: 'your snooze is over' }).waitFor({ timeout: 20_000 });
    await ana.row('Maria').getByTestId('row-reminder').waitFor();
    await ana.open('Maria');
    await ana.row('Maria').getByTestId('row-reminder').waitFor({ state: 'detached' });
  });

  await check('U marks unread and leaves the thread, M mutes, both from the menu too', async () => {
    await ana.at('thread').focus();
    await ana.press('u');
    await ana.row('Maria').getByTestId('row-marked').waitFor();
    await until('the thread is left', async () => (await ana.at('thread-pane').count()) === 0);
    await menu(ana, 'Maria', 'read');
    await ana.row('Maria').getByTestId('row-marked').waitFor({ state: 'detached' });
    await menu(ana, 'Maria', 'mute');
    await ana.row('Maria').getByTestId('row-muted').waitFor();
    await menu(ana, 'Maria', 'unmute');
    await ana.row('Maria').getByTestId('row-muted').waitFor({ state: 'detached' });
  });

  await check('E archives and Ctrl+Z takes it back', async () => {
    await ana.open('Maria');
    await ana.at('thread').focus();
    await ana.press('e');
    await ana.row('Maria').waitFor({ state: 'detached' });
    await ana.press('Control+z');
    await ana.row('Maria').waitFor();
    await ana.at('toast', { hasText: 'Taken back: Archived' }).waitFor();
  });

  await check('what is put aside after that is what Ctrl+Z takes back', async () => {
    await ana.open('Maria');
    await ana.at('thread').focus();
    await ana.press('z');
    await ana.at('snooze-dialog').waitFor();
    await page.keyboard.press('6');
    await ana.row('Maria').waitFor({ state: 'detached' });
    await ana.press('Control+z');
    await ana.row('Maria').waitFor();
    await ana.at('toast', { hasText: 'Taken back: Snoozed until the customer replies' }).waitFor();
  });

  await check('a pick-up is taken back from its card', async () => {
    await desk.customer('yuki', 'Hello?');
    await ana.go('inbox/unowned');
    await ana.open('由紀');
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await undo(ana).click();
    await until('it waits again', async () => (await desk.session('由紀')).owner_id == null);
    await ana.go('inbox/recent');
  });

  await check('an end is taken back: the session is open and still mine', async () => {
    await ana.open('Maria');
    await ana.at('thread').focus();
    await ana.press('Shift+E');
    await ana.at('end-confirm').click();
    await ana.at('banner-ended').waitFor();
    await undo(ana).click();
    await ana.at('tab-reply').waitFor();
    const session = await desk.session('Maria');
    assert.deepEqual([session.status, session.owner_name], ['open', 'Ana Lopez']);
  });

  await check('many at once: chosen by keys and clicks, done, and taken back together', async () => {
    for (const who of ['priya', 'greg', 'yuki']) await desk.customer(who, 'Hello');
    await desk.session('由紀');
    await ana.go('inbox/unowned');
    await ana.row('Priya').click({ modifiers: ['Control'] });
    await ana.row('Greg').click({ modifiers: ['Control'] });
    await ana.row('由紀').click({ modifiers: ['Control'] });
    await ana.at('selection-bar').getByText('3 sessions selected').waitFor();
    await ana.picture('flow-selection');
    await ana.at('many-pick-up').click();
    await until('all three are hers', async () => {
      const { sessions } = await people[0].api.get('/sessions?folder=mine');
      return sessions.length === 4;
    });
    await ana.go('inbox/mine');
    await ana.open('Maria');
    await ana.at('thread').focus();
    await ana.press('x');
    await ana.press('Shift+ArrowUp');
    await ana.press('Shift+ArrowUp');
    await ana.press('Shift+ArrowUp');
    await ana.at('selection-bar').getByText('4 sessions selected').waitFor();
    await ana.press('t');
    await ana.at('transfer-target', { hasText: 'Tom Reed' }).click();
    await ana.at('transfer-confirm').click();
    await until('Tom has all four', async () => {
      const { sessions } = await people[1].api.get('/sessions?folder=mine');
      return sessions.length === 4;
    });
    await undo(ana).click();
    await until('and none again', async () => {
      const { sessions } = await people[1].api.get('/sessions?folder=mine');
      return sessions.length === 0;
    });
    await ana.press('Escape');
  });

  await check('the palette does it to the session on the screen', async () => {
    await ana.go('inbox/mine');
    await ana.open('Priya');
    await ana.at('thread').focus();
    await ana.press('Control+k');
    await ana.at('palette').fill('mute');
    await page.keyboard.press('Enter');
    await ana.row('Priya').getByTestId('row-muted').waitFor();
  });

  await check('G and B lead to the last session and back', async () => {
    await ana.open('Greg');
    await ana.at('thread-name', { hasText: 'Greg' }).waitFor();
    await ana.at('thread').focus();
    for (const name of ['Priya', 'Greg']) {
      await page.keyboard.press('g');
      await page.keyboard.press('b');
      await ana.at('thread-name', { hasText: name }).waitFor();
      await ana.at('thread').focus();
    }
  });

  await check('who starts a session that another has may ask for it, and gets it with one click', async () => {
    await desk.text(channel, LENA, 'Can I bring my bike?');
    await ana.go('inbox/unowned');
    await ana.open('Lena').catch(() => ana.row('161').click());
    await ana.at('thread').focus();
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await ana.go('inbox/archived');
    await wei.at('new-session').click();
    await wei.at('new-to').fill(LENA);
    await wei.at('new-text').fill('Hello Lena');
    await wei.at('new-send').click();
    await wei.at('new-problem', { hasText: 'Ana Lopez' }).waitFor();
    await wei.at('new-session-dialog').getByTestId('ask').click();
    await wei.at('ask-text').fill('She is on the telephone with me');
    await wei.at('ask-send').click();
    await ana.at('toast', { hasText: 'Otto Weiss asks for' }).waitFor();
    await ana.go('inbox/mine');
    await ana.row('161').click();
    await ana.at('note', { hasText: 'on the telephone' }).waitFor();
    // In front of the question nobody needs a card of it.
    await ana.at('toast', { hasText: 'Otto Weiss asks for' }).waitFor({ state: 'detached' });
    await ana.picture('flow-asked');
    await ana.at('ask-give').click();
    await wei.go('inbox/mine');
    await wei.row('161').waitFor();
  });

  await check('a session is downloaded as a text', async () => {
    await ana.go('inbox/mine');
    await ana.open('Greg');
    await ana.at('thread-more').click();
    const [download] = await Promise.all([page.waitForEvent('download'), ana.at('menu-download').click()]);
    assert.match(await readFile(await download.path(), 'utf8'), /Greg.*: Hello/);
  });

  await check('keys are changed in the settings, told when they clash, and listed under ?', async () => {
    await ana.go('settings/keyboard');
    const row = page.locator('[data-action="archive"]');
    await row.getByTestId('key-add').click();
    await page.keyboard.press('m');
    await row.getByTestId('key-clash').waitFor();
    await row.getByTestId('key-take').click();
    await row.getByText('M', { exact: true }).waitFor();
    await ana.picture('flow-keyboard');
    await ana.go('inbox/mine');
    await ana.open('Greg');
    await ana.at('thread').focus();
    await ana.press('m');
    await ana.row('Greg').waitFor({ state: 'detached' });
    await undo(ana).click();
    await ana.row('Greg').waitFor();
    await page.reload();
    await ana.go('settings/keyboard');
    await row.getByText('M', { exact: true }).waitFor();
    await row.getByTestId('key-reset').click();
    await ana.at('keys-reset').click();
    await ana.go('inbox/mine');
    await ana.press('?');
    await ana.at('shortcuts').getByText('Archive or unarchive').waitFor();
    await page.keyboard.press('Escape');
  });

  await check('the menu of a row is reached, walked and left by keys', async () => {
    await ana.go('inbox/mine');
    await ana.row('Greg').click({ button: 'right' });
    await ana.picture('flow-menu');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await until('the menu is gone', async () => (await ana.at('context-menu').count()) === 0);
  });

  await check('on a phone the same is behind the three points', async () => {
    const small = await member(desk, people[0].api, {
      name: 'ana-phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true,
    });
    // What she gave to Tom is not hers to read any more.
    small.expect(/status of 404 .*\/sessions\//);
    const fits = () => small.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await small.go('inbox/mine');
    await small.row('Greg').tap();
    await small.at('thread-more').tap();
    assert.ok(await fits());
    await small.picture('flow-phone-menu');
    await small.at('menu-snooze').tap();
    await small.at('snooze-hour').tap();
    await small.at('toast', { hasText: 'Snoozed until' }).waitFor();
    await undo(small).tap();
    // The next session took the screen: the list is a step back.
    await small.at('thread-name', { hasText: 'Greg' }).waitFor({ state: 'detached' });
    await small.go('inbox/mine');
    await small.row('Greg').tap();
    await small.at('thread-more').tap();
    await small.at('menu-archive').tap();
    await undo(small).tap();
    await small.go('inbox/mine');
    await small.row('Greg').tap();
    await small.at('thread-more').tap();
    await small.at('menu-transfer').tap();
    await small.at('transfer-target', { hasText: 'Tom Reed' }).tap();
    assert.ok(await fits());
    await small.at('transfer-confirm').tap();
    await tom.go('inbox/mine');
    await tom.row('Greg').waitFor();
  });
}

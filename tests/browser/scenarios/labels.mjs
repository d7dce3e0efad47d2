// Labels, filters and saved views, with two people who see what the other makes.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const OMAR = '+12025550163';
const INES = '+12025550183';

export default async function labels({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  for (const [number, name] of [[LENA, 'Lena Fischer'], [OMAR, 'Omar Haddad'], [INES, 'Ines Duarte']]) {
    await desk.text(channel, number, `Hello from ${name}`);
    const session = await desk.session(number);
    await admin.patch(`/contacts/${session.contact_id}`, { name });
  }
  const hanna = await member(desk, admin, { name: 'hanna' });
  const other = await member(desk, tom.api, { name: 'tom' });

  await check('L puts a label on that did not exist, and both see it without a reload', async () => {
    await hanna.open('Lena');
    await hanna.press('l');
    await hanna.at('tag-search').fill('Wholesale');
    await hanna.at('tag-create').waitFor();
    await hanna.press('Enter');
    await hanna.at('tag', { hasText: 'Wholesale' }).waitFor();
    await hanna.press('Escape');
    await hanna.at('label-dialog').waitFor({ state: 'hidden' });
    await hanna.at('thread-labels', { hasText: 'Wholesale' }).waitFor();
    await other.row('Lena').getByTestId('row-labels').waitFor();
    await other.at('label-filter', { hasText: 'Wholesale' }).waitFor();
    await hanna.at('event', { hasText: 'labelled it Wholesale' }).waitFor();
  });

  await check('a filter is typed with completion, shows as a chip, and goes by key', async () => {
    await other.page.keyboard.press('/');
    await other.page.keyboard.type('label:wh');
    await other.at('proposal', { hasText: 'Label: Wholesale' }).waitFor();
    await other.press('Tab');
    await other.at('filter-chip', { hasText: 'Label: Wholesale' }).waitFor();
    await other.row('Omar').waitFor({ state: 'detached' });
    await other.row('Lena').waitFor();
    await other.page.keyboard.type('owner:me ');
    await other.at('filter-chip', { hasText: 'Owner: me' }).waitFor();
    const empty = other.at('empty-state');
    await empty.getByText('Looked for: Label: Wholesale · Owner: me').waitFor();
    await other.press('Backspace');
    await other.row('Lena').waitFor();
    await other.at('filter-clear').click();
    await other.row('Omar').waitFor();
  });

  await check('what is narrowed to a label gets a session as soon as it has the label', async () => {
    await other.at('label-filter', { hasText: 'Wholesale' }).click();
    await other.row('Omar').waitFor({ state: 'detached' });
    await hanna.open('Omar');
    await hanna.press('l');
    await hanna.at('tag', { hasText: 'Wholesale' }).click();
    await other.row('Omar').waitFor();
    await hanna.at('tag', { hasText: 'Wholesale' }).click();
    await other.row('Omar').waitFor({ state: 'detached' });
    await hanna.press('Escape');
    await other.at('folder-recent').click();
  });

  await check('orders: the longest wait first, the newest first', async () => {
    const names = () => hanna.page.getByTestId('session-row').locator('.n').allInnerTexts();
    const first = (name) => until(`${name} first`, async () => (await names())[0]?.startsWith(name));
    await first('Ines');
    await hanna.at('sort').click();
    await hanna.at('menu-waiting').click();
    await first('Lena');
    await hanna.at('sort').click();
    await hanna.at('menu-newest').click();
    await first('Ines');
  });

  await check('a shared view appears at the other and opens the same list', async () => {
    await hanna.at('label-filter', { hasText: 'Wholesale' }).click();
    await hanna.at('filter-unanswered').click();
    await hanna.at('view-save').click();
    await hanna.at('view-name').fill('Shops that wait');
    await hanna.page.getByText('Share with everyone').click();
    await hanna.at('view-confirm').click();
    await hanna.at('view', { hasText: 'Shops that wait' }).waitFor();
    await other.at('view', { hasText: 'Shops that wait' }).click();
    await other.at('filter-unanswered').and(other.page.locator('[aria-pressed=true]')).waitFor();
    await other.row('Lena').waitFor();
    await other.row('Omar').waitFor({ state: 'detached' });
    assert.equal(await other.at('view-save').count(), 0, 'what is saved needs no saving');
  });

  await check('the keys lead to folders and views', async () => {
    await other.page.locator('body').press('g');
    await other.press('1');
    await other.row('Omar').waitFor();
    await other.press('g');
    await other.press('4');
    await other.row('Omar').waitFor({ state: 'detached' });
    await other.press('g');
    await other.press('1');
    await other.row('Omar').waitFor();
  });

  await check('only who may change a shared view can, and a deleted one is gone for both', async () => {
    await other.at('view').hover();
    assert.equal(await other.at('view-more').count(), 0);
    await hanna.at('view').hover();
    await hanna.at('view-more').click();
    await hanna.at('menu-view-rename').click();
    await hanna.at('view-new-name').fill('Wholesale, waiting');
    await hanna.at('view-rename-save').click();
    await other.at('view', { hasText: 'Wholesale, waiting' }).waitFor();
    await hanna.at('view').hover();
    await hanna.at('view-more').click();
    await hanna.at('menu-view-delete').click();
    await hanna.at('view-delete-confirm').click();
    await other.at('view').waitFor({ state: 'detached' });
  });

  await check('supervisors tidy labels up: recolour, merge, delete', async () => {
    await admin.post('/labels', { name: 'Trade', colour: 'green' });
    await hanna.go('settings/labels');
    await hanna.at('label-row', { hasText: 'Trade' }).getByTestId('label-edit').click();
    await hanna.page.getByText('Purple').click();
    await hanna.at('label-save').click();
    await hanna.at('label-row', { hasText: 'Purple' }).waitFor();
    await hanna.picture('labels-settings');
    await hanna.at('label-row', { hasText: 'Wholesale' }).getByTestId('label-merge').click();
    await hanna.at('label-merge-confirm').click();
    await hanna.at('label-row', { hasText: 'Wholesale' }).waitFor({ state: 'detached' });
    await other.at('label-filter', { hasText: 'Trade' }).click();
    await other.row('Lena').waitFor();
    assert.equal(await other.at('settings-labels').count(), 0);
  });

  await check('the lists look right in both themes and on a phone, and have no barriers', async () => {
    for (const [name, colour] of [['Late order', 'red'], ['Call back', 'blue'], ['VIP', 'yellow']]) {
      await admin.post('/labels', { name, colour });
    }
    const all = (await admin.get('/labels')).map((one) => one.id);
    const lena = await desk.session('Lena Fischer');
    await admin.ask('PUT', `/sessions/${lena.id}/labels`, { labels: all });
    await tom.api.post('/views', { name: 'Late and unread', folder: 'recent', filter: { unread: true } });
    await tom.api.post('/views', { name: 'Everything', folder: 'archived', shared: true });
    for (const theme of ['light', 'dark']) {
      await desk.prefer(tom.api, { theme });
      const looks = await member(desk, tom.api, { name: `looks-${theme}` });
      await looks.open('Lena');
      await looks.page.getByTestId('search').click();
      await looks.page.keyboard.type('l');
      await looks.picture(`labels-${theme}-typing`);
      await looks.page.keyboard.type('abel:trade ');
      await looks.at('filter-chip').waitFor();
      await looks.at('session-list').click({ position: { x: 4, y: 200 } }).catch(() => undefined);
      await looks.picture(`labels-${theme}`);
      assert.deepEqual(await looks.barriers(), []);
      await looks.leave();
    }
    await desk.prefer(tom.api, {});
    const phone = await member(desk, tom.api, { name: 'phone', viewport: { width: 390, height: 844 } });
    await phone.at('filter-add').click();
    await phone.picture('labels-phone-filter');
    await phone.at('proposal', { hasText: 'Label' }).first().click();
    await phone.at('proposal', { hasText: 'Trade' }).click();
    await phone.at('filter-chip').waitFor();
    await phone.picture('labels-phone');
    await phone.open('Lena');
    await phone.at('thread-more').click();
    await phone.at('menu-label').click();
    await phone.at('tag').first().waitFor();
    await phone.picture('labels-phone-picker');
    await phone.leave();
  });
}

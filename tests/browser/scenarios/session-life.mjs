// A session from its first word to its end: notes, archive, search, end, and one that we start.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function sessionLife({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const { user } = await admin.get('/me');
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [user.id] });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Can I bring my bike on Friday?');
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  await hanna.row('555 0147').click();
  await hanna.press('p');
  await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();

  await check('a note stays with the team', async () => {
    await hanna.press('Escape');
    await hanna.press('Shift+R');
    await until('the note', () => hanna.at('tab-note').getAttribute('aria-selected').then((on) => on === 'true'));
    await page.keyboard.type('Wants the yellow pedals');
    await hanna.press('Enter');
    await hanna.at('note', { hasText: 'Wants the yellow pedals' }).waitFor();
    assert.deepEqual(await desk.sent(), []);
  });

  await check('what is written as HTML is shown as text', async () => {
    const text = '<img src=x onerror="alert(1)"><b>bold</b> & "quotes"';
    await desk.text(channel, LENA, text);
    await hanna.bubble(text).waitFor();
    assert.equal(await hanna.at('thread').locator('img, b:has-text("bold")').count(), 0);
  });

  await check('a link is a link and asks nothing of the page', async () => {
    await desk.text(channel, LENA, 'See https://bikes.example/yellow. Nice?');
    const link = hanna.bubble('Nice?').getByRole('link');
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), 'https://bikes.example/yellow');
    assert.match(await link.getAttribute('rel'), /noopener/);
  });

  await check('the contact gets a name, everywhere at once', async () => {
    await hanna.role('button', 'Give a name').or(hanna.role('button', 'Edit contact')).first().click();
    await hanna.role('textbox', 'Name', true).fill('Lena Fischer');
    await hanna.role('textbox', 'Company').fill('Fischer Flowers');
    await hanna.role('button', 'Save').click();
    await hanna.at('thread-name', { hasText: 'Lena Fischer' }).waitFor();
    await hanna.row('Lena Fischer').waitFor();
  });

  await check('the counter knows what a text costs', async () => {
    await hanna.at('tab-reply').click();
    await hanna.at('composer-text').fill('a'.repeat(161));
    await hanna.at('counter').getByText('2 parts').waitFor();
    await hanna.at('composer-text').fill('It’s fine 😀'.repeat(8));
    await hanna.at('unicode').getByText('An emoji makes this a Unicode text').waitFor();
    await hanna.at('composer-text').fill(`It’s “ready” – ${'a'.repeat(60)}…`);
    await hanna.at('counter').getByText('2 parts').waitFor();
    await hanna.at('replace-plain').click();
    assert.equal(await hanna.at('composer-text').inputValue(), `It's "ready" - ${'a'.repeat(60)}...`);
    await hanna.at('counter').getByText('1 part').waitFor();
    assert.equal(await hanna.at('unicode').count(), 0);
    await hanna.at('composer-text').fill('');
  });

  await check('Shift and Enter write on, Enter sends', async () => {
    await hanna.at('composer-text').focus();
    await page.keyboard.type('One');
    await hanna.press('Shift+Enter');
    await page.keyboard.type('Two');
    await hanna.press('Enter');
    await hanna.becomes('Two', 'delivered');
    assert.deepEqual((await desk.sent()).map((one) => one.text), ['One\nTwo']);
  });

  await check('a draft waits in its session, over a reload', async () => {
    await hanna.at('composer-text').fill('Half a thought');
    await page.reload();
    await hanna.at('thread-name', { hasText: 'Lena' }).waitFor();
    assert.equal(await hanna.at('composer-text').inputValue(), 'Half a thought');
    await hanna.at('composer-text').fill('');
  });

  await check('E archives; the customer’s next message brings it back', async () => {
    await hanna.at('thread').focus();
    await hanna.press('e');
    await hanna.row('Lena').waitFor({ state: 'detached' });
    await hanna.at('folder-archived').click();
    await hanna.row('Lena').waitFor();
    await desk.text(channel, LENA, 'Hello again');
    await hanna.at('folder-recent').click();
    await hanna.row('Lena').waitFor();
  });

  await check('Unarchive brings it back too', async () => {
    await hanna.open('Lena');
    await hanna.at('archive').click();
    await hanna.row('Lena').waitFor({ state: 'detached' });
    await hanna.at('folder-archived').click();
    await hanna.open('Lena');
    await hanna.at('archive').click();
    await hanna.at('folder-mine').click();
    await hanna.row('Lena').waitFor();
  });

  await check('search finds people and words', async () => {
    await hanna.at('folder-recent').click();
    await hanna.press('/');
    await page.keyboard.type('yellow');
    await hanna.row('Lena').waitFor();
    await hanna.at('search').fill('nobody of that name');
    await page.getByText('Nothing found for').waitFor();
    await hanna.at('search').fill('');
    await hanna.row('Lena').waitFor();
  });

  await check('End asks, and then nobody can write any more', async () => {
    await hanna.open('Lena');
    await hanna.at('thread').focus();
    await hanna.press('Shift+E');
    await hanna.at('end-confirm').click();
    await hanna.at('banner-ended').waitFor();
    await until('no reply', async () => (await hanna.at('tab-reply').count()) === 0);
    await hanna.at('folder-archived').click();
    await hanna.row('Lena').getByText('Ended').waitFor();
  });

  await check('the customer’s next message opens a new session', async () => {
    await desk.text(channel, LENA, 'And on Saturday?');
    await hanna.at('folder-unowned').click();
    await hanna.open('Lena');
    await hanna.bubble('And on Saturday?').waitFor();
    assert.equal(await hanna.bubble('Can I bring my bike').count(), 0);
  });

  await check('a session is started by us: the number is checked as it is typed', async () => {
    await hanna.at('new-session').click();
    await hanna.at('new-to').fill('12');
    await hanna.at('new-to').fill('(202) 555-0162');
    await page.getByText(/202.*0162.* is fine/).waitFor();
    await hanna.at('new-text').fill('Your bike is ready. We are open until six.');
    await hanna.at('new-send').click();
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await hanna.becomes('Your bike is ready', 'delivered');
    const last = (await desk.sent()).at(-1);
    assert.equal(last.to, '+12025550162');
    assert.equal(last.from, '+12025550123');
  });

  await check('the timeline tells what happened', async () => {
    await hanna.at('folder-archived').click();
    await hanna.open('Lena');
    for (const line of ['picked up', 'archived it', 'ended this session']) {
      await page.getByLabel('Details', { exact: true }).getByText(line).first().waitFor();
    }
  });

  await check('Remove takes it from my lists and leaves it open', async () => {
    await hanna.at('folder-unowned').click();
    await hanna.open('Lena');
    await hanna.at('thread-more').click();
    await hanna.at('menu-remove').click();
    await hanna.at('remove-confirm').click();
    await hanna.row('Lena').waitFor({ state: 'detached' });
    assert.equal((await desk.session('Lena Fischer')).status, 'open');
  });
}

// Quick replies from writing one to sending it, messages for later over a restart, quotes, and what
// follows a message.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const OTTO = '+12025550148';
const CSV = 'name,shortcut,folder,body\r\nAddress,adr,Shop,"12 Main Street, Northside"\r\n';

export default async function replies({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const ben = await desk.person('Ben Carter', 'agent', [front.id]);
  const benji = await member(desk, ben.api, { name: 'ben' });
  const { page } = hanna;
  const sent = async () => (await desk.sent()).map((one) => one.text);

  await check('a supervisor writes a quick reply for the team and sees how it will read', async () => {
    await hanna.go('settings/replies');
    await hanna.role('button', 'Write the first one').click();
    await hanna.at('reply-name').fill('Opening hours');
    await hanna.at('reply-shortcut').fill('/hours');
    await hanna.at('reply-body').fill('Hello {{contact.first_name|there}}, we open at 8. ');
    await hanna.at('reply-variable', { hasText: 'agent.first_name' }).click();
    assert.match(await hanna.at('reply-form-preview').innerText(), /Hello Maria, we open at 8\. Hanna/);
    await hanna.at('reply-visible').selectOption('team');
    await hanna.at('reply-save').click();
    await hanna.at('reply-row', { hasText: 'Opening hours' }).waitFor();
  });

  await check('a variable that nobody could fill in is told before it is saved', async () => {
    await hanna.at('reply-add').click();
    await hanna.at('reply-name').fill('Typo');
    await hanna.at('reply-body').fill('Hi {{contact.frist_name}}');
    await hanna.at('reply-save').click();
    await page.getByText('Nothing is known to fill in for {{contact.frist_name}}').waitFor();
    await hanna.at('reply-body').fill('Your order {{ask:Order number}} is ready');
    await hanna.at('reply-name').fill('Ready');
    await hanna.at('reply-save').click();
    await hanna.at('reply-row', { hasText: 'Ready' }).waitFor();
    await hanna.picture('replies-settings');
  });

  await check('a table comes in, and all go out as JSON', async () => {
    const file = { name: 'replies.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
    await hanna.at('reply-import').setInputFiles(file);
    await hanna.at('import-found', { hasText: '1 quick reply' }).waitFor();
    await hanna.at('import-visible').selectOption('team');
    await hanna.at('import-go').click();
    await hanna.at('reply-row', { hasText: '12 Main Street' }).waitFor();
    await hanna.at('replies-more').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      hanna.at('menu-export-json').click(),
    ]);
    assert.equal(download.suggestedFilename(), 'quick-replies.json');
  });

  await check('a colleague finds it with / in a session, several in one message', async () => {
    await desk.text(channel, LENA, 'When do you open?');
    await benji.go('inbox/recent');
    await benji.open('555 0147');
    await benji.press('p');
    await benji.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await benji.at('composer-text').click();
    await benji.page.keyboard.type('/hou');
    await benji.at('quick-reply', { hasText: 'Opening hours' }).waitFor();
    await benji.picture('replies-picker');
    await benji.press('Enter');
    await benji.page.keyboard.type(' /adr');
    await benji.press('Tab');
    const text = await benji.at('composer-text').inputValue();
    assert.equal(text, 'Hello there, we open at 8. Ben 12 Main Street, Northside');
    await benji.press('Enter');
    await benji.becomes('12 Main Street', ['sent', 'delivered']);
    assert.deepEqual(await sent(), [text]);
  });

  await check('the button does the same, and asks what it has to ask', async () => {
    await benji.at('replies-open').click();
    await benji.at('reply-search').fill('ready');
    await benji.press('Enter');
    // Ready is Hanna's alone.
    await benji.page.getByText('No quick reply fits').waitFor();
    await benji.press('Escape');
    await ben.api.post('/quick-replies', { name: 'Ready', visible: 'me', body: 'Order {{ask:Order number}} is ready' });
    await benji.at('replies-open').click();
    await benji.at('reply-choice', { hasText: 'Ready' }).click();
    await benji.at('ask-answer').fill('4711');
    await benji.at('ask-insert').click();
    await until('the words', async () => (await benji.at('composer-text').inputValue()) === 'Order 4711 is ready');
    await benji.at('composer-text').fill('');
  });

  await check('an answer quotes the question for the team; the customer gets the words alone', async () => {
    await benji.bubble('When do you open?').hover();
    await benji.at('action-quote').click();
    await benji.at('quote-strip', { hasText: 'When do you open?' }).waitFor();
    await benji.picture('replies-quote');
    await benji.say('At eight');
    await benji.becomes('At eight', ['sent', 'delivered']);
    await benji.bubble('At eight').getByTestId('quote').waitFor();
    assert.equal((await sent()).at(-1), 'At eight');
  });

  await check('with keys alone: up to a message, Q quotes it, D tells about it', async () => {
    await benji.at('thread').focus();
    await benji.press('ArrowUp');
    await benji.press('d');
    await benji.at('about-message').waitFor();
    await benji.press('Escape');
    await benji.at('thread').focus();
    await benji.press('ArrowUp');
    await benji.press('q');
    await benji.at('quote-strip', { hasText: 'At eight' }).waitFor();
    await benji.at('quote-drop').click();
  });

  await check('a message for later waits in the thread, also for others, and over a restart', async () => {
    await benji.at('composer-text').fill('See you soon');
    await benji.at('later-open').click();
    await benji.picture('replies-later');
    await benji.at('menu-later-tomorrow').click();
    await benji.at('scheduled', { hasText: 'See you soon' }).waitFor();
    assert.match(await benji.at('scheduled-when').innerText(), /tomorrow/);
    await benji.picture('replies-scheduled');
    await hanna.go('inbox/all');
    await hanna.open('555 0147');
    await hanna.at('scheduled', { hasText: 'See you soon' }).waitFor();
    hanna.expect(/.*/);
    benji.expect(/.*/);
    await desk.restart();
    await benji.page.reload();
    await benji.at('scheduled', { hasText: 'See you soon' }).waitFor();
    assert.ok(!(await sent()).includes('See you soon'));
  });

  await check('it is changed, and sent now', async () => {
    await benji.at('scheduled-change').click();
    await benji.at('later-text').fill('See you very soon');
    await benji.at('later-save').click();
    await benji.at('scheduled', { hasText: 'very soon' }).waitFor();
    await benji.at('scheduled-now').click();
    await benji.becomes('See you very soon', ['sent', 'delivered']);
    await benji.at('scheduled').waitFor({ state: 'detached' });
    assert.equal((await sent()).filter((text) => text === 'See you very soon').length, 1);
  });

  await check('taken back, its words can go back into the box', async () => {
    await benji.at('composer-text').fill('Never mind');
    await benji.at('later-open').click();
    await benji.at('menu-later-hour').click();
    await benji.at('scheduled-cancel').click();
    await benji.at('toast', { hasText: 'It will not be sent' }).getByRole('button', { name: 'Put it into the box' }).click();
    await until('the words', async () => (await benji.at('composer-text').inputValue()) === 'Never mind');
    await benji.at('composer-text').fill('');
  });

  await check('Ctrl Enter goes to the next session, Ctrl Shift Enter archives', async () => {
    await desk.text(channel, OTTO, 'Hello');
    await benji.open('555 0148');
    await benji.press('p');
    await benji.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await benji.at('composer-text').fill('One');
    await benji.at('composer-text').press('Control+Enter');
    await benji.at('thread-name', { hasText: '555 0147' }).waitFor();
    await benji.open('555 0148');
    await benji.at('composer-text').fill('Two');
    await benji.at('composer-text').press('Control+Shift+Enter');
    await benji.row('555 0148').waitFor({ state: 'detached' });
    await until('both', async () => (await sent()).includes('Two') && (await sent()).includes('One'));
  });

  await check('the menu beside Send ends the session with the message', async () => {
    await benji.open('555 0147');
    await benji.at('composer-text').fill('Goodbye');
    await benji.at('send-more').click();
    await benji.picture('replies-send-menu');
    await benji.at('menu-send-end').click();
    await benji.at('banner-ended').waitFor();
    await until('it', async () => (await sent()).includes('Goodbye'));
  });

  await check('nothing stands in anyone’s way', async () => {
    await benji.go('settings/replies');
    await benji.at('reply-row').first().waitFor();
    assert.deepEqual(await benji.barriers(), []);
  });
}

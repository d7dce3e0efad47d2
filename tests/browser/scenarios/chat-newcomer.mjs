// A newcomer's second minute: from the first run to a chat with oneself, over the real widget on the
// desk's own test page.

import assert from 'node:assert/strict';

import { PASSWORD, until } from '../desk.mjs';
import { Guest } from '../guest.mjs';

export default async function chatNewcomer({ browser, check, desk: open, visitor: come }) {
  const desk = await open();
  const hanna = await come(desk, { name: 'hanna' });
  const { page } = hanna;

  await check('the first run ends before an open page of first steps', async () => {
    await hanna.at('choose-office').click();
    await hanna.at('setup-name').fill('Hanna Berg');
    await hanna.at('setup-business').fill('Northside Bikes');
    await hanna.at('setup-password').fill(PASSWORD);
    await hanna.at('setup-submit').click();
    await hanna.at('first-skip').click();
    await hanna.at('checklist').waitFor();
    assert.match(await hanna.at('checklist-count').textContent(), /^0 of 5$/);
    if ((await hanna.at('coach-skip-all').count()) > 0) await hanna.at('coach-skip-all').click();
  });

  let tested;
  await check('two clicks lead to the test page', async () => {
    await hanna.at('task-chat-go').click();
    await hanna.at('site-editor').waitFor();
    await hanna.at('site-try').click();
    await hanna.at('site-snippet').waitFor();
    const [tab] = await Promise.all([hanna.context.waitForEvent('page'), hanna.at('test-page').click()]);
    await tab.waitForLoadState();
    tested = tab.url();
    assert.equal(new URL(tested).origin, new URL(desk.workspace).origin, 'no tunnel, no other address');
    await tab.close();
  });

  let guest;
  await check('what is written in the widget rings at the desk, and waits with its page’s name', async () => {
    guest = await Guest.come(browser, tested);
    await guest.open();
    await guest.heard('Hello! How can we help you?');
    await hanna.go('inbox/unowned');
    await guest.say('Do you mend bikes while I wait?');
    await guest.heard('We have received your message.');
    await hanna.row('Visitor').waitFor();
    assert.match(await hanna.row('Visitor').textContent(), /We have received|while I wait/);
    await hanna.row('Visitor').getByTestId('visitor-state').waitFor();
  });

  await check('the visitor is seen typing, in the list and over the composer', async () => {
    await hanna.row('Visitor').click();
    await hanna.at('thread-name', { hasText: 'Visitor' }).waitFor();
    await guest.widget.locator('textarea').pressSequentially('I have');
    await hanna.at('visitor-writing').waitFor();
    await hanna.row('Visitor').getByText('typing…').waitFor();
    await guest.widget.locator('textarea').fill('');
    await hanna.at('visitor-writing').waitFor({ state: 'detached' });
  });

  await check('picked up and answered, it stands in the widget, and is seen', async () => {
    if ((await hanna.at('pick-up').count()) > 0) await hanna.at('pick-up').click();
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await hanna.at('composer-text').pressSequentially('We do');
    await guest.widget.getByText(/is writing/).waitFor();
    await hanna.say('We do! Most take half an hour.');
    await guest.heard('We do! Most take half an hour.');
    await hanna.becomes('We do! Most take half an hour.', 'read');
    assert.equal(await hanna.bubble('We do! Most take half an hour.').count(), 1);
  });

  await check('the details tell the visitor’s page and browser', async () => {
    if ((await hanna.at('visitor').count()) === 0) await hanna.press('Control+.');
    await hanna.at('visitor').waitFor();
    assert.match(await hanna.at('visitor-page').textContent(), /test page/);
    assert.match(await hanna.at('visitor').textContent(), /Chrome · Linux/);
    assert.deepEqual(await hanna.barriers(), []);
  });

  await check('a name makes a contact of the visitor', async () => {
    await hanna.at('add-to-contacts-open').click();
    await hanna.at('add-name').fill('Maria Rossi');
    await hanna.at('add-confirm').click();
    await hanna.at('thread-name', { hasText: 'Maria Rossi' }).waitFor();
    await hanna.at('folder-mine').click();
    await hanna.row('Maria Rossi').waitFor();
    await hanna.open('Maria Rossi');
    // Beside the demo's phone the details lie over the thread.
    await hanna.press('Control+.');
    await hanna.at('visitor').waitFor({ state: 'detached' });
  });

  await check('who leaves the page gets the answer on the next visit', async () => {
    await guest.page.goto('about:blank');
    await hanna.at('visitor-left').waitFor();
    await hanna.say('Come by any time until six.');
    await hanna.becomes('Come by any time until six.', ['sent', 'delivered']);
    await guest.page.goto(tested);
    await guest.open();
    await guest.heard('Come by any time until six.');
    await hanna.at('visitor-left').waitFor({ state: 'detached' });
    await hanna.becomes('Come by any time until six.', 'read');
  });

  await check('nobody begins a chat with a website’s visitor', async () => {
    await hanna.at('end').click();
    await hanna.at('end-confirm').click();
    await hanna.at('banner-ended').waitFor();
    await guest.heard('This chat session has ended.');
    assert.equal(await hanna.at('banner-ended').getByRole('button').count(), 0);
    const me = await (await desk.signIn('hanna')).get('/me');
    assert.ok(me.startable.every((number) => number.channel_name !== 'Live chat'));
  });

  await check('the first steps know that it was tried', async () => {
    await hanna.go('settings/overview');
    await until('the tick', async () => (await hanna.at('task-chat').getAttribute('data-done')) === 'true');
    assert.deepEqual(guest.complaints.filter((one) => !/favicon/.test(one)), []);
    await guest.leave();
  });
}

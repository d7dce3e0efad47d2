// Live chat: a visitor of a website and an agent in the desk's pages talk, come back and part.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { until } from '../desk.mjs';
import { html, Website, Widget } from '../website.mjs';

export const limit = 300_000 * Number(process.env.DESKBELL_PATIENCE ?? 1);

// A red point: the smallest picture that is one.
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (name) => ({ name, mimeType: 'image/png', buffer: POINT });
const CLOSED = { zone: 'UTC', mode: 'weekly', days: [[], [], [], [], [], [], []], channels: [] };

export default async function chatWidget({ check, desk: open, member, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const person = await desk.person('Ana Lopez', 'agent', [front.id]);
  const site = await desk.site({ kind: 'queue', id: front.id }, (settings) => {
    settings.appearance.title = 'Northside Bikes';
  });
  const website = await Website.open();
  website.page('/', html(site.snippet));
  website.page('/prices', html(site.snippet, { title: 'Prices' }));
  const ana = await member(desk, person.api, { name: 'ana' });
  const ada = await come(desk, { name: 'ada', at: website.url('/') });
  const chat = new Widget(ada);
  const sessions = async () => (await admin.get('/sessions?folder=all&limit=100')).sessions;
  const of = (id) => admin.get(`/sessions/${id}/messages?limit=100`);
  let session;

  await check('the chat opens with a greeting, and looking costs the desk nothing', async () => {
    await chat.open();
    await chat.sees('Hello! How can we help you?');
    assert.equal(await ada.page.evaluate(() => document.querySelector('deskbell-chat').shadowRoot.activeElement?.tagName), 'TEXTAREA');
    assert.deepEqual(await sessions(), []);
  });

  await check('what the visitor writes reaches the agents, who answer', async () => {
    await chat.say('What does the yearly plan cost?');
    await chat.taken('What does the yearly plan cost?');
    await chat.sees('We have received your message.');
    [session] = await until('one session', async () => (await sessions()).length === 1 && sessions());
    await ana.at('session-row', { hasText: 'What does the yearly plan cost?' }).click();
    await ana.bubble('What does the yearly plan cost?').waitFor();
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await ana.say('It is 96 a year.');
    await chat.sees('It is 96 a year.');
    assert.deepEqual(await chat.texts(), [
      'Hello! How can we help you?',
      'What does the yearly plan cost?',
      'Hello, thank you for contacting us. We have received your message.',
      'It is 96 a year.',
    ]);
    await chat.at('.who', { hasText: 'Ana Lopez' }).waitFor();
  });

  await check('both see what the other has seen', async () => {
    await ana.becomes('It is 96 a year.', ['read']);
    await chat.say('Good, I take it');
    await chat.taken('Good, I take it');
    await chat.bubble('Good, I take it').filter({ hasText: 'seen' }).waitFor();
  });

  await check('both see that the other writes', async () => {
    await ana.at('composer-text').pressSequentially('One mom');
    await chat.sees('Ana Lopez is writing…');
    await ana.at('composer-text').fill('');
    await chat.bubble('is writing…').waitFor({ state: 'detached' });
    await chat.text().pressSequentially('And the mon');
    await until('the visitor writes', async () => (await admin.get(`/sessions/${session.id}/visitor`)).writing);
    await chat.text().fill('');
    await until('the visitor stopped', async () => !(await admin.get(`/sessions/${session.id}/visitor`)).writing);
  });

  await check('pictures go both ways', async () => {
    await chat.attach([picture('bike.png')]);
    await chat.say('This is the bike');
    await chat.taken('This is the bike');
    await ana.bubble('This is the bike').getByTestId('picture').first().waitFor();
    await ana.at('attach-input').setInputFiles(picture('saddle.png'));
    await until('the upload', async () =>
      (await ana.at('attachment').count()) === 1 && (await ana.at('attachment').locator('progress').count()) === 0);
    await ana.say('And this is the saddle');
    const shown = chat.bubble('And this is the saddle').locator('img');
    await shown.waitFor();
    await until('the picture is drawn', () => shown.evaluate((one) => one.complete && one.naturalWidth > 0));
  });

  await check('what is no picture, or too large, is refused with a reason', async () => {
    const [chooser] = await Promise.all([ada.page.waitForEvent('filechooser'), chat.named('Add a picture').click()]);
    await chooser.setFiles({ name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await chat.at('.problem', { hasText: 'Only PNG and JPEG' }).waitFor();
    // One that only says so is looked at by the desk.
    ada.expect(/status of 4\d\d/);
    await ada.page.evaluate(async ([base]) => {
      const token = Object.entries(localStorage).find(([key]) => key.endsWith(' token'))[1];
      const answer = await fetch(`${base}files?name=x.png`, {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' }, body: '<svg/>',
      });
      if (answer.ok) throw new Error('it was taken');
    }, [site.script_url.replace('widget.js', '')]);
  });

  await check('a message to a closed chat rings and is counted', async () => {
    await ada.press('Escape');
    await chat.panel().waitFor({ state: 'hidden' });
    const rung = await ada.page.evaluate(() => globalThis.rung);
    await ana.say('Shall I send it today?');
    await chat.at('.badge', { hasText: '1' }).waitFor();
    assert.equal(await chat.launcher().getAttribute('aria-label'), 'New messages: 1');
    await until('it rings', () => ada.page.evaluate((before) => globalThis.rung > before, rung));
    await chat.open();
    await chat.sees('Shall I send it today?');
    assert.equal(await chat.at('.badge').textContent(), '');
    await ana.becomes('Shall I send it today?', ['read']);
  });

  await check('the next page has the open chat, and what was begun', async () => {
    await chat.text().fill('Half a sen');
    await ada.page.goto(website.url('/prices'));
    await chat.sees('Shall I send it today?');
    assert.equal(await chat.text().inputValue(), 'Half a sen');
    await until('the page is known', async () => {
      const { page, pages } = await admin.get(`/sessions/${session.id}/visitor`);
      return page?.title === 'Prices' && pages.some((one) => one.title === 'The shop');
    });
    await chat.text().fill('');
  });

  await check('what is written while the desk is gone arrives once when it is back', async () => {
    ada.expect(/WebSocket connection to .* failed|ERR_CONNECTION_REFUSED/);
    ana.expect(/ERR_CONNECTION_REFUSED|WebSocket connection to .* failed|Failed to load resource/);
    await desk.restart(async () => {
      await chat.at('.notice', { hasText: 'No connection' }).waitFor();
      await chat.say('Are you still there?');
      await chat.say('I can wait');
      assert.equal(await chat.at('.m.waiting').count(), 2);
      await ada.page.reload({ timeout: 20_000 });
    });
    // The script itself came from the desk: the page asks for it again.
    await ada.page.reload();
    await chat.taken('Are you still there?');
    await chat.taken('I can wait');
    const { messages } = await of(session.id);
    const texts = messages.map((one) => one.text);
    for (const text of ['Are you still there?', 'I can wait']) assert.equal(texts.filter((one) => one === text).length, 1);
    assert.ok(texts.indexOf('Are you still there?') < texts.indexOf('I can wait'));
  });

  await check('a line that breaks under an open page comes back by itself', async () => {
    await desk.restart(async () => {
      await chat.at('.notice', { hasText: 'No connection' }).waitFor();
      await chat.say('Hello again');
    });
    // The pauses between its tries grow.
    await chat.taken('Hello again', 40_000);
    await chat.at('.notice').filter({ hasNotText: 'No connection' }).waitFor({ state: 'attached' });
    const { messages } = await of(session.id);
    assert.equal(messages.filter((one) => one.text === 'Hello again').length, 1);
  });

  await check('two tabs are one visitor', async () => {
    const second = await ada.context.newPage();
    await second.goto(website.url('/prices'));
    const other = new Widget(ada, second);
    await other.open();
    await other.sees('Hello again');
    await other.say('From the other tab');
    await other.taken('From the other tab');
    await chat.sees('From the other tab');
    assert.equal(await chat.bubble('From the other tab').count(), 1);
    assert.equal((await sessions()).length, 1);
    await second.close();
  });

  await check('another visitor sees nothing of it', async () => {
    const ben = await come(desk, { name: 'ben', at: website.url('/') });
    const his = new Widget(ben);
    await his.open();
    await his.say('Do you repair brakes?');
    await his.taken('Do you repair brakes?');
    await until('two sessions', async () => (await sessions()).length === 2);
    assert.ok(!(await his.texts()).some((text) => text.includes('yearly plan')));
    assert.ok(!(await chat.texts()).some((text) => text.includes('brakes')));
    const url = await chat.bubble('And this is the saddle').locator('a').getAttribute('href');
    const stolen = await ben.page.evaluate(async (address) => (await fetch(address, { mode: 'no-cors' })).type, url);
    assert.equal(stolen, 'opaque', 'a page cannot read it');
  });

  await check('the visitor ends the chat, keeps what was said, and begins another', async () => {
    await chat.named('More').click();
    await chat.named('End chat').click();
    await chat.named('Keep chatting').click();
    await chat.named('More').click();
    await chat.named('End chat').click();
    await chat.at('.end .main').click();
    await chat.sees('This chat session has ended.');
    const [saved] = await Promise.all([ada.page.waitForEvent('download'), chat.named('Save transcript').click()]);
    assert.match(saved.suggestedFilename(), /^chat-\d{4}-\d\d-\d\d\.txt$/);
    const transcript = await readFile(await saved.path(), 'utf8');
    for (const line of ['You: What does the yearly plan cost?', 'Ana Lopez: It is 96 a year.', '[bike.png]', 'www.shop.example'])
      assert.ok(transcript.includes(line), `${line} in\n${transcript}`);
    await chat.named('New chat').click();
    await chat.say('One more question');
    await chat.taken('One more question');
    const another = await until('another session', async () => (await sessions()).find((one) => one.preview.includes('One more question')));
    assert.notEqual(another.id, session.id);
    assert.ok((await chat.texts()).includes('It is 96 a year.'), 'what was said before stays above');
  });

  await check('questions come first where the site asks them, and name the contact', async () => {
    await desk.chat(site, ({ messages }) => {
      messages.pre_chat.on = true;
      messages.pre_chat.consent = 'I agree that you answer me.';
      for (const field of messages.pre_chat.fields) {
        field.show = ['name', 'email'].includes(field.id);
        field.required = field.id === 'name';
      }
    });
    const cleo = await come(desk, { name: 'cleo', at: website.url('/') });
    const hers = new Widget(cleo);
    await hers.open();
    await hers.at('form').waitFor();
    await hers.named('Start chat').click();
    assert.deepEqual(await hers.at('form .problem').allTextContents(), ['Please fill this in.', '', 'Please fill this in.']);
    await hers.place.getByLabel('Name').fill('Cleo Day');
    await hers.place.getByLabel('I agree').check();
    await hers.named('Start chat').click();
    await hers.say('Hello, it is me');
    await hers.taken('Hello, it is me');
    await desk.session('Cleo Day');
  });

  await check('who comes while nobody is there leaves a message', async () => {
    await admin.put('/hours', CLOSED);
    const dora = await come(desk, { name: 'dora', at: website.url('/') });
    const hers = new Widget(dora);
    await hers.open();
    await hers.sees('We are away, leave us a message!');
    await hers.at('form').waitFor();
    await hers.place.getByLabel('Name').fill('Dora Lin');
    await hers.place.getByLabel('Your message').fill('Please call me tomorrow');
    await hers.place.getByLabel('I agree').check();
    await hers.named('Send').first().click();
    await hers.taken('Please call me tomorrow');
    const left = await desk.session('Dora Lin');
    const { messages } = await of(left.id);
    assert.deepEqual(messages.filter((one) => one.kind !== 'event').map((one) => one.text), [
      'We are away, leave us a message!',
      'Please call me tomorrow',
    ]);
  });
  website.close();
}

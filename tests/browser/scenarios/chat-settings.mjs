// Live chat as an administrator sets it up: by clicking, with the real widget beside the form.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';
import { Guest } from '../guest.mjs';

export default async function chatSettings({ browser, check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const sales = await desk.queue('Sales', 'auto', [(await admin.get('/me')).user.id]);
  const shown = hanna.at('site-preview-place');
  const site = async () => (await admin.get('/channels')).find((one) => one.provider === 'livechat');

  await check('the tile of live chat leads to a form with the widget beside it', async () => {
    await hanna.go('settings/channels');
    await hanna.at('channel-add').click();
    await hanna.at('provider-livechat').click();
    await hanna.at('site-editor').waitFor();
    assert.ok(await hanna.at('wizard-next').isDisabled(), 'a chat needs a website');
    await shown.getByText('Hello! How can we help you?').waitFor();
  });

  await check('what is wrong with a domain stands at its field', async () => {
    hanna.expect(/status of 422/);
    await hanna.at('site-domain').fill('not a domain');
    await hanna.at('wizard-next').click();
    await page.getByRole('alert').first().waitFor();
    assert.equal(await hanna.at('site-domain').getAttribute('aria-invalid'), 'true');
  });

  await check('a pasted address becomes its domain, and new chats go to the chosen queue', async () => {
    await hanna.at('site-domain').fill('https://www.Northside-Bikes.example/shop?x=1');
    await hanna.at('site-name').fill('Website chat');
    assert.equal(await hanna.at('site-domain').inputValue(), 'www.northside-bikes.example');
    await hanna.at('site-destination').selectOption(`queue:${sales.id}`);
    await hanna.at('wizard-next').click();
    await hanna.at('site-title').waitFor();
    const { id, name, numbers } = await site();
    assert.equal(name, 'Website chat');
    assert.deepEqual([numbers[0].address, numbers[0].kind, numbers[0].destination.id], ['www.northside-bikes.example', 'website', sales.id]);
    const settings = await admin.get(`/channels/${id}/chat`);
    assert.deepEqual(settings.domains, ['www.northside-bikes.example']);
  });

  await check('looks change in the preview while they are chosen', async () => {
    await hanna.at('site-title').fill('Ask the workshop');
    await shown.getByText('Ask the workshop').first().waitFor();
    const header = shown.locator('header').first();
    await hanna.at('site-colour-1d4f91').click();
    await until('the new colour', async () =>
      (await header.evaluate((one) => getComputedStyle(one).backgroundColor)) === 'rgb(29, 79, 145)');
    await hanna.at('sight-closed').click();
    await shown.getByText('Ask the workshop').first().waitFor({ state: 'hidden' });
    await hanna.turn(hanna.at('site-launcher-bar'));
    await shown.locator('.launcher', { hasText: 'Ask the workshop' }).waitFor();
    await hanna.turn(hanna.at('site-launcher-bubble'));
    await hanna.at('sight-opened').click();
  });

  await check('a logo is made small here, and stands in the preview', async () => {
    const large = await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 800 });
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#c33';
      pen.fillRect(0, 0, 1600, 800);
      return canvas.toDataURL('image/png').split(',')[1];
    });
    await hanna.at('site-logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(large, 'base64') });
    await hanna.at('site-logo-shown').waitFor();
    assert.deepEqual(await hanna.at('site-logo-shown').evaluate(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]), [256, 128]);
    await shown.locator('img').first().waitFor();
    await hanna.at('wizard-next').click();
    await hanna.at('site-language').waitFor();
    const { appearance } = await admin.get(`/channels/${(await site()).id}/chat`);
    assert.equal(appearance.title, 'Ask the workshop');
    assert.ok(appearance.logo_file_id);
  });

  await check('questions before the chat and greetings are seen as visitors meet them', async () => {
    await hanna.turn('site-pre-chat');
    await hanna.turn('site-field-phone-show');
    await hanna.at('site-field-phone-label').fill('Mobile number');
    await shown.getByText('Mobile number').first().waitFor();
    await hanna.at('site-consent').fill('I agree to the privacy policy.');
    await shown.getByText('I agree to the privacy policy.').waitFor();
    await hanna.at('site-auto-offline_greeting-text').fill('The workshop sleeps.');
    await hanna.at('sight-holiday').click();
    await shown.getByText('The workshop sleeps.').waitFor();
    await hanna.at('sight-online').click();
    await hanna.at('site-language').selectOption('de');
    await shown.getByText('Hallo! Wie können wir Ihnen helfen?').waitFor();
    assert.equal(await hanna.at('site-auto-offline_greeting-text').inputValue(), 'The workshop sleeps.');
    await hanna.at('site-language').selectOption('auto');
    await hanna.turn('site-pre-chat', false);
  });

  let tested;
  await check('switched on, it shows its snippet and opens a test page with the real chat', async () => {
    await hanna.at('wizard-next').click();
    const snippet = await hanna.at('site-snippet').textContent();
    const { id } = await site();
    assert.equal(snippet, (await admin.get(`/channels/${id}/chat/snippet`)).snippet);
    assert.match(snippet, /^<script src="https:\/\/desk\.northside\.example\/chat\/[0-9a-f]+\/widget\.js" async><\/script>$/);
    const [tab] = await Promise.all([hanna.context.waitForEvent('page'), hanna.at('test-page').click()]);
    tested = tab.url();
    await tab.locator('deskbell-chat .launcher').waitFor();
    await tab.close();
  });

  await check('on the test page the chat looks as it was set up, and what is said arrives', async () => {
    const guest = await Guest.come(browser, tested);
    await guest.open();
    await guest.widget.getByText('Ask the workshop').first().waitFor();
    await guest.say('Do you mend cargo bikes?');
    await guest.heard('We have received your message.');
    const session = await until('the session', async () => {
      const { sessions } = await admin.get('/sessions?folder=all&limit=10');
      return sessions.find((one) => one.provider === 'livechat');
    });
    assert.equal(session.queue_id, sales.id);
    assert.deepEqual(guest.complaints, []);
    await guest.leave();
  });

  await check('the steps into a website are there for each system', async () => {
    const steps = hanna.at('install-guides').locator('ol li');
    const seen = new Set();
    for (const system of ['html', 'wordpress', 'wordpress_plugin', 'joomla', 'drupal', 'wix', 'squarespace']) {
      await hanna.at('install-system').selectOption(system);
      assert.ok((await steps.count()) >= 3, system);
      seen.add(await hanna.at('install-guides').locator('ol').textContent());
    }
    assert.equal(seen.size, 7);
  });

  await check('a look at a page is answered in words, and reaches nothing of the office', async () => {
    await hanna.at('page-check-url').fill(desk.workspace);
    await hanna.at('page-check').click();
    await hanna.at('page-check-result').waitFor();
    assert.equal(await hanna.at('page-check-result').getAttribute('data-state'), 'unreachable');
    assert.match(await hanna.at('page-check-result').textContent(), /could not be fetched/);
    await hanna.at('page-check-url').fill('ftp://shop.example');
    await hanna.at('page-check-url').evaluate((field) => (field.type = 'text'));
    await hanna.at('page-check').click();
    await page.getByText('Enter the address of a page').waitFor();
  });

  await check('later it has tabs; leaving with unsaved work asks, saving keeps it', async () => {
    const { id } = await site();
    await hanna.go(`settings/channels/${id}`);
    await page.reload();
    await hanna.at('tab-basics').waitFor();
    await hanna.at('site-close-after').fill('3');
    await hanna.at('site-close-unit').selectOption('days');
    await hanna.at('site-sends-text').locator('xpath=ancestor::label[1]').click();
    await hanna.at('settings-queues').click();
    await page.locator('dialog[open]').waitFor();
    await hanna.press('Escape');
    await hanna.at('save').click();
    await hanna.at('save').waitFor({ state: 'detached' });
    const kept = await admin.get(`/channels/${id}/chat`);
    assert.deepEqual([kept.close_after_minutes, kept.visitors_may_send], [4320, 'text']);
  });

  await check('the password of a server for calls is kept, and never shown again', async () => {
    const { id } = await site();
    await hanna.turn('site-mode-chat_and_calls');
    await hanna.at('site-https').waitFor();
    await hanna.at('site-advanced').locator('summary').click();
    await hanna.at('site-ice-add').click();
    await hanna.at('site-ice-urls').fill('turn:turn.northside.example:3478');
    await hanna.at('site-ice').getByLabel('User name').fill('desk');
    await hanna.at('site-ice').getByLabel('Password').fill('only for the relay');
    await hanna.at('save').click();
    await hanna.at('save').waitFor({ state: 'detached' });
    const text = JSON.stringify(await admin.get(`/channels/${id}/chat`));
    assert.ok(text.includes('"has_credential":true') && !text.includes('only for the relay'), text);
    await page.reload();
    await hanna.at('site-advanced').locator('summary').click();
    assert.equal(await hanna.at('site-ice').getByLabel('Password').inputValue(), '');
  });

  await check('the list and the overview tell its figures', async () => {
    await hanna.go('settings/channels');
    await hanna.at('site-figures').waitFor();
    assert.match(await hanna.at('site-figures').textContent(), /1 chat/);
    await hanna.go('settings/overview');
    await hanna.at('overview-channels').getByTestId('site-figures').waitFor();
    assert.equal(await hanna.at('task-chat').getAttribute('data-done'), 'true');
  });

  await check('no part of it is a barrier', async () => {
    const { id } = await site();
    for (const tab of ['basics', 'appearance', 'messages', 'install']) {
      await hanna.go('settings/overview');
      await hanna.at('checklist').waitFor();
      await hanna.go(`settings/channels/${id}?tab=${tab}`);
      await hanna.at('site-preview').waitFor();
      await page.waitForTimeout(400);
      assert.deepEqual(await hanna.barriers(), [], tab);
    }
  });
}

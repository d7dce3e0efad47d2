// Files both ways: pasted, dropped and chosen; a picture that a customer sends.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PUBLIC, until } from '../desk.mjs';

const LENA = '+12025550147';
// A red point: the smallest picture that is one.
const POINT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** Hands a picture to the composer as the system would: by paste or by drop. */
function hand(box, [kind, name, base64]) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: 'image/png' }));
  if (kind === 'paste') {
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return;
  }
  for (const type of ['dragenter', 'dragover', 'drop']) {
    box.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}

export default async function files({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'What does it look like?');
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  await hanna.row('555 0147').click();
  await hanna.press('p');
  await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
  const attachment = (name) => hanna.at('attachment', { hasText: name });
  const uploaded = (name) =>
    until(`the upload of ${name}`, async () =>
      (await attachment(name).count()) === 1 && (await attachment(name).locator('progress').count()) === 0);

  await check('a pasted picture is uploaded and shown small', async () => {
    await hanna.at('composer-text').evaluate(hand, ['paste', 'saddle.png', POINT]);
    await uploaded('saddle.png');
    await attachment('saddle.png').locator('img').waitFor();
  });

  await check('a dropped one joins it', async () => {
    await hanna.at('composer').evaluate(hand, ['drop', 'frame.png', POINT]);
    await uploaded('frame.png');
  });

  await check('a chosen one joins them, and each can be taken away', async () => {
    const path = join(desk.dir, 'price list.txt');
    await writeFile(path, 'Saddle 49\nFrame 380\n');
    await hanna.at('attach-input').setInputFiles(path);
    await uploaded('price list.txt');
    await hanna.role('button', 'Remove frame.png').click();
    await attachment('frame.png').waitFor({ state: 'detached' });
  });

  await check('they leave with the text, as links that Twilio can fetch', async () => {
    await hanna.say('Like this');
    await hanna.becomes('Like this', 'delivered');
    const [sent] = await desk.sent();
    assert.equal(sent.text, 'Like this');
    assert.equal(sent.media_urls.length, 2);
    for (const url of sent.media_urls) {
      assert.ok(url.startsWith(`${PUBLIC}/media/`), url);
      const answer = await fetch(url.replace(PUBLIC, desk.public));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      const bytes = Buffer.from(await answer.arrayBuffer());
      const wanted = [Buffer.from(POINT, 'base64'), Buffer.from('Saddle 49\nFrame 380\n')];
      assert.ok(wanted.some((one) => one.equals(bytes)), 'the very bytes');
    }
    const guessed = await fetch(sent.media_urls[0].replace(PUBLIC, desk.public).replace(/media\/./, 'media/0'));
    assert.equal(guessed.status, 404);
  });

  await check('our picture stands in the thread and can be enlarged', async () => {
    const picture = hanna.bubble('Like this').getByTestId('picture');
    await picture.locator('img').waitFor();
    await picture.click();
    await page.getByRole('dialog', { name: 'saddle.png' }).waitFor();
    await hanna.press('Escape');
    await page.getByRole('dialog', { name: 'saddle.png' }).waitFor({ state: 'hidden' });
  });

  await check('the other file is a chip that downloads the very bytes', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      hanna.bubble('Like this').getByTestId('file').click(),
    ]);
    assert.equal(download.suggestedFilename(), 'price list.txt');
  });

  await check('a picture from the customer is fetched and shown inline', async () => {
    await desk.text(channel, LENA, 'Mine looks like this', {
      media: [{ url: `${desk.provider.base}/media/mine.png`, content_type: 'image/png' }],
    });
    const image = hanna.bubble('Mine looks like this').getByTestId('picture').locator('img');
    await image.waitFor();
    await until('the picture', () => image.evaluate((one) => one.complete && one.naturalWidth > 0));
  });

  await check('a file from an address inside our network is not fetched', async () => {
    await desk.text(channel, LENA, 'Look inside', {
      media: [{ url: `${desk.workspace}/api/v1/desk`, content_type: 'image/png' }],
    });
    await hanna.bubble('Look inside').getByText('could not be loaded').waitFor();
  });

  await check('a file that is too large for the channel is refused before it is sent', async () => {
    await hanna.at('attach-input').setInputFiles({
      name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(6_000_000),
    });
    await hanna.at('toast', { hasText: 'too large' }).waitFor();
    assert.equal(await attachment('film.mov').count(), 0);
  });
}

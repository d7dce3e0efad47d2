// The address book: found, added, corrected, noted, blocked; two people see the same.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const OMAR = '+12025550163';

export default async function addressBook({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const { user } = await admin.get('/me');
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [user.id, tom.id] });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const other = await member(desk, tom.api, { name: 'tom', scheme: 'dark' });
  const row = (visitor, name) => visitor.at('contact-row', { hasText: name });

  await check('an administrator makes custom fields and puts them in order', async () => {
    await hanna.go('settings/contacts');
    for (const [name, kind, choices] of [['Birthday', 'date'], ['Level', 'choice', 'Gold\nSilver']]) {
      await hanna.at('field-add').first().click();
      await hanna.at('field-name').fill(name);
      await hanna.at('field-kind').selectOption(kind);
      if (choices) await hanna.at('field-choices').fill(choices);
      await hanna.at('field-save').click();
      await hanna.at('field-row', { hasText: name }).waitFor();
    }
    await hanna.at('field-row', { hasText: 'Level' }).getByTestId('field-up').click();
    await until('the new order', async () => (await admin.get('/contact-fields'))[0].name === 'Level');
  });

  await check('by keyboard alone: to the contacts, a new one, its fields', async () => {
    await hanna.go('inbox/recent');
    await hanna.at('inbox').waitFor();
    await hanna.press('g');
    await hanna.press('c');
    await hanna.at('contacts').waitFor();
    await hanna.press('n');
    await hanna.at('form-name').waitFor();
    await hanna.page.keyboard.type('Lena Fischer');
    await hanna.press('Tab');
    await hanna.page.keyboard.type('(202) 555-0147');
    await hanna.at('form-company').fill('Fischer & Söhne');
    await hanna.at('form-zone').fill('Asia/Tokyo');
    await hanna.at('value-Level').selectOption('Gold');
    await hanna.at('value-Birthday').fill('1990-05-14');
    await hanna.press('Enter');
    await hanna.at('contact-heading', { hasText: 'Lena Fischer' }).waitFor();
    await hanna.at('local-time').waitFor();
    await hanna.at('contact-facts', { hasText: 'Gold' }).waitFor();
  });

  await check('what does not fit is said at its field, and leaving asks first', async () => {
    hanna.expect(/status of 422/);
    await hanna.press('e');
    await hanna.at('form-email').fill('lena@nowhere');
    await hanna.at('save').click();
    await hanna.page.getByText('This is not an e-mail address.').waitFor();
    await hanna.at('rail-inbox').click();
    await hanna.page.getByRole('dialog').waitFor();
    await hanna.press('Escape');
    await hanna.at('form-email').fill('lena@example.com');
    await hanna.at('save').click();
    await hanna.at('contact-facts', { hasText: 'lena@example.com' }).waitFor();
  });

  await check('a colleague sees the contact and a note without asking again', async () => {
    await other.at('rail-contacts').click();
    await row(other, 'Lena Fischer').click();
    await hanna.at('contact-note-text').fill('Pays in cash');
    await hanna.at('contact-note-add').click();
    await other.at('contact-note', { hasText: 'Pays in cash' }).waitFor();
    await other.at('contact-note', { hasText: 'Hanna' }).waitFor();
  });

  await check('a search finds numbers, companies and accents; / and arrows reach it', async () => {
    await desk.text(channel, OMAR, 'Do you mend tandems? https://example.com/tandem');
    await row(hanna, '202 555 0163').waitFor();
    for (const sought of ['sohne', '555-0147', 'lena gold']) {
      await hanna.press('Escape');
      await hanna.page.locator('body').click({ position: { x: 700, y: 880 } });
      await hanna.press('/');
      await hanna.at('contact-search').fill(sought);
      await until(`only Lena for ${sought}`, async () => (await hanna.at('contact-row').count()) === 1);
      await row(hanna, 'Lena Fischer').waitFor();
    }
    await hanna.at('contact-search').fill('');
    await until('both', async () => (await hanna.at('contact-row').count()) === 2);
    await hanna.at('show-unnamed').click();
    await until('the nameless one', async () => (await hanna.at('contact-row').count()) === 1);
    await hanna.at('show-all').click();
  });

  await check('who wrote is added to a contact who is there, with key A', async () => {
    // That the nameless one is gone is learned by asking for them.
    hanna.expect(/status of 404.*\/contacts\//);
    other.expect(/status of 404.*\/contacts\//);
    await hanna.go('inbox/recent');
    await hanna.open('202 555 0163');
    await hanna.page.locator('h1').first().click();
    await hanna.press('a');
    await hanna.at('add-to-contacts').waitFor();
    await hanna.role('tab', 'Existing contact').click();
    await hanna.at('add-search').fill('lena');
    await hanna.at('add-choice', { hasText: 'Lena Fischer' }).click();
    await hanna.at('add-confirm').click();
    await hanna.at('thread-name', { hasText: 'Lena Fischer' }).waitFor();
    await until('no nameless one', async () => (await admin.get('/contacts/counts')).all === 1);
  });

  await check('files and links are shown where they were said', async () => {
    await hanna.at('contact-open').click();
    await hanna.at('contact-shared-show').click();
    await hanna.at('contact-link', { hasText: 'example.com/tandem' }).waitFor();
    await hanna.at('contact-session', { hasText: 'tandems' }).waitFor();
  });

  await check('a number gets a word, and an opt-out is noted with its reason', async () => {
    const number = hanna.at('contact-address', { hasText: '0163' });
    await number.getByTestId('address-menu').click();
    await hanna.at('menu-name-number').click();
    await hanna.at('address-remark').fill('Work');
    await hanna.at('address-remark-save').click();
    await hanna.at('contact-address', { hasText: 'Work' }).getByTestId('address-menu').click();
    await hanna.at('menu-opt-out').click();
    await hanna.at('opt-out-reason').fill('She said so on the phone');
    await hanna.at('opt-out-confirm').click();
    await hanna.at('address-opted-out').waitFor();
    await other.at('address-opted-out').waitFor();
  });

  await check('writing begins with the number filled in', async () => {
    await hanna.at('contact-write').click();
    assert.equal(await hanna.at('new-to').inputValue(), LENA);
    await hanna.at('new-text').fill('Your wheel is ready.');
    await hanna.at('new-send').click();
    await hanna.bubble('Your wheel is ready.').waitFor();
  });

  await check('a blocked contact leaves the lists, and what they write is kept', async () => {
    await hanna.go('contacts');
    await row(hanna, 'Lena Fischer').click();
    await hanna.at('contact-more').click();
    await hanna.at('menu-block').click();
    await hanna.at('block-reason').fill('Spam');
    await hanna.at('block-confirm').click();
    await hanna.at('contact-blocked', { hasText: 'Spam' }).waitFor();
    await other.at('contact-blocked').waitFor();
    assert.equal(await other.at('unblock').count(), 0);
    await desk.text(channel, LENA, 'Hello?');
    await other.go('inbox/recent');
    await until('nothing to do', async () => (await other.at('session-row').count()) === 0);
    await hanna.go('inbox/all');
    await hanna.row('Lena Fischer').first().waitFor();
    await hanna.at('row-blocked').first().waitFor();
    assert.equal((await admin.get('/sessions/counts')).unowned, 0);
    await hanna.go('contacts?show=blocked');
    await row(hanna, 'Lena Fischer').click();
    await hanna.at('unblock').click();
    await hanna.at('contact-blocked').waitFor({ state: 'detached' });
  });

  await check('one with a past is not deleted, and it says why; one without is', async () => {
    hanna.expect(/status of 409/);
    await hanna.at('contact-more').click();
    await hanna.at('menu-delete').click();
    await hanna.at('contact-delete-confirm').click();
    await hanna.page.getByRole('alert').filter({ hasText: 'what was said stays' }).waitFor();
    await hanna.press('Escape');
    await admin.post('/contacts', { name: 'Walk-in' });
    await hanna.go('contacts');
    await row(hanna, 'Walk-in').click();
    await hanna.at('contact-heading', { hasText: 'Walk-in' }).waitFor();
    await hanna.at('contact-more').click();
    await hanna.at('menu-delete').click();
    await hanna.at('contact-delete-confirm').click();
    await row(hanna, 'Walk-in').waitFor({ state: 'detached' });
  });

  await check('a field is deleted only after it was said what is lost', async () => {
    await hanna.go('settings/contacts');
    await hanna.at('field-row', { hasText: 'Level' }).getByTestId('field-delete').click();
    await hanna.page.getByText('for 1 contact is lost').waitFor();
    await hanna.at('field-delete-confirm').click();
    await hanna.at('field-row', { hasText: 'Level' }).waitFor({ state: 'detached' });
  });

  await check('on a phone: the list, a contact, and back', async () => {
    const phone = await member(desk, tom.api, { name: 'phone', viewport: { width: 390, height: 844 } });
    await phone.at('bar-contacts').click();
    await row(phone, 'Lena Fischer').click();
    await phone.at('contact-heading', { hasText: 'Lena Fischer' }).waitFor();
    await phone.picture('address-book-phone');
    await phone.role('button', 'Back to the list').click();
    await row(phone, 'Lena Fischer').waitFor();
  });

  await check('neither page has a barrier', async () => {
    await hanna.go('contacts');
    await row(hanna, 'Lena Fischer').click();
    await hanna.at('contact-notes').waitFor();
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.picture('address-book-light');
    await other.go('contacts');
    await row(other, 'Lena Fischer').click();
    await other.at('contact-notes').waitFor();
    assert.deepEqual(await other.barriers(), []);
    await other.picture('address-book-dark');
    await hanna.press('e');
    await hanna.at('contact-form').waitFor();
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.picture('address-book-form');
  });
}

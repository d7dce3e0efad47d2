// A shop owner comes with the contacts of another program and of a telephone: read, looked at,
// brought in, taken back, and written into a file again.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { until } from '../desk.mjs';

const SHEET = [
  'Vorname;Name;Firma;Handy;Schuhgröße;Kategorien',
  'Lena;Fischer;Fischer & Söhne;(202) 555-0147;38;Stammkunde',
  'Omar;Haddad;;202-555-0163;;',
  'Omar;noch einmal;;+1 202 555 0163;;',
  'Ohne;Nummer;;12;;',
].join('\r\n');

const CARDS = [
  'BEGIN:VCARD', 'VERSION:3.0', 'N:Nováková;Věra;;;', 'FN:Věra Nováková',
  'item1.TEL;type=pref:+1 (202) 555-0188', 'item1.X-ABLabel:_$!<Mobile>!$_',
  'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ', 'END:VCARD',
].join('\r\n');

const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

export default async function bringIn({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const ana = await desk.person('Ana Agent', 'agent', []);
  await admin.post('/contacts', { name: 'Lena', phone: '+12025550147' });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const column = (name) => hanna.at(`column-${name}`);
  const result = (state) => page.locator(`[data-testid="import-result"][data-state="${state}"]`);
  const clean = async () => assert.deepEqual(await hanna.barriers(), []);

  await check('by keyboard alone: from the palette to the choice of a file', async () => {
    await hanna.press('Control+k');
    await page.keyboard.type('Import contacts');
    await hanna.press('Enter');
    await hanna.at('import-choose').waitFor();
    await clean();
    await hanna.picture('import-choose');
  });

  await check('the columns of a German table are recognised, and each can be changed', async () => {
    await hanna.at('import-file').setInputFiles(file('kunden.csv', SHEET));
    await hanna.at('import-columns').waitFor();
    assert.equal(await column('Vorname').inputValue(), 'first_name');
    assert.equal(await column('Name').inputValue(), 'last_name');
    assert.equal(await column('Handy').inputValue(), 'number');
    assert.equal(await column('Kategorien').inputValue(), 'labels');
    assert.equal(await column('Schuhgröße').inputValue(), 'skip');
    await column('Schuhgröße').selectOption('new_field');
    await page.getByText('(202) 555-0147').waitFor();
    await clean();
    await hanna.picture('import-columns');
  });

  await check('a dry run says what would happen, and why some rows cannot be used', async () => {
    await hanna.at('import-check').click();
    await hanna.at('plan-new', { hasText: '1 new contact' }).waitFor();
    await hanna.at('plan-changed', { hasText: '1 known contact changes' }).waitFor();
    await hanna.at('import-issues', { hasText: 'same contact as in line 3' }).waitFor();
    await hanna.at('import-issues', { hasText: '“12” is not a complete telephone number' }).waitFor();
    assert.equal((await admin.get('/contacts')).contacts.length, 1, 'nothing is changed yet');
    await hanna.at('import-changes').locator('summary').click();
    await hanna.at('import-changes', { hasText: 'Company: Fischer & Söhne' }).waitFor();
    await hanna.at('import-known').selectOption('overwrite');
    await hanna.at('import-changes', { hasText: 'Name: Lena Fischer (was Lena)' }).waitFor();
    await clean();
    await hanna.picture('import-look');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      hanna.at('import-problems').click(),
    ]);
    const list = await readFile(await download.path(), 'utf8');
    assert.match(list, /^\uFEFFLine,Problem,Vorname,Name/);
    assert.match(list, /5,“12” is not a complete telephone number,Ohne,Nummer,,12/);
  });

  await check('it is imported and shows in the list at once', async () => {
    await hanna.at('import-label').fill('From Excel');
    await hanna.at('import-label').blur();
    await hanna.at('import-plan', { hasText: 'From Excel' }).waitFor();
    await hanna.at('import-go', { hasText: 'Import 2 contacts' }).click();
    await result('done').waitFor();
    assert.equal(await hanna.at('sum-added').textContent(), '1');
    assert.equal(await hanna.at('sum-changed').textContent(), '1');
    assert.equal(await hanna.at('sum-skipped').textContent(), '2');
    await hanna.at('contact-row', { hasText: 'Omar Haddad' }).waitFor();
    await clean();
    await hanna.picture('import-done');
    const [field] = await admin.get('/contact-fields');
    const found = (await admin.get('/contacts?q=fischer')).contacts[0];
    assert.deepEqual([field.name, found.values[field.id]], ['Schuhgröße', '38']);
    assert.equal(found.labels.length, 2);
    assert.equal(found.identities[0].remark, 'Mobile');
  });

  await check('undo deletes who came and restores who changed', async () => {
    // That somebody is gone is learned by asking for them.
    hanna.expect(/status of 404.*\/contacts\//);
    await hanna.at('import-undo').click();
    await result('undone').waitFor();
    assert.equal(await hanna.at('sum-removed').textContent(), '1');
    assert.equal(await hanna.at('sum-restored').textContent(), '1');
    await hanna.at('contact-row', { hasText: 'Omar Haddad' }).waitFor({ state: 'detached' });
    const [lena, ...others] = (await admin.get('/contacts')).contacts;
    assert.deepEqual([lena.name, lena.company, lena.labels, others], ['Lena', '', [], []]);
    assert.deepEqual(await admin.get('/contact-fields'), []);
  });

  await check('cards of a telephone need no columns', async () => {
    await hanna.at('import-again').click();
    await hanna.at('import-file').setInputFiles(file('iphone.vcf', CARDS));
    await hanna.at('plan-new', { hasText: '1 new contact' }).waitFor();
    await hanna.at('import-plan', { hasText: '1 photo is left out' }).waitFor();
    await hanna.at('import-go').click();
    await result('done').waitFor();
    await hanna.at('import-close').click();
    await hanna.at('contact-row', { hasText: 'Věra Nováková' }).waitFor();
  });

  await check('a file that holds no contacts is refused in words', async () => {
    hanna.expect(/status of 422/);
    await hanna.at('book-more').click();
    await hanna.at('menu-import').click();
    await hanna.at('import-again').click();
    await hanna.at('import-file').setInputFiles(file('kunden.xlsx', 'PK\x03\x04'));
    await hanna.at('import-problem', { hasText: 'save it as CSV' }).waitFor();
  });

  await check('what a search shows is exported, and all of it', async () => {
    await hanna.go('contacts?q=nov');
    await until('one row', async () => (await hanna.at('contact-row').count()) === 1);
    await hanna.at('book-more').click();
    await hanna.at('menu-export').click();
    await hanna.at('export-dialog').waitFor();
    await clean();
    await hanna.picture('export');
    const save = async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        hanna.at('export-go').click(),
      ]);
      const text = await readFile(await download.path(), 'utf8');
      return [download.suggestedFilename(), text];
    };
    const [name, table] = await save();
    assert.equal(name, 'contacts.csv');
    assert.match(table, /^\uFEFFName,Company,E-mail,Phone 1 - Label,Phone 1 - Value/);
    assert.match(table, /Věra Nováková,,,Mobile,\+12025550188/);
    assert.doesNotMatch(table, /Lena/);
    await hanna.at('export-dialog').waitFor({ state: 'detached' });
    await hanna.at('book-more').click();
    await hanna.at('menu-export').click();
    await hanna.at('export-which').selectOption('all');
    await hanna.at('export-format').selectOption('vcard');
    const [cards, text] = await save();
    assert.equal(cards, 'contacts.vcf');
    assert.match(text, /FN:Lena\r\n/);
    assert.match(text, /TEL;TYPE=cell:\+12025550188\r\n/);
  });

  await check('an agent is offered neither', async () => {
    const agent = await member(desk, ana.api, { name: 'ana' });
    await agent.go('contacts');
    await agent.at('contact-row').first().waitFor();
    assert.equal(await agent.at('book-more').count(), 0);
    await agent.go('contacts/import');
    await agent.at('contacts').waitFor();
    assert.equal(await agent.at('import-page').count(), 0);
  });

  await check('on a phone and in the dark everything fits', async () => {
    const phone = await member(desk, admin, {
      name: 'hanna on her phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true,
      deviceScaleFactor: 2, scheme: 'dark',
    });
    await phone.go('contacts/import');
    await phone.at('import-again').click();
    await phone.at('import-file').setInputFiles(file('kunden.csv', SHEET));
    await phone.at('import-columns').waitFor();
    const fits = () => phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(await fits());
    assert.deepEqual(await phone.barriers(), []);
    await phone.picture('import-phone-columns');
    await phone.at('import-check').click();
    await phone.at('import-plan').waitFor();
    assert.ok(await fits());
    assert.deepEqual(await phone.barriers(), []);
    await phone.picture('import-phone-look');
  });
}

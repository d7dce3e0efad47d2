// Two contacts who are the same person become one, and two again: two people see the same.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const MARIA = '+12025550147';
const OTHER = '+12025550163';
const THIRD = '+12025550171';

export default async function merge({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const { user } = await admin.get('/me');
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [user.id, tom.id] });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const other = await member(desk, tom.api, { name: 'tom', scheme: 'dark' });
  const row = (visitor, name) => visitor.at('contact-row', { hasText: name });
  const add = (contact) => admin.post('/contacts', contact);
  const maria = await add({
    name: 'Maria Lang', phone: MARIA, email: 'maria@example.com', remarks: 'Likes rye bread',
  });
  const twin = await add({
    name: 'Maria (mobile)', phone: OTHER, company: 'Lang & Co', email: 'm.lang@example.com',
  });
  await admin.post(`/contacts/${twin.id}/notes`, { text: 'Calls after six' });
  await desk.text(channel, OTHER, 'Is my bike ready?');
  const before = {
    maria: await admin.get(`/contacts/${maria.id}`),
    twin: await admin.get(`/contacts/${twin.id}`),
  };

  await check('by keyboard: from a contact’s page the other is sought and chosen', async () => {
    await hanna.go(`contacts/${maria.id}`);
    await hanna.at('contact-heading', { hasText: 'Maria Lang' }).waitFor();
    await hanna.at('contact-merge-open').focus();
    await hanna.press('Enter');
    await hanna.at('merge-dialog').waitFor();
    await hanna.at('add-search').focus();
    await hanna.page.keyboard.type('mobile');
    await hanna.at('add-choice', { hasText: 'Maria (mobile)' }).waitFor();
    await hanna.press('Enter');
    await hanna.at('merge-fact-email').waitFor();
  });

  await check('the preview lets choose each fact, and says what comes together', async () => {
    const together = hanna.at('merge-together');
    await together.getByText('1 note').waitFor();
    await together.getByText('1 session').waitFor();
    await together.getByText('+1 202 555 0163').waitFor();
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.picture('merge-preview-light');
    const emails = hanna.at('merge-fact-email').getByRole('radio');
    assert.equal(await emails.nth(0).isChecked(), true);
    await emails.nth(0).focus();
    await hanna.press('ArrowRight');
    await until('the other address', () => emails.nth(1).isChecked());
    // The other one stays; what was chosen stays chosen.
    await hanna.at('merge-swap').click();
    await hanna.at('merge-swap', { hasText: 'Maria Lang' }).waitFor();
    await until('still that address', () => emails.nth(0).isChecked());
    await hanna.at('merge-swap').click();
    await hanna.at('merge-swap', { hasText: 'Maria (mobile)' }).waitFor();
    await until('and back', () => emails.nth(1).isChecked());
  });

  await check('merged: a colleague who looks at the other is led to who stays', async () => {
    other.expect(/status of 410.*\/contacts\//);
    hanna.expect(/status of 410.*\/contacts\//);
    await other.go(`contacts/${twin.id}`);
    await other.at('contact-heading', { hasText: 'Maria (mobile)' }).waitFor();
    await hanna.at('merge-confirm').click();
    await hanna.at('merge-dialog').waitFor({ state: 'detached' });
    await other.at('contact-heading', { hasText: 'Maria Lang' }).waitFor();
    await until('the new address', async () => other.page.url().includes(maria.id));
    await other.at('contact-note', { hasText: 'Calls after six' }).waitFor();
    await other.at('contact-merge', { hasText: 'Merged with Maria (mobile) by' }).waitFor();
    await hanna.at('contact-facts', { hasText: 'm.lang@example.com' }).waitFor();
    await until('one of them', async () => (await row(hanna, 'Maria').count()) === 1);
    assert.deepEqual(await other.barriers(), []);
    await other.picture('merge-page-dark');
    await other.go('inbox/recent');
    await other.row('Maria Lang').waitFor();
  });

  await check('undone at once from where it was told, all is as it was', async () => {
    await hanna.at('toast', { hasText: 'is part of' }).getByRole('button', { name: 'Undo' }).click();
    await until('two of them', async () => (await row(hanna, 'Maria').count()) === 2);
    const after = {
      maria: await admin.get(`/contacts/${maria.id}`),
      twin: await admin.get(`/contacts/${twin.id}`),
    };
    assert.deepEqual(after, before);
    await other.row('Maria (mobile)').waitFor();
  });

  await check('from the inbox: “Same person as…”, with a colleague’s old address leading on', async () => {
    await other.open('Maria (mobile)');
    await other.at('contact-same-person').click();
    await other.at('add-search').fill('lang');
    await other.at('add-choice', { hasText: 'Maria Lang' }).click();
    await other.at('merge-fact-name').waitFor();
    assert.deepEqual(await other.barriers(), []);
    await other.picture('merge-preview-dark');
    await other.at('merge-confirm').click();
    await other.at('merge-dialog').waitFor({ state: 'detached' });
    await other.at('thread-name', { hasText: 'Maria (mobile)' }).waitFor();
    await hanna.go(`contacts/${maria.id}`);
    await hanna.at('contact-heading', { hasText: 'Maria (mobile)' }).waitFor();
    await until('the new address', async () => hanna.page.url().includes(twin.id));
  });

  await check('what came since is said before the two are taken apart, and stays', async () => {
    await hanna.at('contact-note-text').fill('Pays in cash');
    await hanna.at('contact-note-add').click();
    await hanna.at('contact-note', { hasText: 'Pays in cash' }).waitFor();
    await hanna.at('unmerge').click();
    await hanna.at('unmerge-two', { hasText: 'Maria Lang' }).waitFor();
    await hanna.at('unmerge-stays', { hasText: '1 note written since the merge' }).waitFor();
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.picture('unmerge-light');
    await hanna.at('unmerge-confirm').click();
    await hanna.at('unmerge-dialog').waitFor({ state: 'detached' });
    await hanna.at('contact-merge', { hasText: 'Un-merged by' }).first().waitFor();
    await until('Maria is back', async () => {
      const back = await admin.get(`/contacts/${maria.id}`);
      return back.name === 'Maria Lang';
    });
    await hanna.at('contact-note', { hasText: 'Pays in cash' }).waitFor();
  });

  await check('who looks like the same person is suggested, until somebody says no', async () => {
    await add({ name: 'María LANG', phone: THIRD });
    await hanna.go(`contacts/${maria.id}`);
    await hanna.at('contact-alike', { hasText: 'María LANG' }).waitFor();
    await hanna.at('contact-alike', { hasText: 'same name' }).waitFor();
    await hanna.picture('merge-alike-light');
    await hanna.at('alike-not').click();
    await hanna.at('contact-alike').waitFor({ state: 'detached' });
    await hanna.at('toast', { hasText: 'somebody else' }).getByRole('button', { name: 'Undo' }).click();
    await hanna.at('contact-alike', { hasText: 'María LANG' }).waitFor();
  });

  await check('one blocked: an agent is told why not, a supervisor what comes of it', async () => {
    await admin.post(`/contacts/${twin.id}/block`, { reason: 'Spam' });
    await other.go(`contacts/${maria.id}`);
    await other.at('contact-merge-open').click();
    await other.at('add-search').fill('mobile');
    await other.at('add-choice', { hasText: 'Maria (mobile)' }).click();
    await other.at('merge-refused', { hasText: 'ask a supervisor' }).waitFor();
    await other.at('merge-blocks').waitFor();
    assert.equal(await other.at('merge-confirm').isDisabled(), true);
    await other.press('Escape');
    await other.at('merge-dialog').waitFor({ state: 'detached' });
    await hanna.press('Control+k');
    await hanna.page.keyboard.type('Merge');
    await hanna.press('Enter');
    await hanna.at('add-search').fill('mobile');
    await hanna.at('add-choice', { hasText: 'Maria (mobile)' }).click();
    await hanna.at('merge-blocks').waitFor();
    assert.equal(await hanna.at('merge-refused').count(), 0);
    await hanna.press('Escape');
    await admin.post(`/contacts/${twin.id}/unblock`);
  });

  await check('on a phone the two stand beside one another and all can be reached', async () => {
    const phone = await member(desk, tom.api, { name: 'phone', viewport: { width: 390, height: 844 } });
    await phone.go(`contacts/${maria.id}`);
    await phone.at('contact-more').click();
    await phone.at('menu-merge').click();
    await phone.at('merge-suggestion', { hasText: 'María LANG' }).click();
    await phone.at('merge-together').waitFor();
    const wider = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, 'nothing stands beyond the edge');
    assert.deepEqual(await phone.barriers(), []);
    await phone.picture('merge-phone');
  });
}

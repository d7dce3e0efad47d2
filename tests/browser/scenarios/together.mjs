// Three agents around one session: who is named, who is viewing and writing, a draft that follows
// to another device, and two answers that cross.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

export default async function together({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const shared = await desk.queue('Counter', 'none', []);
  const people = [
    await desk.person('Ana Lopez', 'agent', [shared.id]),
    await desk.person('Tom Reed', 'agent', [shared.id]),
    await desk.person('Nina Brandt'),
  ];
  const channel = await desk.twilio({ kind: 'queue', id: shared.id });
  const customer = '+12025550147';
  await desk.text(channel, customer, 'Are you open on Sunday?');
  const session = await desk.session(customer);
  const answers = async () => {
    const { messages } = await admin.get(`/sessions/${session.id}/messages?limit=200`);
    return messages.filter((one) => one.direction === 'out').map((one) => one.text);
  };
  const ana = await member(desk, people[0].api, { name: 'ana' });
  const tom = await member(desk, people[1].api, { name: 'tom', scheme: 'dark' });
  const nina = await member(desk, people[2].api, { name: 'nina' });
  const there = '+1 202 555 0147';

  await check('who has the session on the screen and who writes is told at once, and ends by itself', async () => {
    await ana.open(there);
    await tom.open(there);
    await ana.at('company-viewing', { hasText: 'Tom Reed is viewing' }).waitFor();
    await tom.at('composer-text').pressSequentially('Yes, from');
    await ana.at('company-writing', { hasText: 'Tom Reed is writing' }).waitFor();
    await ana.at('company-writing', { hasText: 'Yes, from' }).waitFor();
    await ana.picture('together-writing');
    await ana.at('company-writing').waitFor({ state: 'detached' });
    await ana.at('company-draft', { hasText: 'Draft by Tom Reed' }).waitFor();
    await ana.at('company-viewing', { hasText: 'Tom Reed' }).waitFor();
    await tom.go('inbox/mine');
    await ana.at('company-viewing').waitFor({ state: 'detached' });
    await ana.row(there).getByTestId('row-draft').waitFor();
  });

  await check('a draft follows to a second device, and the newest wins with nothing lost', async () => {
    const phone = await member(desk, people[1].api, { name: 'tom-phone', viewport: { width: 390, height: 844 }, hasTouch: true });
    await phone.row(there).filter({ hasText: 'Draft: Yes, from' }).click();
    assert.equal(await phone.at('composer-text').inputValue(), 'Yes, from');
    await phone.at('composer-text').fill('Yes, from ten');
    await tom.go('inbox/recent');
    await tom.open(there);
    await until('the words of the phone on the desk', async () => (await tom.at('composer-text').inputValue()) === 'Yes, from ten');
    await tom.page.reload();
    await until('the words after a reload', async () => (await tom.at('composer-text').inputValue()) === 'Yes, from ten');
    // Both type at once: the phone's line is slow.
    tom.expect(/ERR_FAILED/);
    await tom.page.route('**/draft', (route) => route.abort());
    await tom.at('composer-text').fill('Yes, from ten to two');
    await phone.at('composer-text').fill('Closed, sorry');
    await phone.at('composer-text').blur();
    await until('the phone’s words on the desk', async () => (await admin.get(`/sessions/${session.id}/drafts`)).others[0]?.text === 'Closed, sorry');
    await tom.page.unroute('**/draft');
    await tom.at('draft-replaced', { hasText: 'Closed, sorry' }).waitFor();
    assert.equal(await tom.at('composer-text').inputValue(), 'Yes, from ten to two');
    await tom.picture('together-replaced');
    await tom.at('draft-replaced').getByRole('button', { name: 'Drop it' }).click();
    await until('the newest on the phone', async () => (await phone.at('composer-text').inputValue()) === 'Yes, from ten to two');
    await phone.picture('together-phone');
    await phone.leave();
  });

  await check('of two answers exactly one goes out; the second waits for a second Enter', async () => {
    await ana.at('composer-text').fill('We open at ten on Sunday');
    // Tom sees of Ana's answer only what the desk tells when it holds his back.
    await tom.page.route(`**/sessions/${session.id}/messages?*`, (route) => route.abort());
    await ana.at('composer-text').press('Enter');
    await until('Ana’s answer', async () => (await answers()).length === 1);
    tom.expect(/status of 409/);
    await tom.at('composer-text').press('Enter');
    await tom.at('newer-line', { hasText: 'Ana Lopez answered: We open at ten on Sunday' }).waitFor();
    assert.equal(await tom.at('composer-text').inputValue(), 'Yes, from ten to two');
    assert.deepEqual(await answers(), ['We open at ten on Sunday']);
    await tom.picture('together-newer');
    assert.deepEqual(await tom.barriers(), []);
    await tom.page.unroute(`**/sessions/${session.id}/messages?*`);
    await tom.at('composer-text').press('Enter');
    await until('Tom’s answer', async () => (await answers()).length === 2);
    await tom.at('newer').waitFor({ state: 'detached' });
    const sent = await until('both at the provider', async () => {
      const handed = await desk.sent();
      return handed.length >= 2 && handed;
    });
    assert.deepEqual(sent.map((one) => one.text), ['We open at ten on Sunday', 'Yes, from ten to two']);
  });

  await check('what the customer writes meanwhile is shown before the answer goes', async () => {
    await ana.at('composer-text').fill('And on Monday');
    await desk.text(channel, customer, 'Thanks, that is all');
    await ana.bubble('Thanks, that is all').waitFor();
    await ana.at('composer-text').press('Enter');
    await ana.at('newer-line', { hasText: 'Thanks, that is all' }).waitFor();
    await ana.press('Escape');
    await ana.at('newer').waitFor({ state: 'detached' });
    assert.equal((await answers()).length, 2, 'it was not sent');
    await ana.at('composer-text').fill('');
  });

  await check('@ names a colleague in a note, who finds it under Mentions and reads along', async () => {
    await ana.at('composer-text').pressSequentially('@ni');
    await ana.at('mention-option', { hasText: 'Nina Brandt' }).waitFor();
    await ana.at('mention-picker', { hasText: 'this becomes a note' }).waitFor();
    await ana.picture('together-picker');
    assert.deepEqual(await ana.barriers(), []);
    await ana.press('Enter');
    await ana.at('toast', { hasText: 'This is a note now' }).waitFor();
    await ana.page.keyboard.type('does she mean the old shop?');
    await ana.press('Enter');
    await ana.at('note', { hasText: 'does she mean the old shop?' }).getByTestId('named').filter({ hasText: '@Nina Brandt' }).waitFor();
    await nina.at('folder-mentions', { hasText: '1' }).waitFor();
    await nina.go('inbox/mentions');
    await nina.row(there).getByTestId('row-mention').waitFor();
    await nina.open(there);
    await nina.at('note', { hasText: 'does she mean the old shop?' }).waitFor();
    await nina.picture('together-mentions');
    assert.equal(await nina.at('tab-reply').count(), 0, 'she does not answer');
    await nina.say('Yes, the old one');
    await ana.at('note', { hasText: 'Yes, the old one' }).waitFor();
    await nina.row(there).getByTestId('row-mention').waitFor({ state: 'detached' });
    assert.deepEqual(await nina.barriers(), []);
  });
}

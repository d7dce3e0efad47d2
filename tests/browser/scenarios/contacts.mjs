// A customer with several numbers, and one whom a colleague is already writing with.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const OMAR = '+12025550163';

export default async function contacts({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const { user } = await admin.get('/me');
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [user.id, tom.id] });
  await desk.text(channel, LENA, 'Is my wheel ready?');
  await desk.text(channel, OMAR, 'Do you mend tandems?');
  const lena = await desk.session(LENA);
  const omar = await desk.session(OMAR);
  await admin.patch(`/contacts/${lena.contact_id}`, { name: 'Lena Fischer' });
  await admin.patch(`/contacts/${omar.contact_id}`, { name: 'Omar Haddad' });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const card = hanna.at('contact-card');
  const numbers = async (contact) => (await admin.get(`/contacts/${contact}`)).identities.map((one) => one.address).sort();

  await check('a second number is added to a contact as people write it', async () => {
    await hanna.open('Lena');
    await hanna.at('contact-add-number').click();
    await hanna.at('contact-phone').fill('(202) 555-0171');
    await hanna.at('contact-phone-save').click();
    await hanna.at('contact-number', { hasText: '+1 202 555 0171' }).waitFor();
    assert.deepEqual(await numbers(lena.contact_id), [LENA, '+12025550171']);
  });

  await check('what is no number is said beside the field', async () => {
    hanna.expect(/status of 422/);
    await hanna.at('contact-add-number').click();
    await hanna.at('contact-phone').fill('12');
    await hanna.at('contact-phone-save').click();
    await card.getByRole('alert').waitFor();
    assert.deepEqual(await numbers(lena.contact_id), [LENA, '+12025550171']);
  });

  await check('a number that somebody else has is moved only when asked for', async () => {
    hanna.expect(/status of 409/);
    await hanna.at('contact-phone').fill(OMAR);
    await hanna.at('contact-phone-save').click();
    await hanna.at('contact-move').waitFor();
    assert.deepEqual(await numbers(omar.contact_id), [OMAR]);
    await hanna.at('contact-move').click();
    await hanna.at('contact-number', { hasText: '555 0163' }).waitFor();
    assert.deepEqual(await numbers(lena.contact_id), [LENA, OMAR, '+12025550171']);
    assert.equal((await admin.get(`/sessions/${omar.id}`)).contact_name, 'Lena Fischer');
  });

  await check('a text from the second number comes under the same name', async () => {
    await desk.text(channel, '+12025550171', 'It is me, from work');
    await until('three rows of Lena', async () => (await hanna.row('Lena Fischer').count()) === 3);
  });

  await check('a number with conversations stays, another one is taken away', async () => {
    const drop = (number) => hanna.role('button', `Remove ${number}`).click();
    await drop('+1 202 555 0171');
    await hanna.at('toast', { hasText: 'was not removed' }).waitFor();
    await hanna.at('contact-add-number').click();
    await hanna.at('contact-phone').fill('+12025550188');
    await hanna.at('contact-phone-save').click();
    await hanna.at('contact-number', { hasText: '0188' }).waitFor();
    await drop('+1 202 555 0188');
    await hanna.at('contact-number', { hasText: '0188' }).waitFor({ state: 'detached' });
    assert.deepEqual(await numbers(lena.contact_id), [LENA, OMAR, '+12025550171']);
  });

  await check('who writes to someone whom a colleague has is told, and sees that session', async () => {
    await tom.api.post(`/sessions/${lena.id}/pick-up`);
    await hanna.go('inbox/recent');
    await hanna.at('new-session').click();
    await hanna.at('new-to').fill('(202) 555-0147');
    await hanna.page.getByText(/202.*0147.* is fine/).waitFor();
    await hanna.at('new-text').fill('Your wheel is ready.');
    await hanna.at('new-send').click();
    await hanna.at('toast', { hasText: 'Tom Reed' }).waitFor();
    await until('its page', () => hanna.page.evaluate((id) => location.hash.includes(id), lena.id));
    await hanna.at('banner-owned', { hasText: 'Tom Reed' }).waitFor();
    assert.deepEqual(await desk.sent(), []);
  });

  await check('who may not see it is told, and stays where they are', async () => {
    const other = await desk.person('Priya Nair', 'agent', [front.id]);
    await admin.patch(`/channels/${channel.id}`, {
      numbers: channel.numbers.map((one) => ({ ...one, starters: [user.id, tom.id, other.id] })),
    });
    const priya = await member(desk, other.api, { name: 'priya', expected: [/status of 409/] });
    await priya.at('new-session').click();
    await priya.at('new-to').fill(LENA);
    await priya.at('new-text').fill('Your wheel is ready.');
    await priya.at('new-send').click();
    await priya.at('new-problem', { hasText: 'Tom Reed' }).waitFor();
    assert.equal(await priya.bubble('Is my wheel ready?').count(), 0);
  });
}

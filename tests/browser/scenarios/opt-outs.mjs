// A customer who wants to hear no more: nobody can write to them by mistake, and the way back.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function optOuts({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.conduct({ receipt_percent: 10 });
  const front = (await admin.get('/queues'))[0];
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const { user } = await admin.get('/me');
  const channel = await desk.channel('general', { kind: 'queue', id: front.id }, {
    starters: [user.id, tom.id],
    stop_text: 'Northside Bikes: no more messages. START brings them back.',
  });
  const say = async (text) => {
    const { statuses } = await desk.said(channel, LENA, text);
    assert.ok(statuses.every((status) => status < 300), `${statuses}`);
  };
  await say('Is my wheel ready?');
  const session = await desk.session(LENA);
  await admin.patch(`/contacts/${session.contact_id}`, { name: 'Lena Fischer' });
  await tom.api.post(`/sessions/${session.id}/pick-up`);
  const agent = await member(desk, tom.api, { name: 'tom' });
  await agent.open('Lena');

  await check('STOP closes the composer before the agent’s eyes, and says why', async () => {
    await agent.at('tab-reply').waitFor();
    await say('Stop.');
    await agent.at('banner-opted-out', { hasText: /Lena opted out on .+ with “Stop\.?”\. They can write START/ }).waitFor();
    await until('no reply', async () => (await agent.at('tab-reply').count()) === 0);
    assert.equal(await agent.at('lift').count(), 0, 'an agent cannot lift it');
  });

  await check('the message, the automatic answer and the line of the timeline are there', async () => {
    await agent.bubble('Stop.').waitFor();
    await agent.bubble('no more messages').waitFor();
    await agent.bubble('Automatic answer').waitFor();
    await agent.at('event', { hasText: 'Opted out with' }).or(agent.at('events')).first().waitFor();
    const sent = await desk.sent();
    assert.deepEqual(sent.map((one) => one.text), ['Northside Bikes: no more messages. START brings them back.']);
  });

  await check('the list marks the row', async () => {
    await agent.row('Lena').getByTestId('row-opted-out').waitFor();
  });

  await check('a note is still possible', async () => {
    await agent.at('composer-text').fill('She calls instead');
    await agent.at('composer-text').press('Enter');
    await agent.at('note', { hasText: 'She calls instead' }).waitFor();
  });

  await check('a new session with them is refused in words', async () => {
    await agent.at('new-session').click();
    agent.expect(/status of 409/);
    await agent.at('new-to').fill(LENA);
    await agent.at('new-text').fill('Hello again');
    await agent.at('new-send').click();
    await agent.at('new-problem', { hasText: 'opted out' }).or(agent.at('toast', { hasText: 'opted out' })).first().waitFor();
    await agent.press('Escape');
    assert.equal((await desk.sent()).length, 1);
  });

  await check('START opens it again', async () => {
    await say('START');
    await agent.at('banner-opted-out').waitFor({ state: 'detached' });
    await agent.at('tab-reply').click();
    await agent.say('Welcome back. Your wheel is ready.');
    await agent.becomes('Your wheel is ready', ['sent', 'delivered']);
    assert.equal(await agent.row('Lena').getByTestId('row-opted-out').count(), 0);
  });

  await check('a supervisor may lift it, with a reason that stays', async () => {
    await say('UNSUBSCRIBE');
    await agent.at('banner-opted-out').waitFor();
    agent.expect(/status of 404/);
    await admin.post(`/sessions/${session.id}/take-over`);
    const hanna = await member(desk, admin, { name: 'hanna' });
    await hanna.open('Lena');
    await hanna.at('lift').click();
    assert.equal(await hanna.at('lift-confirm').isDisabled(), true);
    await hanna.at('lift-reason').fill('Asked for it on the phone');
    await hanna.at('lift-confirm').click();
    await hanna.at('lift-dialog').waitFor({ state: 'hidden' });
    await hanna.at('banner-opted-out').waitFor({ state: 'detached' });
    await hanna.page.getByText('lifted the opt-out: Asked for it on the phone').first().waitFor();
    await hanna.say('As you asked: it is ready.');
    await hanna.becomes('As you asked', ['sent', 'delivered']);
  });
}

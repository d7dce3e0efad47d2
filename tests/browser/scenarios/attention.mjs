// What nobody could read is kept, shown raw, replayed or put aside.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function attention({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;

  await check('a rightly signed delivery that cannot be read is taken and counted', async () => {
    await desk.conduct({ faults: ['unparsable'] });
    const { statuses } = await desk.deliver(channel, LENA, 'garbled');
    assert.equal(statuses[0], 200);
    await desk.conduct();
    await hanna.at('folder-attention').getByText('1').waitFor();
  });

  await check('it is shown with its channel, its reason and its raw body', async () => {
    await hanna.at('folder-attention').click();
    await page.getByText('1 delivery nobody could read').click();
    const delivery = hanna.at('delivery', { hasText: 'Shop number' });
    await delivery.getByRole('button', { name: 'Show' }).click();
    await delivery.getByText('AccountSid=').waitFor();
  });

  await check('replayed, it is still unreadable and still there', async () => {
    await hanna.at('delivery').getByRole('button', { name: 'Replay' }).click();
    await hanna.at('toast', { hasText: 'Still unreadable' }).waitFor();
    assert.equal(await hanna.at('delivery').count(), 1);
  });

  await check('put aside, it is gone from the list and not from the store', async () => {
    await hanna.at('delivery').getByRole('button', { name: 'Put aside' }).click();
    await page.getByText('Every delivery was read.').waitFor();
    await until('the outcome', async () =>
      (await admin.get('/deliveries?outcome=dismissed')).length === 1);
    await hanna.at('folder-attention').getByText('1').waitFor({ state: 'detached' });
  });

  await check('a failed message brings its session here until someone deals with it', async () => {
    await desk.text(channel, LENA, 'Are you there?');
    await hanna.go('inbox/recent');
    await hanna.row('555 0147').click();
    await hanna.press('p');
    await hanna.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await desk.conduct({ faults: ['refused'] });
    await hanna.say('We are');
    await hanna.becomes('We are', 'failed');
    await hanna.at('folder-attention').click();
    await hanna.row('555 0147').waitFor();
    await desk.conduct();
    await hanna.open('555 0147');
    await hanna.bubble('We are').getByRole('button', { name: 'Retry' }).click();
    await hanna.becomes('We are', ['sent', 'delivered']);
    await hanna.row('555 0147').waitFor({ state: 'detached' });
  });

  await check('an agent sees no deliveries', async () => {
    const ana = await desk.person('Ana Lopez', 'agent', [front.id]);
    await assert.rejects(ana.api.get('/deliveries'), /403/);
  });
}

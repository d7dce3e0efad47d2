// Two agents at one queue: who has a session, who sees it, and what the loser of a race is told.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

export default async function twoAgents({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const people = [await desk.person('Ana Lopez', 'agent', [front.id]), await desk.person('Tom Reed', 'agent', [front.id])];
  const sam = await desk.person('Sam Okafor', 'supervisor', [front.id]);
  const ana = await member(desk, people[0].api, { name: 'ana' });
  const tom = await member(desk, people[1].api, { name: 'tom' });
  // Whoever loses sight of a session asks for it once more and hears that it is not theirs.
  for (const one of [ana, tom]) one.expect(/status of 404 .*\/sessions\//);

  await check('a waiting session rings for both, and tells whoever looks elsewhere', async () => {
    await tom.page.evaluate(() => (document.hasFocus = () => false));
    await desk.customer('maria', 'Is anybody there?');
    for (const one of [ana, tom]) {
      await one.at('toast', { hasText: 'Maria' }).waitFor();
      await one.row('Maria').waitFor();
      assert.ok(await one.page.evaluate(() => globalThis.rung > 0));
    }
    const told = (one) => one.page.evaluate(() => globalThis.notified);
    assert.deepEqual(await told(tom), [{ title: 'Maria is waiting', body: 'Is anybody there?' }]);
    assert.deepEqual(await told(ana), [], 'who has the page before them needs no notification');
    await tom.page.evaluate(() => delete document.hasFocus);
  });

  await check('after Ana’s pick-up it leaves Tom’s list while he looks', async () => {
    await tom.go('inbox/unowned');
    await tom.row('Maria').waitFor();
    await ana.open('Maria');
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await tom.row('Maria').waitFor({ state: 'detached' });
    await ana.row('Maria').waitFor();
  });

  await check('the loser of the race is told who has it, and keeps the draft', async () => {
    await desk.customer('priya', 'My parcel is broken');
    await ana.open('Priya');
    await tom.open('Priya');
    await tom.at('composer-text').fill('I am sorry to hear that');
    tom.expect(/status of 40[39]/);
    // Tom's answer is held on its way until Ana has the session.
    const session = await desk.session('Priya');
    let free;
    const held = new Promise((open_) => (free = open_));
    await tom.page.route(`**/sessions/${session.id}/messages`, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await tom.at('composer-text').press('Enter');
    await ana.press('p');
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    free();
    await tom.at('toast', { hasText: 'Ana' }).waitFor();
    const sent = await admin.get(`/sessions/${session.id}/messages`);
    assert.ok(!sent.messages.some((one) => one.text === 'I am sorry to hear that'));
    await tom.at('taken').getByText('Ana Lopez picked this up.').waitFor();
    assert.equal(await tom.at('taken-draft').inputValue(), 'I am sorry to hear that');
    await tom.at('back-to-list').click();
    await tom.at('taken').waitFor({ state: 'detached' });
  });

  await check('twenty presses of two people make one owner', async () => {
    await desk.customer('greg', 'Hello??');
    const session = await desk.session('Greg');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => people[at % 2].api.post(`/sessions/${session.id}/pick-up`)),
    );
    const refusals = results.filter((one) => one.status === 'rejected').map((one) => one.reason.message);
    const { owner_id, owner_name } = await admin.get(`/sessions/${session.id}`);
    assert.ok(people.some((one) => one.id === owner_id));
    assert.ok(refusals.length >= 10, 'the other one is refused each time');
    for (const words of refusals) assert.match(words, new RegExp(`session_owned.*${owner_name}`));
  });

  await check('a transfer takes it over to the colleague, with the note', async () => {
    await ana.open('Maria');
    await ana.press('t');
    await ana.at('transfer-target', { hasText: 'Tom Reed' }).click();
    await ana.at('transfer-dialog').getByRole('textbox', { name: 'Note for them' }).fill('She wants a cake');
    await ana.at('transfer-confirm').click();
    await ana.row('Maria').waitFor({ state: 'detached' });
    await tom.page.unrouteAll();
    await tom.page.reload();
    await tom.go('inbox/mine');
    await tom.open('Maria');
    await tom.at('note', { hasText: 'She wants a cake' }).waitFor();
  });

  await check('a supervisor reads along, may not answer, and may take over', async () => {
    const watcher = await member(desk, sam.api, { name: 'sam' });
    await watcher.go('inbox/all');
    await watcher.open('Maria');
    await watcher.at('banner-owned', { hasText: 'Tom Reed' }).waitFor();
    assert.equal(await watcher.at('tab-reply').count(), 0);
    await watcher.at('take-over').click();
    await watcher.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await tom.row('Maria').waitFor({ state: 'detached' });
    await until('the line of the timeline', async () => {
      const session = await desk.session('Maria');
      const { messages } = await admin.get(`/sessions/${session.id}/messages`);
      return messages.some((one) => one.event?.kind === 'taken_over');
    });
  });
}

// A colleague on another computer: the pages come over plain HTTP under a name of the office
// network, where a browser keeps random UUIDs, the clipboard and workers back.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';
import { OFFICE } from '../visitor.mjs';

const LENA = '+12025550147';
const OTTO = '+12025550161';

export default async function officeNetwork({ check, desk: open, visitor: come }) {
  const desk = await open('', ['--workspace-name', OFFICE]);
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  await admin.patch(`/users/${tom.id}`, { may_call: true });
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { starters: [tom.id] });
  await desk.conduct({ receipt_percent: 10 });
  await desk.text(channel, LENA, 'Are the brakes ready?');
  const agent = await come({ workspace: desk.workspace.replace('127.0.0.1', OFFICE) }, { name: 'tom' });
  const { page } = agent;
  // Nothing here takes a telephone link.
  agent.expect(/Failed to launch 'tel:/);

  await check('over plain HTTP the browser keeps much back, and one signs in all the same', async () => {
    const here = await page.evaluate(() => [
      globalThis.isSecureContext, 'randomUUID' in crypto, 'clipboard' in navigator, 'serviceWorker' in navigator,
    ]);
    assert.deepEqual(here, [false, false, false, false]);
    await agent.signIn('tom');
    await agent.at('inbox').waitFor();
  });

  await check('an answer and a note are written', async () => {
    await agent.row('555 0147').click();
    await agent.press('p');
    await agent.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await agent.say('They are, come by until six');
    await agent.becomes('come by until six', 'delivered');
    await agent.at('tab-note').click();
    await agent.say('Charge her for the cable only');
    await agent.at('note', { hasText: 'Charge her' }).waitFor();
    assert.deepEqual((await desk.sent()).map((one) => one.text), ['They are, come by until six']);
  });

  await check('a session is started', async () => {
    await agent.press('Escape');
    await agent.at('new-session').click();
    await agent.at('new-to').fill(OTTO);
    await agent.at('new-text').fill('Your bike is ready');
    await agent.at('new-send').click();
    await agent.becomes('Your bike is ready', 'delivered');
    assert.equal((await desk.sent()).filter((one) => one.to === OTTO).length, 1);
  });

  await check('a message is copied', async () => {
    await agent.bubble('Your bike is ready').hover();
    await agent.bubble('Your bike is ready').getByTestId('action-copy').click();
    await agent.at('toast', { hasText: 'Copied' }).waitFor();
    await agent.at('tab-note').click();
    await agent.at('composer-text').focus();
    await agent.press('Control+v');
    await until('the words', async () => (await agent.at('composer-text').inputValue()) === 'Your bike is ready');
    await agent.at('composer-text').fill('');
  });

  await check('a customer is called by a link, once', async () => {
    const call = page.waitForRequest((request) => request.method() === 'POST' && /\/calls?$/.test(request.url()));
    await agent.at('call').click();
    const answer = await (await call).response();
    assert.ok(answer.ok(), String(answer.status()));
    await page.getByText('You called +1 202 555 0161').first().waitFor();
  });

  await check('the settings say why this browser is not told of news', async () => {
    await page.goto(`${agent.desk.workspace}/#/settings/notifications`);
    await agent.at('push-why').waitFor();
  });
}

// Calling a customer: who may, the link that opens, and a call through the provider.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function calls({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.conduct({ receipt_percent: 10 });
  const front = (await admin.get('/queues'))[0];
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.text(channel, LENA, 'Can you call me?');
  const session = await desk.session(LENA);
  await tom.api.post(`/sessions/${session.id}/pick-up`);
  const agent = await member(desk, tom.api, { name: 'tom' });
  const { page } = agent;
  // What the page hands to the device is kept here in place of being opened.
  await page.addInitScript(() => {
    globalThis.opened = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (/^(tel|sip|https:\/\/pbx)/.test(this.href)) globalThis.opened.push(this.href);
      else click.call(this);
    };
  });
  await page.reload();
  await agent.at('inbox').waitFor();
  await agent.row('555 0147').click();
  const opened = () => page.evaluate(() => globalThis.opened);

  await check('who may not call sees why', async () => {
    const button = agent.at('call');
    await button.waitFor();
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    assert.match(await button.getAttribute('title'), /may not call/);
    await button.click({ force: true });
    await agent.at('toast', { hasText: 'may not call' }).waitFor();
    assert.deepEqual(await opened(), []);
  });

  await check('an administrator allows it under People', async () => {
    const hanna = await member(desk, admin, { name: 'hanna' });
    await hanna.go('settings/people');
    await hanna.at('person-row', { hasText: 'Tom Reed' }).getByTestId('person-menu').click();
    await hanna.at('menu-edit').click();
    await hanna.turn('person-may-call');
    await hanna.at('person-save').click();
    await hanna.at('person-form').waitFor({ state: 'hidden' });
    await until('the button', async () => (await agent.at('call').getAttribute('aria-disabled')) === 'false');
  });

  await check('C opens a link on the device, and the timeline says so', async () => {
    await agent.press('Escape');
    await agent.press('c');
    await until('the link', async () => (await opened()).includes(`tel:${LENA}`));
    await page.getByText('You called +1 202 555 0147').first().waitFor();
  });

  await check('a link of one’s own is tested and kept; one that could do harm is refused', async () => {
    await agent.go('settings/calling');
    await agent.turn('call-method-pattern');
    await agent.at('call-pattern').fill('javascript:alert({number})');
    agent.expect(/status of 422/);
    await agent.at('save').click();
    await page.getByText('A link begins with one of').waitFor();
    await agent.at('call-pattern').fill('https://pbx.example/call?to={number}');
    await agent.at('call-test-number').fill('(202) 555-0199');
    await agent.at('call-test').click();
    await until('the link', async () => (await opened()).includes('https://pbx.example/call?to=%2B12025550199'));
    await agent.at('save').click();
    await agent.at('save-bar').waitFor({ state: 'detached' });
    assert.deepEqual(await agent.barriers(), []);
    await agent.picture('calling');
  });

  await check('through the provider both telephones ring, and the timeline follows', async () => {
    await agent.turn('call-method-provider');
    await agent.at('call-phone').fill('(202) 555-0177');
    await agent.at('save').click();
    await agent.at('save-bar').waitFor({ state: 'detached' });
    await agent.go(`inbox/recent/${session.id}`);
    await agent.at('call').click();
    await agent.at('toast', { hasText: 'Your telephone rings now' }).waitFor();
    await until('the end of the call', async () => {
      const [call] = await tom.api.get(`/sessions/${session.id}/calls`);
      return call.state === 'ended' && call.seconds === 61;
    });
    const folded = agent.at('events');
    if (await folded.count()) await folded.last().click();
    await page.getByText('ended after 1:01').first().waitFor();
    const asked = await desk.provider.get('/control/calls');
    assert.equal(asked.length, 1);
    assert.equal(asked[0].to, '+12025550177');
    assert.ok(asked[0].script.includes(`>${LENA}</Number>`));
    await agent.picture('call-thread');
  });

  await check('a busy customer is told in words', async () => {
    await desk.conduct({ receipt_percent: 10, call: 'busy' });
    await agent.at('call').click();
    await until('busy', async () => (await tom.api.get(`/sessions/${session.id}/calls`))[0].state === 'busy');
    await page.getByText('The customer’s line was busy').or(agent.at('events')).first().waitFor();
  });
}

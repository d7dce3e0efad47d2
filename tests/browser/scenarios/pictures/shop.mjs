// A week of a bicycle shop: two numbers, three people, customers from this minute to last Friday,
// and everything that such a shop would have set up.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { until } from '../../desk.mjs';
import { setUpRest } from './setting-up.mjs';

const SECRET = 'the-bell-of-the-front-desk';

/** Customers from the latest to the earliest: what they wrote, and between how many minutes ago. */
const PEOPLE = [
  { number: '+12025550131', said: ['Is the shop open on Sunday?'], from: 5, to: 4 },
  { number: '+12025550112', name: 'Omar Haddad', line: true, said: ['Hello, my rear light stopped working again.', 'Can I come by today?'], from: 13, to: 11 },
  { number: '+12025550168', name: 'Grace Kim', owner: 'hanna', said: ['Thank you, the wheel runs perfectly now!'], answer: 'Glad to hear it. See you at the spring check!', from: 71, to: 62 },
  { number: '+12025550183', name: 'Ines Duarte', owner: 'hanna', said: ['What does a full service cost for an e-bike?'], fails: 'From 95, parts not included.', from: 131, to: 118 },
  { number: '+12025550175', name: 'Ben Castle', line: true, owner: 'hanna', said: ['I left my helmet on the counter, a grey one'], answer: 'It is safe here with us.', from: 200, to: 184 },
  { number: '+12025550190', name: 'Paul Novak', owner: 'hanna', seen: true, said: ['Great, I’ll pick it up on Friday'], from: 1620, to: 1610 },
  { number: '+12025550126', name: 'Aiko Mori', owner: 'hanna', said: ['Do you rent cargo bikes for a weekend?'], answer: 'We do! 60 for two days, rain cover included.', from: 3010, to: 2990 },
];
const LENA = { number: '+12025550147', from: 31, to: 2 };

async function general(desk, destination, starters) {
  const draft = await desk.admin.post('/channels', { provider: 'general' });
  return desk.admin.patch(`/channels/${draft.id}`, {
    name: 'Workshop line',
    values: { send_url: `${desk.provider.base}/general/send`, verify_url: `${desk.provider.base}/general/verify` },
    secrets: { api_key: 'northside-gateway-key', secret: SECRET },
    rate: 50,
    numbers: [{ address: '+12025550177', destination, starters }],
    state: 'active',
  });
}

/** A customer's message as a General gateway tells it. */
async function gatewayText(desk, channel, from, words) {
  const payload = {
    id: randomUUID(),
    from: { phone_number: from },
    to: [{ phone_number: channel.numbers[0].address }],
    text: words,
    received_at: new Date().toISOString().replace('Z', '+00:00'),
    record_type: 'message',
  };
  const body = JSON.stringify({ data: { event_type: 'message.received', id: randomUUID(), payload } });
  const answer = await fetch(desk.public + channel.webhook_path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    },
    body,
  });
  assert.ok(answer.ok, `${answer.status}`);
}

export async function say(api, session, words, more = {}) {
  const { id } = await api.post(`/sessions/${session.id}/messages`, { client_key: randomUUID(), text: words, ...more });
  if (more.note || more.send_at) return;
  const done = ['sent', 'delivered', 'failed'];
  await until('that it left', async () => done.includes((await api.get(`/messages/${id}`)).state));
}

async function write(desk, channels, { number, name, line, owner, said, answer, fails, seen }) {
  for (const words of said) {
    if (line) await gatewayText(desk, channels.line, number, words);
    else await desk.text(channels.shop, number, words);
  }
  const session = await desk.session(number);
  if (name) await desk.admin.patch(`/contacts/${session.contact_id}`, { name });
  if (!owner) return;
  await desk.admin.post(`/sessions/${session.id}/pick-up`);
  if (answer) await say(desk.admin, session, answer);
  if (fails) {
    await desk.conduct({ faults: ['refused'] });
    await say(desk.admin, session, fails);
    await desk.conduct({ receipt_percent: 10 });
  }
  if (answer || fails || seen) await desk.admin.post(`/sessions/${session.id}/read`, { seq: 1_000_000 });
}

/** A long conversation that has ended: the figures of a channel that is used. */
async function busy(desk, said, number, times) {
  for (let at = 0; at < times; at += 1) await said(`Question ${at + 1}`);
  const session = await desk.session(number);
  await desk.admin.post(`/sessions/${session.id}/pick-up`).catch(() => undefined);
  for (let at = 0; at < times - 7; at += 1) await say(desk.admin, session, `Answer ${at + 1}`);
  await desk.admin.post(`/sessions/${session.id}/end`);
}

/** The conversation in the middle of the picture. */
async function lena(desk, shop, ana) {
  await desk.text(shop, LENA.number, 'Hello! My new saddle came this morning, but look at the parcel:');
  await desk.text(shop, LENA.number, '', { media: [{ url: `${desk.provider.base}/media/parcel.png`, content_type: 'image/png' }] });
  const session = await desk.session(LENA.number);
  await desk.admin.patch(`/contacts/${session.contact_id}`, {
    name: 'Lena Fischer', company: 'Fischer Flowers', email: 'lena@fischer-flowers.example', remarks: 'Two cargo bikes, serviced in spring.',
  });
  await desk.admin.post(`/sessions/${session.id}/pick-up`);
  await say(ana, session, 'There is one more of these in the back.', { note: true });
  await say(desk.admin, session, 'Oh no, sorry about that! We have one more here.');
  await say(desk.admin, session, 'Shall we bring it over this afternoon?');
  await desk.admin.post(`/sessions/${session.id}/read`, { seq: 1_000_000 });
  await desk.text(shop, LENA.number, 'That would be wonderful. I’m here until six!');
  await until('the picture, and that all is delivered', async () => {
    const { messages } = await desk.admin.get(`/sessions/${session.id}/messages`);
    return messages.every((one) => one.files.every((file) => file.state === 'stored'))
      && messages.every((one) => one.direction !== 'out' || one.state === 'delivered');
  });
  return session;
}

/** Puts what was said today where it belongs in the week. */
async function age(desk) {
  const ages = [...PEOPLE, LENA].map(({ number, from, to }) => ({ address: number, from, to }));
  await desk.restart(async () => {
    const arguments_ = [join(import.meta.dirname, '../../age.py'), join(desk.dir, 'desk/deskbell.db'), `${Date.now()}`];
    execFileSync(process.platform === 'win32' ? 'python' : 'python3', arguments_, { input: JSON.stringify(ages) });
  });
}

export async function furnish(desk) {
  const admin = await desk.setUp();
  const sales = (await admin.get('/queues'))[0];
  await admin.patch(`/queues/${sales.id}`, { name: 'Sales' });
  const hanna = (await admin.get('/me')).user;
  const tom = await desk.person('Tom Reed', 'agent', [sales.id]);
  const ana = await desk.person('Ana Lopez', 'supervisor', [sales.id]);
  const repairs = await desk.queue('Repairs', 'auto', [hanna.id, tom.id]);
  await admin.delete('/demo');
  const shop = await desk.twilio({ kind: 'queue', id: sales.id }, { starters: [hanna.id], auto_close_days: 3 });
  const line = await general(desk, { kind: 'queue', id: repairs.id }, [hanna.id]);
  await desk.conduct({ receipt_percent: 10 });
  await busy(desk, (words) => desk.text(shop, '+12025550158', words), '+12025550158', 38);
  await busy(desk, (words) => gatewayText(desk, line, '+12025550159', words), '+12025550159', 17);
  for (const person of [...PEOPLE].reverse()) await write(desk, { shop, line }, person);
  const session = await lena(desk, shop, ana.api);
  const sessions = {};
  for (const { number, name } of PEOPLE) sessions[name ?? number] = await desk.session(number);
  const made = { desk, session, sessions, shop, line, hanna, tom, ana, sales, repairs };
  await setUpRest(made);
  // The refusal of before is over: let the lights say so.
  for (const one of [shop, line]) await admin.post(`/channels/${one.id}/check`);
  await age(desk);
  return made;
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { me } from './me.svelte';
import { user } from './samples';
import { starting } from './starting.svelte';

let asked: { client_key: string; text: string; to: string; country?: string }[] = [];
let answer: () => Response = () => new Response('{}');

beforeEach(() => {
  asked = [];
  starting.clear();
  const number = { channel_name: 'Shop', provider: 'twilio', address: '+15550101183' };
  me.take({ ...user('ana'), startable: [{ id: 'n1', ...number }] });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (!url.endsWith('/sessions') || init.method !== 'POST') return new Response('{}');
    asked.push(JSON.parse(String(init.body)) as (typeof asked)[number]);
    return answer();
  });
  starting.open('', '');
  starting.to = '+12025550147';
  starting.text = 'Your bike is ready';
});
afterEach(() => {
  me.take(null);
  vi.unstubAllGlobals();
});

const refused = (status: number, body: object = {}) =>
  new Response(JSON.stringify(body), { status });
const keys = () => new Set(asked.map((one) => one.client_key)).size;

test('an answer that was lost on the way is asked for again under the same key', async () => {
  answer = () => {
    throw new TypeError('no line');
  };
  expect(await starting.send()).toBeNull();
  expect(starting.problem).not.toBe('');
  answer = () => refused(502);
  await starting.send();
  answer = () => refused(500, { code: 'internal', message: 'Sorry.' });
  await starting.send();
  expect(asked).toHaveLength(3);
  expect(keys()).toBe(1);
});

test('other words, or to somebody else, are another message', async () => {
  answer = () => refused(502);
  await starting.send();
  starting.text += '!';
  await starting.send();
  starting.to = '+12025550161';
  await starting.send();
  starting.country = 'DE';
  await starting.send();
  expect(keys()).toBe(4);
  expect(asked.at(-1)?.country).toBe('DE');
});

test('what was typed is there again when the dialog opens again, for each recipient', () => {
  starting.keep();
  starting.open('+12025550199', '');
  expect([starting.to, starting.text]).toEqual(['+12025550199', '']);
  starting.text = 'Hello';
  starting.keep();
  starting.open('', '');
  expect([starting.to, starting.text]).toEqual(['+12025550147', 'Your bike is ready']);
  starting.open('+12025550199', '');
  expect(starting.text).toBe('Hello');
});

test('the session of somebody else is shown where it may be seen', async () => {
  answer = () =>
    refused(409, { code: 'session_owned', message: 'Ben has this session.', session_id: 's9' });
  expect(await starting.send()).toEqual({ theirs: 's9', why: 'Ben has this session.' });
});

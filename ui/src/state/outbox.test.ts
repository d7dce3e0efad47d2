import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connection } from '../api/client';
import { me } from './me.svelte';
import { outbox } from './outbox.svelte';
import { message, pending, user } from './samples';
import * as waiting from './waiting';

let posted: string[] = [];
/** What becomes of a request. */
let line: 'up' | 'down' | 'dead' = 'up';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  outbox.clear();
  me.take(user('ana'));
  [posted, line] = [[], 'up'];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { text: string; client_key: string };
    posted.push(body.text);
    if (line === 'down') return Promise.reject(new TypeError('no line'));
    if (line === 'up') {
      return Promise.resolve(
        new Response(JSON.stringify(message(9, { client_key: body.client_key }))),
      );
    }
    return new Promise((_, fail) => {
      init.signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
    });
  });
});

afterEach(() => {
  me.take(null);
  connection.joined = '';
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith('deskbell.outbox'));
const states = () => outbox.list.map((item) => item.state);

/** As another window does it. */
function elsewhere(act: () => void): void {
  act();
  globalThis.dispatchEvent(new StorageEvent('storage', { key: 'deskbell.outbox.ana@/k' }));
}

test('what somebody wrote waits for them, and leaves in nobody else’s name', async () => {
  line = 'down';
  outbox.add('s1', 'of Ana', [], false, 1);
  await wait(0);
  outbox.clear();
  me.take(user('ben'));
  line = 'up';
  outbox.open();
  await wait(10_000);
  expect(posted).toEqual(['of Ana']);
  expect(outbox.list).toEqual([]);
  me.take(user('ana'));
  connection.joined = 'http://other.example';
  outbox.open();
  await wait(10_000);
  expect(posted).toEqual(['of Ana']);
  connection.joined = '';
  outbox.open();
  await wait(0);
  expect(posted).toEqual(['of Ana', 'of Ana']);
  expect(outbox.list).toEqual([]);
});

test('what lay here before anybody’s name stood at it is of who was signed in', async () => {
  localStorage.setItem('deskbell.outbox', JSON.stringify([pending('key-12345', { text: 'old' })]));
  waiting.adopt();
  outbox.open();
  await wait(0);
  expect(posted).toEqual(['old']);
  expect(keys()).toEqual([]);
});

test('two windows do not write over each other', async () => {
  line = 'down';
  outbox.add('s1', 'of this window', [], false, 2);
  await wait(0);
  elsewhere(() => waiting.keep(pending('other-key', { text: 'of the other', at: 1 })));
  expect(outbox.list.map((item) => item.text)).toEqual(['of the other', 'of this window']);
  line = 'up';
  posted = [];
  await wait(5_000);
  expect(posted).toEqual(['of the other', 'of this window']);
  expect(keys()).toEqual([]);
});

test('what another window took back does not leave here', async () => {
  line = 'down';
  outbox.add('s1', 'taken back', [], false, 1);
  await wait(0);
  const key = outbox.list[0]?.client_key ?? '';
  // Its news may come later than the line.
  waiting.forget(key);
  [line, posted] = ['up', []];
  outbox.drain();
  await wait(0);
  expect(posted).toEqual([]);
  expect(outbox.list).toEqual([]);
});

test('a message that hangs on a half-dead line waits after a while, and goes again', async () => {
  line = 'dead';
  outbox.add('s1', 'hello', [], false, 1);
  await wait(29_999);
  expect(states()).toEqual(['sending']);
  await wait(2);
  expect(states()).toEqual(['waiting']);
  line = 'up';
  await wait(4_000);
  expect(posted).toEqual(['hello', 'hello']);
  expect(outbox.list).toEqual([]);
});

test('when a new line stands, what hangs on the old one goes at once', async () => {
  line = 'dead';
  outbox.add('s1', 'hello', [], false, 1);
  await wait(0);
  line = 'up';
  connection.renewed();
  outbox.drain();
  await wait(0);
  expect(posted).toEqual(['hello', 'hello']);
  expect(outbox.list).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEED } from '../sw/words';
import { deeds } from './deeds.svelte';
import { panels } from './panels.svelte';
import { session } from './samples';
import { sessions } from './sessions.svelte';

let calls: string[] = [];
let kept: Map<string, Response>;

beforeEach(() => {
  calls = [];
  kept = new Map();
  deeds.no();
  location.hash = '#/inbox/recent';
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (place: string) => kept.get(place),
      delete: async (place: string) => kept.delete(place),
    }),
  });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    calls.push(`${init.method ?? 'GET'} ${path}`);
    if (path !== '/sessions/bulk') return new Response(JSON.stringify(session('s1')));
    const { operation } = JSON.parse(String(init.body)) as { operation: { kind: string } };
    calls.push(operation.kind);
    return new Response(JSON.stringify({ results: [{ id: 's1', refused: null }] }));
  });
});
afterEach(() => {
  sessions.clear();
});

const acted = () => calls.filter((call) => call.startsWith('POST'));
const left = (what: object) => kept.set(DEED, new Response(JSON.stringify(what)));

test('what a link asks for waits for a yes', async () => {
  await deeds.fromAddress('s1', 'pick-up', '');
  expect(acted()).toEqual([]);
  expect(deeds.asked).toMatchObject({ deed: 'pick-up', session: { id: 's1' } });
  deeds.no();
  expect(acted()).toEqual([]);
  await deeds.fromAddress('s1', 'pick-up', 'a-key-that-was-guessed');
  await deeds.yes();
  expect(acted()).toEqual(['POST /sessions/s1/pick-up']);
  expect(deeds.asked).toBeNull();
});

test('what the worker left under the key is a click already, and good once', async () => {
  left({ key: 'k1', session: 's1', deed: 'pick-up' });
  await deeds.fromAddress('s1', 'pick-up', 'k1');
  expect(acted()).toEqual(['POST /sessions/s1/pick-up']);
  await deeds.fromAddress('s1', 'pick-up', 'k1');
  expect(acted()).toHaveLength(1);
  expect(deeds.asked).not.toBeNull();
});

test('another key, another session or another deed is none of it', async () => {
  for (const other of [{ key: 'k2' }, { session: 's2' }, { deed: 'snooze' }]) {
    left({ key: 'k1', session: 's1', deed: 'pick-up', ...other });
    await deeds.fromAddress('s1', 'pick-up', 'k1');
    expect(deeds.asked).not.toBeNull();
  }
  expect(acted()).toEqual([]);
});

test('a button does what it says', async () => {
  await deeds.press('s1', 'snooze');
  expect(acted()).toEqual(['POST /sessions/bulk']);
  expect(calls).toContain('snooze');
  expect(location.hash).toBe('#/inbox/recent');
  const before = panels.focus.count;
  await deeds.press('s1', 'reply');
  expect(location.hash).toBe('#/inbox/recent/s1');
  expect(panels.focus.count).toBe(before + 1);
  expect(acted()).toHaveLength(1);
});

test('an answer from the notification goes the way of every answer', async () => {
  await deeds.answer('s1', '  ');
  expect(acted()).toEqual([]);
  await deeds.answer('s1', ' On my way ');
  await vi.waitFor(() => expect(acted()).toEqual(['POST /sessions/s1/messages']));
});

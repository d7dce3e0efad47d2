import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beside } from './ahead';
import { session } from './samples';
import { sessions } from './sessions.svelte';
import { threads } from './threads.svelte';

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  threads.clear();
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${new URL(url).pathname.replace('/api/v1', '')}`);
    return new Response(JSON.stringify({ messages: [], more: false }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const named = (...ids: string[]) => ids.map((id) => session(id));

test('two before and two after, the nearest first', () => {
  const list = named('a', 'b', 'c', 'd', 'e', 'f');
  expect(beside(list, 'd')).toEqual(['e', 'c', 'f', 'b']);
  expect(beside(list, 'a')).toEqual(['b', 'c']);
  expect(beside(list, 'gone')).toEqual([]);
});

test('what one only supervises is not asked for: that would be a look', () => {
  const { permits } = session('x');
  const theirs = session('b', { owner_id: 'ana', permits: { ...permits, answer: false } });
  expect(beside([session('a'), theirs, session('c')], 'a')).toEqual(['c']);
});

test('what is new in a thread that others answer is not asked for behind the screen', async () => {
  const { permits } = session('s1');
  sessions.known.set('s1', session('s1'));
  await threads.ahead('s1');
  expect(threads.hears('s1')).toBe(threads.get('s1'));
  sessions.known.set(
    's1',
    session('s1', { owner_id: 'ana', permits: { ...permits, answer: false } }),
  );
  expect(threads.hears('s1')).toBeUndefined();
  expect(threads.get('s1')).toBeUndefined();
});

test('a thread is asked for once, and not read', async () => {
  await threads.ahead('s1');
  await threads.ahead('s1');
  expect(asked).toEqual(['GET /sessions/s1/messages']);
  expect(threads.shown).toBeNull();
  expect(threads.get('s1')?.loaded).toBe(true);
});

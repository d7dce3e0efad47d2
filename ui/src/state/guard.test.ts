import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guard, since } from './guard.svelte';
import { message } from './samples';
import { threads, type Thread } from './threads.svelte';

let thread: Thread;

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 404 }));
  threads.clear();
  guard.clear();
  thread = threads.open('s1');
  thread.take([message(1), message(2)]);
});

afterEach(() => vi.unstubAllGlobals());

test('only what others said counts as news', () => {
  const all = [
    message(3),
    message(4, { direction: 'out', author_id: 'me' }),
    message(5, { direction: 'out', author_id: 'ana' }),
    message(6, { kind: 'note', direction: 'none', author_id: 'ana' }),
    message(7, { kind: 'event', direction: 'none', author_id: 'ana' }),
    message(8, { direction: 'out', author_id: null, automatic: true }),
  ];
  expect(since(all, 2, 'me').map((one) => one.seq)).toEqual([3, 5, 6]);
  expect(since(all, 5, 'me').map((one) => one.seq)).toEqual([6]);
});

test('what came while it was written is shown once, then the answer goes', () => {
  guard.looked('s1');
  expect(guard.passes('s1')).toBe(true);
  thread.take([message(3)]);
  expect(guard.passes('s1')).toBe(false);
  expect(guard.card('s1').map((one) => one.seq)).toEqual([3]);
  expect(guard.passes('s1')).toBe(true);
  expect(guard.card('s1')).toEqual([]);
  expect(guard.afterSeq('s1')).toBe(3);
});

test('what comes while the card stands is shown as well', () => {
  guard.looked('s1');
  thread.take([message(3)]);
  expect(guard.passes('s1')).toBe(false);
  thread.take([message(4)]);
  expect(guard.passes('s1')).toBe(false);
  expect(guard.card('s1').map((one) => one.seq)).toEqual([4]);
  expect(guard.passes('s1')).toBe(true);
});

test('who comes back to the box has seen what is there', () => {
  guard.looked('s1');
  thread.take([message(3)]);
  guard.looked('s1');
  expect(guard.passes('s1')).toBe(true);
});

test('an answer that the desk held back shows what a colleague was faster with', () => {
  const faster = message(3, { direction: 'out', author_id: 'ana', text: 'Yes, until six' });
  guard.held('s1', [faster]);
  guard.looked('s1');
  expect(guard.card('s1')).toEqual([faster]);
  expect(thread.lastSeq).toBe(3);
  expect(guard.passes('s1')).toBe(true);
  expect(guard.afterSeq('s1')).toBe(3);
});

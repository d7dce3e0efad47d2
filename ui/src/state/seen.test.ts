import { beforeEach, expect, test, vi } from 'vitest';
import { message, session } from './samples';
import { sessions } from './sessions.svelte';
import { Thread } from './threads.svelte';

let read: number[] = [];

beforeEach(() => {
  read = [];
  sessions.clear();
  sessions.known.set('s1', session('s1', { unread: 40 }));
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const path = new URL(address).pathname.replace('/api/v1', '');
    if (path.endsWith('/read')) {
      read.push((JSON.parse(String(init.body)) as { seq: number }).seq);
      return new Response(null, { status: 204 });
    }
    if (path === '/sessions/s1') {
      const left = 40 - (read.at(-1) ?? 0);
      return new Response(JSON.stringify(session('s1', { unread: left })));
    }
    const messages = Array.from({ length: 40 }, (_, at) => message(at + 1));
    return new Response(JSON.stringify({ messages, more: false, scheduled: [] }));
  });
});

test('only what was on the screen is marked as read', async () => {
  const thread = new Thread('s1');
  await thread.open();
  await thread.markRead();
  expect(read).toEqual([]);
  thread.saw(12);
  await thread.markRead();
  expect(read).toEqual([12]);
  expect(sessions.known.get('s1')?.unread).toBe(28);
  // Scrolling up again makes nothing of it, and nothing is asked twice.
  thread.saw(3);
  await thread.markRead();
  expect(read).toEqual([12]);
  thread.saw(40);
  await thread.markRead();
  expect(read).toEqual([12, 40]);
  expect(sessions.known.get('s1')?.unread).toBe(0);
});

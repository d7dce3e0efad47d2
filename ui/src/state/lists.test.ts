import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { shiftOf, withTail } from './merge';
import { NOW, session } from './samples';
import { sessions } from './sessions.svelte';
import type { Session } from './types';

/** What the core has, the newest first; and what it was asked. */
let core: Session[] = [];
let asked: string[] = [];

const row = (at: number, change: Partial<Session> = {}) =>
  session(`s${String(at).padStart(4, '0')}`, {
    contact_id: `k${at}`,
    last_message_at: NOW - at * 1000,
    ...change,
  });

function newest(): Session[] {
  const open = core.filter((one) => one.status === 'open');
  return open.sort((a, b) => b.last_message_at - a.last_message_at);
}

function change(id: string, by: Partial<Session>): void {
  core = core.map((one) => (one.id === id ? { ...one, ...by } : one));
}

beforeEach(() => {
  vi.useFakeTimers();
  sessions.clear();
  asked = [];
  core = Array.from({ length: 1000 }, (_, at) => row(at));
  vi.stubGlobal('fetch', async (address: string) => {
    const url = new URL(address);
    const path = url.pathname.replace('/api/v1', '');
    asked.push(path + url.search);
    if (path === '/sessions/counts') return new Response('{}');
    const one = /^\/sessions\/(\w+)$/.exec(path)?.[1];
    if (one) return new Response(JSON.stringify(core.find((session) => session.id === one)));
    const after = url.searchParams.get('cursor');
    const limit = Number(url.searchParams.get('limit'));
    const rest = newest().filter((session) => !after || session.last_message_at < Number(after));
    const page = rest.slice(0, limit);
    const next = rest.length > limit ? String(page.at(-1)?.last_message_at) : null;
    return new Response(JSON.stringify({ sessions: page, next, event_seq: 1 }));
  });
});
afterEach(() => vi.useRealTimers());

const lists = () => asked.filter((path) => path.startsWith('/sessions?'));
const shown = () => sessions.list.map((one) => one.id);
const expected = () => newest().map((one) => one.id);

async function readFarDown(rows = 1000): Promise<void> {
  await sessions.show({ folder: 'all', filter: {}, sort: null });
  while (sessions.hasMore && sessions.list.length < rows) await sessions.more();
  asked = [];
}

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(10_000);
}

test('an event takes no row from somebody who reads far down', async () => {
  await readFarDown();
  expect(shown()).toEqual(expected());
  change('s0700', { last_message_at: NOW + 1 });
  core.push(row(-2000));
  sessions.changed('s0700', true);
  sessions.changed('s-2000', true);
  await settled();
  expect(sessions.list).toHaveLength(1001);
  expect(shown()).toEqual(expected());
});

test('after an event the list goes on from where it ended', async () => {
  await readFarDown(400);
  const rows = sessions.list.length;
  change('s0010', { last_message_at: NOW + 1 });
  sessions.changed('s0010', true);
  await settled();
  expect(sessions.list).toHaveLength(rows);
  await sessions.more();
  expect(sessions.list).toHaveLength(rows + 60);
  expect(shown()).toEqual(expected().slice(0, rows + 60));
});

test('what left the list leaves it, at the beginning and far down', async () => {
  await readFarDown();
  const ended = ['s0003', 's0600'];
  for (const id of ended) {
    change(id, { status: 'closed' });
    sessions.changed(id, true);
  }
  await settled();
  expect(shown()).toEqual(expected().filter((id) => !ended.includes(id)));
});

test('many changes far down are followed a few at a time, and all of them', async () => {
  await readFarDown();
  for (let at = 500; at < 540; at += 1) {
    change(`s0${at}`, { preview: 'new' });
    sessions.changed(`s0${at}`, false);
  }
  await settled();
  expect(sessions.list.filter((one) => one.preview === 'new')).toHaveLength(40);
  expect(asked.filter((path) => path.startsWith('/sessions/s'))).toHaveLength(40);
});

test('an import of thousands of contacts asks for no list, and for the rows it concerns', async () => {
  await readFarDown(60);
  change('s0007', { contact_name: 'Maria Rossi-Bianchi' });
  for (let at = 0; at < 3000; at += 1) sessions.contactChanged(at === 7 ? 'k7' : `new${at}`);
  await settled();
  expect(lists()).toHaveLength(0);
  expect(asked.filter((path) => path === '/sessions/s0007')).toHaveLength(1);
  expect(sessions.known.get('s0007')?.contact_name).toBe('Maria Rossi-Bianchi');
});

test('a search is asked again after an import, but not once for each contact', async () => {
  await sessions.show({ folder: 'all', filter: { q: 'maria' }, sort: null });
  asked = [];
  for (let at = 0; at < 3000; at += 1) sessions.contactChanged(`new${at}`);
  await settled();
  expect(lists()).toHaveLength(1);
});

test('a label that changed concerns the rows that carry it', async () => {
  change('s0004', { labels: ['l1'] });
  await readFarDown(60);
  sessions.labelChanged('l1');
  sessions.labelChanged('l2');
  await settled();
  expect(asked.filter((path) => path.startsWith('/sessions/s'))).toEqual(['/sessions/s0004']);
  expect(lists()).toHaveLength(0);
});

test('old rows come after the fresh ones, or are gone', () => {
  const fresh = [row(1), row(3)];
  const old = [row(0), row(1), row(2), row(3), row(4), row(5)];
  expect(withTail(fresh, old, 'all', null).map((one) => one.id)).toEqual([
    's0001',
    's0003',
    's0004',
    's0005',
  ]);
  expect(withTail([], old, 'all', null)).toEqual([]);
});

test('rows that move by themselves do not take the reader along', () => {
  const before = ['a', 'b', 'c', 'd', 'e'];
  expect(shiftOf(before, ['x', ...before], 1)).toBe(1);
  // The topmost row jumped to the top: the others stay where they are.
  expect(shiftOf(before, ['c', 'a', 'b', 'd', 'e'], 2)).toBe(0);
  expect(shiftOf(before, ['b', 'c', 'd', 'e'], 1)).toBe(-1);
  expect(shiftOf(before, ['x', 'y'], 0)).toBeNull();
});

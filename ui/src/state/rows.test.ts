import { expect, test } from 'vitest';
import { continued, firstUnread, merged, rows } from './rows';
import { message, pending } from './samples';
import type { Session } from './types';

const DAY = 86_400_000;
const noon = new Date(2026, 4, 14, 12).getTime();
const kinds = (list: ReturnType<typeof rows>) => list.map((row) => row.kind);

test('each day begins with one divider', () => {
  const list = rows(
    [message(1, { at: noon }), message(2, { at: noon + 60_000 }), message(3, { at: noon + DAY })],
    [],
    null,
  );
  expect(kinds(list)).toEqual(['day', 'message', 'message', 'day', 'message']);
});

test('events next to each other are one row, and a message parts them', () => {
  const event = { kind: 'event' as const, direction: 'none' as const };
  const list = rows(
    [message(1, event), message(2, event), message(3), message(4, event)],
    [],
    null,
  );
  expect(kinds(list)).toEqual(['day', 'events', 'message', 'events']);
  expect(list[1]?.kind === 'events' && list[1].events.length).toBe(2);
});

test('the line stands before the first message that was not seen', () => {
  const list = [message(1), message(2, { direction: 'out' }), message(3), message(4)];
  const from = firstUnread(list, 2);
  expect(from).toBe(3);
  expect(kinds(rows(list, [], from))).toEqual([
    'day',
    'message',
    'message',
    'unread',
    'message',
    'message',
  ]);
});

test('nothing unread draws no line', () => {
  expect(firstUnread([message(1)], 0)).toBeNull();
});

test('a message that the core has takes the place of its bubble on the way', () => {
  const out = message(1, { direction: 'out', client_key: 'key-1' });
  expect(kinds(rows([], [pending('key-1')], null))).toEqual(['pending']);
  const list = rows([out], [pending('key-1'), pending('key-2')], null);
  expect(kinds(list)).toEqual(['day', 'message', 'pending']);
  // The same key, so that the bubble is not drawn anew.
  expect(list[1]?.key).toBe('key-1');
});

test('only the first of several messages of one person names them', () => {
  const own = { direction: 'out' as const, author_id: 'u1' };
  const list = rows(
    [message(1, own), message(2, own), message(3, { ...own, author_id: 'u2' })],
    [],
    null,
  );
  expect(list.flatMap((row) => (row.kind === 'message' ? [row.first] : []))).toEqual([
    true,
    false,
    true,
  ]);
});

test('an older version never replaces a newer one, and order is that of arrival', () => {
  const now = message(2, { state: 'delivered', updated_at: 20 });
  const before = message(2, { state: 'sent', updated_at: 10 });
  const list = merged([now], [message(3), before, message(1)]);
  expect(list.map((item) => item.seq)).toEqual([1, 2, 3]);
  expect(list[1]?.state).toBe('delivered');
});

const session = (id: string) => ({ id }) as Session;

test('earlier sessions stand in front of this one, each with a line of its own', () => {
  const current = rows([message(9)], [], null);
  const [old, older, oldest] = [session('old'), session('older'), session('oldest')];
  expect(continued([], null, session('new'), current)).toBe(current);
  const waits = continued([], old, session('new'), current);
  expect(kinds(waits)).toEqual(['earlier', 'session', 'day', 'message']);
  expect(waits[1]).toMatchObject({ session: { id: 'new' }, before: { id: 'old' } });
  const past = [
    { session: older, messages: [message(1), message(2)], more: false },
    { session: old, messages: [message(5)], more: false },
  ];
  const all = continued(past, oldest, session('new'), current);
  const one = ['session', 'day', 'message'];
  expect(kinds(all)).toEqual(['earlier', ...one, 'message', ...one, ...one]);
  expect(new Set(all.map((row) => row.key)).size).toBe(all.length);
  expect(all[3]).toMatchObject({ past: { id: 'older' } });
  expect(all.at(-1)).not.toHaveProperty('past');
  const half = continued([{ ...past[0]!, more: true }, past[1]!], oldest, session('new'), current);
  expect(kinds(half)[0]).toBe('day');
});

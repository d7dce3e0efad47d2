import { expect, test } from 'vitest';
import { belongs, inOrder, sieved } from './order';
import { session } from './samples';

const mine = ['q1'];

test('recent holds mine and what waits in my queues, and nothing else', () => {
  const own = session('a', { owner_id: 'me' });
  const waits = session('b');
  const others = session('c', { owner_id: 'ana' });
  const elsewhere = session('d', { queue_id: 'q9' });
  const shown = [own, waits, others, elsewhere].filter((one) => belongs(one, 'recent', 'me', mine));
  expect(shown.map((one) => one.id)).toEqual(['a', 'b']);
});

test('a session that I archived or that ended is in Archived only', () => {
  const put = session('a', { owner_id: 'me', archived: true });
  const ended = session('b', { owner_id: 'me', status: 'closed' });
  for (const one of [put, ended]) {
    expect(belongs(one, 'archived', 'me', mine)).toBe(true);
    expect(belongs(one, 'recent', 'me', mine)).toBe(false);
    expect(belongs(one, 'mine', 'me', mine)).toBe(false);
  }
});

test('a session leaves Unowned when someone has it', () => {
  expect(belongs(session('a'), 'unowned', 'me', mine)).toBe(true);
  expect(belongs(session('a', { owner_id: 'ana' }), 'unowned', 'me', mine)).toBe(false);
});

test('newest first, but among those that wait the oldest first', () => {
  const old = session('old', { last_message_at: 1, waiting_since: 1 });
  const young = session('young', { last_message_at: 2, waiting_since: 2 });
  expect(inOrder([old, young], 'recent').map((one) => one.id)).toEqual(['young', 'old']);
  expect(inOrder([young, old], 'unowned').map((one) => one.id)).toEqual(['old', 'young']);
});

test('the chips look through the list without changing it', () => {
  const list = [
    session('a', { unread: 2, waiting_since: 9 }),
    session('b'),
    session('c', { waiting_since: 3 }),
  ];
  expect(sieved(list, 'unread').map((one) => one.id)).toEqual(['a']);
  expect(sieved(list, 'waiting').map((one) => one.id)).toEqual(['c', 'a']);
  expect(list.map((one) => one.id)).toEqual(['a', 'b', 'c']);
});

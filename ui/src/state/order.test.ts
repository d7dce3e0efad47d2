import { expect, test } from 'vitest';
import { belongs, inOrder, sortOf } from './order';
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

test('each order is the one the core gives', () => {
  const old = session('old', { last_message_at: 1, waiting_since: 1 });
  const young = session('young', { last_message_at: 2, waiting_since: 2 });
  const answered = session('answered', { last_message_at: 3, waiting_since: null });
  const ids = (sort: 'newest' | 'oldest' | 'waiting') =>
    inOrder([young, answered, old], 'recent', sort).map((one) => one.id);
  expect(ids('newest')).toEqual(['answered', 'young', 'old']);
  expect(ids('oldest')).toEqual(['old', 'young', 'answered']);
  expect(ids('waiting')).toEqual(['old', 'young', 'answered']);
  expect([sortOf('unowned', null), sortOf('recent', null), sortOf('unowned', 'oldest')]).toEqual([
    'waiting',
    'newest',
    'oldest',
  ]);
});

test('what a campaign began shows among the others once the customer answers', () => {
  const sent = session('a', { owner_id: 'me', campaign_id: 'spring', messages_in: 0 });
  const answered = { ...sent, messages_in: 1 };
  for (const folder of ['recent', 'mine'] as const) {
    expect(belongs(sent, folder, 'me', mine)).toBe(false);
    expect(belongs(answered, folder, 'me', mine)).toBe(true);
  }
  for (const one of [sent, answered]) expect(belongs(one, 'campaign', 'me', mine)).toBe(true);
  expect(belongs(session('b', { owner_id: 'me' }), 'campaign', 'me', mine)).toBe(false);
});

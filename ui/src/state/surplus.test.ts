import { expect, test } from 'vitest';
import { filled, lacking, stays, surplus } from './surplus';

const held = (...at: number[]) => at.map((one) => ({ id: `s${one}`, at: one }));

test('as long as there is room nothing goes', () => {
  expect(surplus(held(1, 2, 3), 3)).toEqual([]);
});

test('the longest untouched go first', () => {
  expect(surplus(held(5, 1, 4, 2, 3), 3)).toEqual(['s2', 's1']);
});

test('only what is not here, or has grown since, is asked for', () => {
  const listed = ['a', 'b', 'c', 'd'].map((id) => ({ id, last_message_at: 10 }));
  const copies = new Map([
    ['a', { full: true, upTo: 10 }],
    ['b', { full: true, upTo: 9 }],
    ['c', { full: false, upTo: 10 }],
  ]);
  expect(lacking(listed, copies)).toEqual(['b', 'c', 'd']);
});

test('no more than fit are asked for', () => {
  const listed = Array.from({ length: 300 }, (_, at) => ({ id: String(at), last_message_at: at }));
  expect(lacking(listed, new Map())).toHaveLength(200);
});

test('once it is full, what is older than all of it is passed over, unless it is used', () => {
  expect(stays(null, 'old', 1)).toBe(true);
  const full = filled(held(5, 7, 6));
  expect([stays(full, 'new', 5), stays(full, 'old', 4), stays(full, 's6', 1)]).toEqual([
    true,
    false,
    true,
  ]);
  full?.ids.add('old');
  expect(stays(full, 'old', 4)).toBe(true);
  expect(filled([])).toBe(null);
});

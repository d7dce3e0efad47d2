import { expect, test } from 'vitest';
import type { Row } from '../../../state/rows';
import { Opening, topOf } from './opening.svelte';

const day = (key: string): Row => ({ kind: 'day', key, at: 0 });
const many = (count: number): Row[] => Array.from({ length: count }, (_, at) => day(`r${at}`));

test('a long conversation opens with its last rows, and is whole afterwards', async () => {
  const all = many(60);
  const opening = new Opening(all, false);
  expect(opening.rows(all).map((row) => row.key)).toEqual(all.slice(44).map((row) => row.key));
  // What comes meanwhile stands below, and the first row stays the first.
  expect(opening.rows([...all, day('new')])[0]?.key).toBe('r44');
  const grown = opening.grow();
  expect([opening.whole, opening.growing]).toEqual([true, true]);
  expect(opening.rows(all)).toBe(all);
  await grown;
  expect(opening.growing).toBe(false);
});

test('a short one, one that is opened elsewhere and one with much unread are whole at once', () => {
  expect(topOf(many(16))).toBe(null);
  expect(new Opening(many(60), true).whole).toBe(true);
  const unread: Row = { kind: 'unread', key: 'unread' };
  expect(topOf([...many(20), unread, ...many(30)])).toBe(null);
  expect(topOf([...many(60), unread, day('last')])).toBe('r46');
});

test('rows that are all other ones are shown as they are', () => {
  const opening = new Opening(many(60), false);
  const others = [day('x'), day('y')];
  expect(opening.rows(others)).toBe(others);
});

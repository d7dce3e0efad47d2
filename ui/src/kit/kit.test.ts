import { expect, test } from 'vitest';
import { initials } from './Avatar.svelte';
import { pieces } from './links';

test('addresses in a text are links without the full stop behind them', () => {
  expect(pieces('See https://a.example/x?y=1. Bye')).toEqual([
    { text: 'See ', url: null },
    { text: 'https://a.example/x?y=1', url: 'https://a.example/x?y=1' },
    { text: '. Bye', url: null },
  ]);
  expect(pieces('javascript:alert(1) <b>http</b>').every((piece) => piece.url === null)).toBe(true);
});

test('initials are two letters, or a question mark for a number', () => {
  expect(['Maria Rossi', 'Greg', '+1 555 010 4477', '由紀'].map(initials)).toEqual([
    'MR',
    'GR',
    '?',
    '由紀',
  ]);
});

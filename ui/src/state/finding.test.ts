import { expect, test } from 'vitest';
import { byLikeness, FIRST } from './finding';
import { alike, likeFirst } from './merge-rank';

const actions = [
  { id: 'presence', label: 'Where you are' },
  { id: 'do-end', label: 'End…' },
  { id: 'undo', label: 'Take back what you just did' },
  { id: 'l-1', label: 'Weekend orders' },
  { id: 'do-block', label: 'Block this customer' },
  { id: 'do-transfer', label: 'Transfer…' },
];

test.each([
  ['end', ['do-end'], ['l-1']],
  ['undo', ['undo'], []],
  ['away', ['presence'], []],
  ['block', ['do-block'], []],
  ['you', ['presence', 'undo'], []],
  ['trans', ['do-transfer'], []],
  ['zzz', [], []],
] as const)('“%s” finds the actions that begin so before all others', (typed, first, rest) => {
  const [one, two] = byLikeness(actions, typed);
  expect(one.map(({ id }) => id)).toEqual(first);
  expect(two.map(({ id }) => id)).toEqual(rest);
});

test('however many actions fit, people have a place behind the first', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ id: `v-${at}`, label: `Sales ${at}` }));
  const [first, rest] = byLikeness(many, 'sales');
  expect([first.length, rest.length]).toEqual([FIRST, 20 - FIRST]);
});

test('who is called alike is proposed first', () => {
  expect(alike('Maria Lang', 'Maria (mobile)')).toBe(1);
  expect(alike('José Peña', 'JOSE PENA')).toBe(2);
  expect(alike('Maria Lang', 'Tom Reed')).toBe(0);
  const names = ['Anna', 'Maria Rossi', 'Maria Lang GmbH', 'Zoe'].map((name) => ({ name }));
  expect(likeFirst(names, 'Maria Lang').map(({ name }) => name)).toEqual([
    'Maria Lang GmbH',
    'Maria Rossi',
    'Anna',
    'Zoe',
  ]);
});

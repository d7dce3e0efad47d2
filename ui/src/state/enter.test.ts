import { expect, test } from 'vitest';
import { deedOf, enterSends, sendingKeys } from './enter';

const enter = (more: object = {}) => ({
  key: 'Enter',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});
const [ctrl, shift, both] = [
  { ctrlKey: true },
  { shiftKey: true },
  { ctrlKey: true, shiftKey: true },
];

test.each([
  ['Enter', enter(), 'send', null],
  ['Shift+Enter', enter(shift), null, null],
  ['Ctrl+Enter', enter(ctrl), 'next', 'send'],
  ['⌘+Enter', enter({ metaKey: true }), 'next', 'send'],
  ['Ctrl+Shift+Enter', enter(both), 'archive', 'archive'],
  ['Alt+Enter', enter({ altKey: true }), null, null],
  ['another key', enter({ key: 'a' }), null, null],
] as const)('%s', (_, pressed, whereItSends, whereItBreaks) => {
  expect(deedOf(pressed, true)).toBe(whereItSends);
  expect(deedOf(pressed, false)).toBe(whereItBreaks);
});

test('on glass Enter begins a line, unless it was chosen otherwise', () => {
  expect([enterSends('auto', false), enterSends('auto', true)]).toEqual([true, false]);
  expect([enterSends('send', true), enterSends('line', false)]).toEqual([true, false]);
  expect([sendingKeys(true), sendingKeys(false)]).toEqual(['Enter', 'Ctrl+Enter']);
});

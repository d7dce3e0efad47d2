import { expect, test } from 'vitest';
import { deedOf, enterSends, sendingKeys } from './enter';

test.each([
  ['send', 'send', null],
  ['send-next', 'next', 'send'],
  ['send-archive', 'archive', 'archive'],
] as const)('%s', (action, whereItSends, whereItBreaks) => {
  expect(deedOf(action, true)).toBe(whereItSends);
  expect(deedOf(action, false)).toBe(whereItBreaks);
});

test('on glass Enter begins a line, unless it was chosen otherwise', () => {
  expect([enterSends('auto', false), enterSends('auto', true)]).toEqual([true, false]);
  expect([enterSends('send', true), enterSends('line', false)]).toEqual([true, false]);
  expect([sendingKeys(true), sendingKeys(false)]).toEqual(['Enter', 'Ctrl+Enter']);
});

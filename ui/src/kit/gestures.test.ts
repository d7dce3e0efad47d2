import { expect, test } from 'vitest';
import { follows, leadsBack, lean, rest } from './gestures';

test('a finger that trembles means nothing yet, one that goes down scrolls', () => {
  expect(lean(4, 5)).toBe('undecided');
  expect(lean(0, 14)).toBe('elsewhere');
  expect(lean(12, 12)).toBe('elsewhere');
  expect(lean(-20, 6)).toBe('sideways');
});

test('a row opens, springs back, or is done at once', () => {
  const at = (along: number) => rest(along, 150, 390);
  expect([at(-40), at(0), at(60)]).toEqual(['shut', 'shut', 'shut']);
  expect([at(80), at(230)]).toEqual(['open', 'open']);
  expect(at(250)).toBe('done');
});

test('back is a third of the screen, or a short quick swipe', () => {
  expect(leadsBack(140, 900, 390)).toBe(true);
  expect(leadsBack(60, 90, 390)).toBe(true);
  expect(leadsBack(60, 400, 390)).toBe(false);
  expect(leadsBack(30, 20, 390)).toBe(false);
  expect(leadsBack(-200, 100, 390)).toBe(false);
});

test('against its direction a row hardly moves', () => {
  expect(follows(-80, 300)).toBe(-10);
  expect(follows(120, 300)).toBe(120);
  expect(follows(400, 300)).toBe(300);
});

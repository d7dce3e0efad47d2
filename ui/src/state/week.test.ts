import { describe, expect, it } from 'vitest';
import { minutesAt, nextPart, readClock, spread, withPart } from './week';

describe('times of day', () => {
  it('are read as people type them', () => {
    const table: [string, string | null][] = [
      ['9', '09:00'],
      ['9:30', '09:30'],
      ['0930', '09:30'],
      ['930', '09:30'],
      ['9.30', '09:30'],
      [' 17h15 ', '17:15'],
      ['5 pm', '17:00'],
      ['12am', '00:00'],
      ['12 p.m.', '12:00'],
      ['24', '24:00'],
      ['24:00', '24:00'],
      ['24:01', null],
      ['25', null],
      ['9:60', null],
      ['13 pm', null],
      ['noon', null],
      ['', null],
    ];
    for (const [typed, expected] of table) expect(readClock(typed), typed).toBe(expected);
  });
});

describe('the parts of a day', () => {
  const morning = { from: '08:00', to: '12:00' };

  it('become one where they touch', () => {
    expect(withPart([morning], 13 * 60, 17 * 60)).toEqual([
      morning,
      { from: '13:00', to: '17:00' },
    ]);
    expect(withPart([morning], 17 * 60, 11 * 60)).toEqual([{ from: '08:00', to: '17:00' }]);
    expect(withPart([morning], 12 * 60, 13 * 60)).toEqual([{ from: '08:00', to: '13:00' }]);
    expect(withPart([morning], 600, 600)).toEqual([morning]);
  });

  it('offer another one while there is room', () => {
    expect(nextPart([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextPart([morning])).toEqual({ from: '13:00', to: '17:00' });
    expect(nextPart([{ from: '08:00', to: '22:30' }])).toEqual({ from: '23:00', to: '24:00' });
    expect(nextPart([{ from: '08:00', to: '24:00' }])).toBeNull();
  });

  it('are copied to other days and stay apart', () => {
    const days = spread([[morning], [], []], 0, [2]);
    expect(days).toEqual([[morning], [], [morning]]);
    expect(days[2]?.[0]).not.toBe(days[0]?.[0]);
  });

  it('are drawn in quarters of an hour', () => {
    expect(minutesAt(0, 240)).toBe(0);
    expect(minutesAt(93, 240)).toBe(9 * 60 + 15);
    expect(minutesAt(500, 240)).toBe(24 * 60);
    expect(minutesAt(10, 0)).toBe(0);
  });
});

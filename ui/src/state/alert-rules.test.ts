import { expect, test } from 'vitest';
import {
  covers,
  decide,
  decideAgain,
  KINDS,
  minuteOf,
  MOMENTS,
  settled,
  TICK,
  timeOf,
  toggled,
  UNKNOWN,
} from './alert-rules';
import type { Circumstances } from './alert-rules';
import type { Alerts, Moment } from './types';

const ALL: Moment[] = [...MOMENTS];

/** As the desk has it for somebody who chose nothing. */
function usual(change: Partial<Alerts> = {}): Alerts {
  const rows = KINDS.map((kind) => ({
    kind,
    sound: kind === 'unowned' ? ('bell' as const) : ('chime' as const),
    toast: ALL,
    system: ['unfocused', 'away'] as Moment[],
    ring: kind === 'channel_down' ? [] : ALL,
    push: ['away'] as Moment[],
  }));
  return { ...UNKNOWN, rows, quiet_presence: ['do_not_disturb', 'off_work'], ...change };
}

function at(change: Partial<Circumstances> = {}): Circumstances {
  return {
    kind: 'mine',
    whereabouts: 'unfocused',
    presence: 'available',
    queue: null,
    muted: false,
    now: Date.UTC(2026, 4, 14, 12),
    sounds: true,
    notifications: true,
    ...change,
  };
}

/** Card, System, Ring (r: softly), Flash. */
function letters(alerts: Alerts, circumstances: Circumstances): string {
  const deed = decide(alerts, circumstances);
  const ring = deed.ring ? (deed.soft ? 'r' : 'R') : '';
  return `${deed.toast ? 'C' : ''}${deed.system ? 'S' : ''}${ring}${deed.flash ? 'F' : ''}`;
}

test.each([
  ['looking at it', at({ whereabouts: 'looking' }), ''],
  ['at something else', at({ whereabouts: 'elsewhere' }), 'Cr'],
  ['in another window', at(), 'CSR'],
  ['away', at({ whereabouts: 'away' }), 'CSR'],
  ['muted', at({ muted: true }), ''],
  ['sounds are off', at({ sounds: false }), 'CS'],
  ['notifications are off', at({ notifications: false }), 'CR'],
  ['do not disturb', at({ presence: 'do_not_disturb' }), ''],
  ['at lunch, mine', at({ presence: 'lunch_break' }), 'CSR'],
  ['at lunch, unowned', at({ kind: 'unowned', presence: 'lunch_break' }), ''],
  ['unowned', at({ kind: 'unowned' }), 'CSR'],
  ['a channel is down', at({ kind: 'channel_down' }), 'CS'],
])('%s', (_, circumstances, expected) => {
  expect(letters(usual(), circumstances)).toBe(expected);
});

test('who cannot hear sees the edge light up, also with sounds off', () => {
  const alerts = usual({ flash: true });
  expect(letters(alerts, at({ sounds: false }))).toBe('CSF');
  expect(letters(alerts, at({ kind: 'channel_down' }))).toBe('CS');
  expect(letters(alerts, at({ whereabouts: 'looking' }))).toBe('');
});

test('one queue may be silent or off, for those who wait in it only', () => {
  const alerts = usual({
    flash: true,
    queues: [
      { queue_id: 'q1', level: 'silent' },
      { queue_id: 'q2', level: 'off' },
    ],
  });
  expect(letters(alerts, at({ kind: 'unowned', queue: 'q1' }))).toBe('CS');
  expect(letters(alerts, at({ kind: 'unowned', queue: 'q2' }))).toBe('');
  expect(letters(alerts, at({ kind: 'unowned', queue: 'q3' }))).toBe('CSRF');
  expect(letters(alerts, at({ kind: 'mine', queue: 'q2' }))).toBe('CSRF');
});

test('nothing rings before the desk has said what is wanted', () => {
  expect(letters(UNKNOWN, at())).toBe('');
});

test.each([
  [[4], '2026-05-14T19:59:00Z', false],
  [[4], '2026-05-14T20:00:00Z', true],
  [[4], '2026-05-15T04:59:00Z', true],
  [[4], '2026-05-15T05:00:00Z', false],
  [[4], '2026-05-14T04:00:00Z', false],
  [[3], '2026-05-14T04:00:00Z', true],
  [[7], '2026-05-18T04:00:00Z', true],
  [[4], '2026-01-15T20:30:00Z', false],
  [[4], '2026-01-15T21:00:00Z', true],
])('nights of days %j at %s: %s, as the core has it', (days, now, expected) => {
  const hours = { days, from: 22 * 60, until: 7 * 60, zone: 'Europe/Berlin' };
  expect(covers(hours, Date.parse(now))).toBe(expected);
});

test('hours within a day, all day, and a zone that nobody knows', () => {
  const noon = Date.parse('2026-05-14T10:00:00Z');
  const hours = { days: [4], from: 12 * 60, until: 13 * 60, zone: 'Europe/Berlin' };
  expect(covers(hours, noon)).toBe(true);
  expect(covers(hours, noon + 3_600_000)).toBe(false);
  expect(covers({ ...hours, from: 0, until: 0 }, noon)).toBe(true);
  expect(covers({ ...hours, zone: 'Nowhere/Town' }, noon)).toBe(false);
});

test('times are read as they are shown', () => {
  expect([minuteOf('00:00'), minuteOf('7:05'), minuteOf('23:59')]).toEqual([0, 425, 1439]);
  expect([minuteOf('24:00'), minuteOf('7'), minuteOf('')]).toEqual([null, null, null]);
  expect([timeOf(0), timeOf(425), timeOf(1439)]).toEqual(['00:00', '07:05', '23:59']);
});

test('a moment is put in at its place and taken out', () => {
  expect(toggled(['away'], 'elsewhere')).toEqual(['elsewhere', 'away']);
  expect(toggled(['elsewhere', 'away'], 'elsewhere')).toEqual(['away']);
});

const NOW = Date.UTC(2026, 4, 14, 12);
const ago = (seconds: number, queue_id = 'sales') => ({ queue_id, newest: NOW - seconds * 1000 });
const quiet = (level: 'silent' | 'off') =>
  usual({ flash: true, queues: [{ queue_id: 'support', level }] });

test.each([
  ['nobody waits', usual(), [], at(), null],
  ['who came a moment ago', usual(), [ago(29)], at(), null],
  ['who waits for half a minute', usual(), [ago(30)], at(), 'bell'],
  ['who waits for ten minutes', usual(), [ago(600)], at(), 'bell'],
  ['whom everybody forgot', usual(), [ago(601)], at(), null],
  ['one forgotten, one new', usual(), [ago(9_000), ago(40, 'support')], at(), 'bell'],
  ['a silent queue', quiet('silent'), [ago(60, 'support')], at(), null],
  ['a queue that is off', quiet('off'), [ago(60, 'support')], at(), null],
  ['a silent one and another', quiet('silent'), [ago(60, 'support'), ago(60)], at(), 'bell'],
  ['at lunch', usual(), [ago(60)], at({ presence: 'lunch_break' }), null],
  ['do not disturb', usual(), [ago(60)], at({ presence: 'do_not_disturb' }), null],
  ['sounds are off', usual(), [ago(60)], at({ sounds: false }), null],
])('the bell rings again: %s', (_, alerts, waiting, circumstances, expected) => {
  const deed = decideAgain(alerts, waiting, circumstances, new Map());
  expect(deed.ring).toBe(expected);
  expect([deed.toast, deed.system]).toEqual([false, false]);
});

test('the first repeat comes after half a minute, the next after another, for each queue', () => {
  const rung = new Map<string, number>();
  const begun = Date.UTC(2026, 4, 14, 12);
  const waiting = [
    { queue_id: 'a', newest: begun },
    { queue_id: 'b', newest: begun + 2 * TICK },
  ];
  const alerts = usual({ repeat: true });
  const heard: number[] = [];
  for (let after = 0; after <= 75_000; after += TICK) {
    const deed = decideAgain(alerts, waiting, at({ now: begun + after }), rung);
    if (deed.ring) heard.push(after / 1000);
  }
  expect(heard).toEqual([30, 40, 60, 70]);
});

test('what was told of a session is settled once somebody has it', () => {
  expect(settled('unowned', null, 'me')).toBe(false);
  expect(settled('unowned', 'me', 'me')).toBe(true);
  expect(settled('transfer', 'me', 'me')).toBe(false);
  expect(settled('transfer', 'ana', 'me')).toBe(true);
  expect(settled('mention', 'ana', 'me')).toBe(false);
});

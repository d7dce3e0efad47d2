import { expect, test } from 'vitest';
import { endOf, spoken } from './presence.svelte';

const AT = new Date(2026, 10, 23, 12, 30).getTime();

test('a presence ends when it was said to', () => {
  expect(endOf('open', '', AT)).toBeNull();
  expect(endOf('60', '', AT)).toBe(AT + 3_600_000);
  expect(endOf('day', '', AT)).toBe(new Date(2026, 10, 24).getTime());
  expect(endOf('at', '14:00', AT)).toBe(new Date(2026, 10, 23, 14).getTime());
  expect(endOf('at', '08:15', AT)).toBe(new Date(2026, 10, 24, 8, 15).getTime());
  expect(endOf('at', '', AT)).toBeNull();
});

test('a presence is told with its end, or since when somebody is away', () => {
  const none = { presence_until: null, presence_since: null };
  expect(spoken({ ...none, presence: 'available' }, AT)).toBe('Available');
  const back = new Date(2026, 10, 23, 14).getTime();
  expect(spoken({ ...none, presence: 'lunch_break', presence_until: back }, AT)).toBe(
    'Lunch break until 14:00',
  );
  const since = AT - 600_000;
  expect(spoken({ ...none, presence: 'away', presence_since: since }, AT)).toBe('Away since 12:20');
  expect(spoken({ ...none, presence: 'off_work', presence_since: since }, AT)).toBe('Off work');
});

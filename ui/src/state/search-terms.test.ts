import { expect, test } from 'vitest';
import { dayOf, dayStart, readTab, readTerms, terms, toQuery } from './search-terms';

test('an address holds what is looked for, and nothing that is not set', () => {
  const wanted = terms({ q: ' rye bread ', has_file: true, before: 5, direction: 'in' });
  const query = toQuery(wanted);
  expect(query.toString()).toBe('q=rye+bread&direction=in&before=5&has_file=true');
  expect(readTerms(query)).toEqual({ ...wanted, q: 'rye bread' });
  expect(toQuery(terms({ q: '  ' })).size).toBe(0);
});

test('what does not fit into an address is left out', () => {
  const read = readTerms(new URLSearchParams('q=a&before=soon&direction=up&has_file=1'));
  expect(read).toEqual(terms({ q: 'a' }));
  expect(readTab('files')).toBe('files');
  expect(readTab('secrets')).toBe('messages');
});

test('a day is a day of the reader', () => {
  const start = dayStart('2026-03-01');
  expect(start).toBe(new Date(2026, 2, 1).getTime());
  expect(dayOf(start)).toBe('2026-03-01');
  expect(dayStart('')).toBeNull();
  expect(dayStart('soon')).toBeNull();
});

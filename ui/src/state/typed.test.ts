import { expect, test } from 'vitest';
import { addressed, asked, fits, readFilter, readSort, same, type Filter } from './filter';
import { session } from './samples';
import { parsed, pieces, proposals, tokens, written, type Names } from './typed';

const names: Names = {
  channels: [
    { id: 'c1', name: 'Shop' },
    { id: 'c2', name: 'Front desk' },
  ],
  queues: [{ id: 'q1', name: 'Sales' }],
  labels: [
    { id: 'l1', name: 'vip' },
    { id: 'l2', name: 'Late order' },
  ],
  people: [{ id: 'u1', name: 'Ana Lopez' }],
};
const day = (year: number, month: number, date: number) =>
  new Date(year, month - 1, date).getTime();

function check(text: string, filter: Filter, back = text): void {
  expect(parsed(text, names), text).toEqual(filter);
  expect(written(filter, names)).toBe(back);
}

test('what is typed becomes a filter, and the filter what was typed', () => {
  check('', {});
  check('two words', { q: 'two words' });
  check('is:unread owner:me', { unread: true, owner: 'me' });
  check('is:unread label:vip owner:me channel:Shop has:file before:2026-11-01 words', {
    channel: 'c1',
    unread: true,
    owner: 'me',
    labels: ['l1'],
    before: day(2026, 11, 1),
    has_file: true,
    q: 'words',
  });
  check('label:"Late order" queue:Sales channel:"Front desk"', {
    labels: ['l2'],
    queue: 'q1',
    channel: 'c2',
  });
  check('status:ended last:us after:2026-02-28', {
    status: 'closed',
    direction: 'out',
    after: day(2026, 2, 28),
  });
});

test('the order, the case and the kind of quotation do not matter', () => {
  const wanted = { labels: ['l1', 'l2'], owner: 'u1', q: 'red bike' };
  check(
    'red LABEL:VIP owner:"ana lopez" label:"late order" bike',
    wanted,
    'label:vip label:"Late order" owner:"Ana Lopez" red bike',
  );
  expect(parsed('status:closed', names)).toEqual({ status: 'closed' });
});

test('what means nothing is looked for as words', () => {
  check('label:unknown', { q: 'label:unknown' });
  check('is:purple hi', { q: 'is:purple hi' });
  check('before:2026-02-31', { q: 'before:2026-02-31' });
  check('http://shop.example', { q: 'http://shop.example' });
  expect(parsed('"exact words"', names)).toEqual({ q: 'exact words' });
  expect(parsed('label:', names)).toEqual({});
});

test('a name that is not finished stays open', () => {
  expect(tokens('label:"Late')).toEqual([
    { field: 'label', value: 'Late', text: 'label:"Late', open: true },
  ]);
});

test('the box proposes fields, then their values', () => {
  const texts = (text: string) => proposals(text, names, day(2026, 11, 22)).map((one) => one.text);
  expect(texts('hello la')).toEqual(['hello label:', 'hello last:']);
  expect(texts('label:')).toEqual(['label:vip ', 'label:"Late order" ']);
  expect(texts('x label:la')).toEqual(['x label:"Late order" ']);
  expect(texts('label:"Late o')).toEqual(['label:"Late order" ']);
  expect(texts('owner:an')).toEqual(['owner:"Ana Lopez" ']);
  expect(texts('after:')).toContain('after:2026-11-15 ');
  expect(texts('is:unread ')).toEqual([]);
  expect(texts('')).toEqual([]);
});

test('each piece knows the filter without it, and a name that is gone is empty', () => {
  const filter = { labels: ['l1', 'gone'], unread: true, q: 'words' };
  const found = pieces(filter, names);
  expect(found.map(({ field, value }) => `${field}:${value}`)).toEqual([
    'is:unread',
    'label:vip',
    'label:',
  ]);
  expect(found[1]?.without).toEqual({ labels: ['gone'], unread: true, q: 'words' });
  expect(written(filter, names)).toBe('is:unread label:vip words');
});

test('an address keeps all of a filter, and nothing that it does not know', () => {
  const filter: Filter = {
    q: 'cake & tea',
    channel: 'c1',
    queue: 'q1',
    owner: 'none',
    labels: ['l1', 'l2'],
    status: 'open',
    unread: true,
    unanswered: true,
    has_file: true,
    before: 9,
    after: 1,
    direction: 'in',
  };
  const kept = new URLSearchParams(
    Object.entries(addressed(filter, 'oldest')).filter(
      (pair): pair is [string, string] => !!pair[1],
    ),
  );
  expect(readFilter((name) => kept.get(name))).toEqual(filter);
  expect(readSort((name) => kept.get(name))).toBe('oldest');
  const odd = new URLSearchParams('status=half&last=none&before=soon&sort=colour&unread=0');
  expect(readFilter((name) => odd.get(name))).toEqual({});
  expect(readSort((name) => odd.get(name))).toBeNull();
  expect(asked(filter, null)).toMatchObject({ label: 'l1,l2', has_file: true, sort: null });
});

test('two filters are the same whatever the order of their labels', () => {
  expect(
    same({ labels: ['a', 'b'], q: ' x ' }, { q: 'x', labels: ['b', 'a'], unread: false }),
  ).toBe(true);
  expect(same({ labels: ['a'] }, { labels: ['b'] })).toBe(false);
});

test('a session that changed stays in a narrowed list or leaves it', () => {
  const one = session('s', { owner_id: 'me', labels: ['l1'], unread: 1, waiting_since: 5 });
  const good: Filter[] = [
    {},
    { owner: 'me', labels: ['l1'], unread: true, unanswered: true },
    { channel: 'c1', queue: 'q1', status: 'open', direction: 'in' },
    { after: one.last_message_at, before: one.last_message_at + 1 },
  ];
  const bad: Filter[] = [
    { owner: 'none' },
    { owner: 'ana' },
    { labels: ['l1', 'l2'] },
    { status: 'closed' },
    { direction: 'out' },
    { before: one.last_message_at },
    { channel: 'c2' },
  ];
  for (const filter of good) expect(fits(one, filter, 'me'), JSON.stringify(filter)).toBe(true);
  for (const filter of bad) expect(fits(one, filter, 'me'), JSON.stringify(filter)).toBe(false);
});

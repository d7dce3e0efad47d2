import { expect, test } from 'vitest';
import { emojiLike } from './emoji';
import { fillIn, firstName, questions, unknown } from './fill';
import { ranked } from './rank';
import { csvRows, readFile, toCsv, toJson } from './reply-files';
import { rows } from './rows';
import { message, NOW, pending } from './samples';
import { fromInput, laters, toInput } from './times';
import { tokenAt } from './token';
import type { QuickReply } from './types';

const values = {
  'contact.first_name': 'Maria',
  'agent.name': 'Sofia Ortiz',
  'contact.company': '',
};

test.each([
  ['Hello {{contact.first_name|there}}!', 'Hello Maria!'],
  ['Hello {{ contact.first_name }}!', 'Hello Maria!'],
  ['From {{contact.company|your company}}', 'From your company'],
  ['From {{contact.company}}.', 'From .'],
  ['{{agent.name}} of {{business.name|us}}', 'Sofia Ortiz of us'],
  ['Order {{ask:Order number}} on {{ask:Day|Monday}}', 'Order 42 on Monday'],
  ['{{nobody}} stays', '{{nobody}} stays'],
  ['an open {{brace', 'an open {{brace'],
  ['{{contact.first_name}}{{contact.first_name}}', 'MariaMaria'],
  ['$& {{contact.first_name}} $1', '$& Maria $1'],
])('%s becomes %s', (body, expected) => {
  expect(fillIn(body, values, { 'Order number': '42' })).toBe(expected);
});

test('what is filled in is not read again', () => {
  expect(fillIn('{{contact.name}}', { 'contact.name': '{{agent.name}}' })).toBe('{{agent.name}}');
});

test('each question is asked once, in order; unknown names are told', () => {
  expect(questions('{{ask:B}} {{ask:A}} {{ask: B }}')).toEqual(['B', 'A']);
  expect(unknown('{{contact.frist_name}} {{ask:}} {{contact.name}}')).toEqual([
    'contact.frist_name',
    'ask:',
  ]);
  expect(firstName('  Maria  Rossi')).toBe('Maria');
});

test.each([
  ['/', 1, ''],
  ['/ho', 3, 'ho'],
  ['Hi /ho', 6, 'ho'],
  ['Hi\n/ho there', 6, 'ho'],
  ['and/or', 6, null],
  ['/ho there', 9, null],
  ['/ho', null, null],
  ['https://x', 9, null],
])('in %j at %j a reply is called by %j', (text, caret, query) => {
  expect(tokenAt(text, caret, '/')?.query ?? null).toBe(query);
});

test('an emoji wants two letters', () => {
  expect(tokenAt('at 10:3', 7, ':', 2)).toBeNull();
  expect(tokenAt('yes :t', 6, ':', 2)).toBeNull();
  expect(tokenAt('yes :th', 7, ':', 2)).toEqual({ from: 4, to: 7, query: 'th' });
  expect(emojiLike('thumbsu')[0]?.sign).toBe('👍');
});

function reply(name: string, more: Partial<QuickReply> = {}): QuickReply {
  return {
    id: name,
    name,
    shortcut: '',
    folder: '',
    body: `Words of ${name}`,
    bodies: [],
    files: [],
    channels: [],
    visible: 'me',
    user_id: 'me',
    queue_id: null,
    after: null,
    uses: 0,
    used_at: null,
    may_change: true,
    updated_at: NOW,
    ...more,
  };
}

test('the best fit comes first, equal ones by my use', () => {
  const list = [
    reply('Opening hours', { body: 'We open at 8', uses: 1 }),
    reply('Offer', { uses: 9 }),
    reply('Prices', { shortcut: 'o' }),
    reply('Café', { body: 'about the oven' }),
  ];
  const names = (query: string) => ranked(list, query).map(({ name }) => name);
  expect(names('')).toEqual(['Offer', 'Opening hours', 'Café', 'Prices']);
  expect(names('o')).toEqual(['Prices', 'Offer', 'Opening hours', 'Café']);
  expect(names('ophrs')).toEqual(['Opening hours']);
  expect(names('cafe')).toEqual(['Café']);
  expect(names('zzz')).toEqual([]);
});

test('quick replies survive the way out and in again', () => {
  const list = [
    reply('Hours, "short"', { shortcut: 'h', folder: 'Shop', body: 'We open\nat 8; "sharp"' }),
    reply('Bye', { after: 'end', bodies: [{ language: 'de', body: 'Tschüss' }] }),
  ];
  const where = { visible: 'team' as const, queue_id: null };
  for (const source of [toJson(list), toCsv(list), `\uFEFF${toCsv(list)}`]) {
    const read = readFile(source, where);
    expect(read).toHaveProperty('entries');
    if (!('entries' in read)) continue;
    expect(read.entries.map(({ name, body, visible }) => [name, body, visible])).toEqual([
      ['Hours, "short"', 'We open\nat 8; "sharp"', 'team'],
      ['Bye', 'Words of Bye', 'team'],
    ]);
  }
  const json = readFile(toJson(list), where);
  if ('entries' in json) {
    expect(json.entries[1]).toMatchObject({ after: 'end', bodies: [{ language: 'de' }] });
  }
});

test('tables of spreadsheets are read, other files are told for what they are', () => {
  expect(csvRows('a;b\r\n"1;2";3')).toEqual([
    ['a', 'b'],
    ['1;2', '3'],
  ]);
  const where = { visible: 'me' as const };
  const tabs = readFile('Body\tName\nWe open at 8\tHours\n\t\n', where);
  expect(tabs).toMatchObject({ entries: [{ name: 'Hours', body: 'We open at 8' }] });
  expect(readFile('just words', where)).toEqual({ problem: 'unreadable' });
  expect(readFile('{"a": 1}', where)).toEqual({ problem: 'unreadable' });
  expect(readFile('name,body\n', where)).toEqual({ problem: 'empty' });
  expect(readFile('name,body\n,words', where)).toEqual({ problem: 'no_name' });
});

test('later is in an hour, tomorrow at nine, on Monday at nine', () => {
  const thursday = new Date(2026, 4, 14, 14, 8, 30).getTime();
  expect(laters(thursday).map(({ name, at }) => [name, toInput(at)])).toEqual([
    ['hour', '2026-05-14T15:09'],
    ['tomorrow', '2026-05-15T09:00'],
    ['monday', '2026-05-18T09:00'],
  ]);
  const sunday = new Date(2026, 4, 17, 20, 0).getTime();
  expect(laters(sunday).map(({ name }) => name)).toEqual(['hour', 'tomorrow']);
  const monday = new Date(2026, 4, 18, 8, 0).getTime();
  expect(toInput(laters(monday)[2]?.at ?? 0)).toBe('2026-05-25T09:00');
  expect(fromInput(toInput(monday))).toBe(monday);
  expect(fromInput('')).toBeNull();
});

test('what waits for its time stands last, and once when it leaves', () => {
  const waits = message(0, { id: 'w', state: 'scheduled', client_key: 'k', due_at: NOW + 60_000 });
  const thread = [message(1)];
  const last = rows(thread, [pending('p')], null, [waits]).at(-1);
  expect(last).toMatchObject({ kind: 'scheduled', message: { id: 'w' } });
  const own = rows(thread, [pending('k')], null, [waits]);
  expect(own.map(({ kind }) => kind)).toEqual(['day', 'message', 'scheduled']);
  const left = [...thread, message(2, { id: 'w', direction: 'out', client_key: 'k' })];
  expect(rows(left, [], null, [waits]).map(({ kind }) => kind)).toEqual([
    'day',
    'message',
    'message',
  ]);
});

import { beforeEach, expect, test } from 'vitest';
import { combination, shownKeys } from './combination';
import { ACTION_IDS, keysOf, readKeymap, suits, takenBy, withKeys } from './keymap.svelte';
import { keys } from './keys.svelte';
import { allows, offers } from './offers';
import { belongs, inOrder } from './order';
import { session } from './samples';
import { selection } from './selection.svelte';
import { localInput, moments } from './snooze';

const press = (init: KeyboardEventInit) =>
  new KeyboardEvent('keydown', { cancelable: true, ...init });

test.each([
  ['a Latin letter is itself wherever it lies', { key: 'e', code: 'KeyD' }, 'e'],
  ['a Cyrillic letter is the key it lies on', { key: 'о', code: 'KeyJ' }, 'j'],
  ['with Shift, too', { key: 'У', code: 'KeyE', shiftKey: true }, 'Shift+e'],
  ['and with Ctrl', { key: 'л', code: 'KeyK', ctrlKey: true }, 'Ctrl+k'],
  ['what Alt makes on a Mac is the key', { key: 'å', code: 'KeyA', altKey: true }, 'Alt+a'],
  ['a German letter stays a letter', { key: 'ö', code: 'Semicolon' }, 'ö'],
  ['a French digit with Ctrl is a digit', { key: '&', code: 'Digit1', ctrlKey: true }, 'Ctrl+1'],
  ['a French sign alone is a sign', { key: '&', code: 'Digit1' }, '&'],
  ['an Arabic digit is a digit', { key: '٢', code: 'Digit2' }, '2'],
  ['a slash is a slash, with whatever it takes', { key: '/', code: 'Digit7', shiftKey: true }, '/'],
  ['⌘ is Ctrl', { key: 'k', code: 'KeyK', metaKey: true }, 'Ctrl+k'],
] as const)('%s', (_, init, expected) => {
  expect(combination(press(init))).toBe(expected);
});

test('keys are written as they stand on the keyboard', () => {
  expect(shownKeys('Ctrl+Shift+f', false)).toBe('Ctrl Shift F');
  expect(shownKeys('Ctrl+Shift+f', true)).toBe('⌘ ⇧ F');
  expect(shownKeys('g i', false)).toBe('G  I');
  expect(shownKeys('Ctrl++', false)).toBe('Ctrl +');
  expect(shownKeys('ArrowDown', false)).toBe('↓');
});

test('no two actions have the same keys to begin with', () => {
  for (const id of ACTION_IDS) {
    for (const one of keysOf({}, id)) expect(takenBy({}, one, id), `${id}: ${one}`).toBeNull();
  }
});

test('a key that is taken from an action is told and moves', () => {
  expect(takenBy({}, 'e', 'end')).toBe('archive');
  const map = withKeys({}, 'end', 'e');
  expect(keysOf(map, 'end')).toEqual(['Shift+e', 'e']);
  expect(keysOf(map, 'archive')).toEqual([]);
  expect(takenBy({}, 'g', 'mute')).toBe('go-inbox');
});

test('while writing only keys that write nothing act; a message hears single keys of its own', () => {
  for (const keys of ['a', 'Shift+a', 'g i', '/', ' ']) expect(suits('send', keys)).toBe(false);
  for (const keys of ['Enter', 'Ctrl+j', 'Alt+n', 'F9', 'Ctrl++']) {
    expect(suits('send', keys)).toBe(true);
  }
  expect(readKeymap({ send: ['a', 'Ctrl+Enter'], quote: ['g q', 'w'] })).toEqual({
    send: ['Ctrl+Enter'],
    quote: ['w'],
  });
  // C calls, and copies while a message has the focus; Ctrl K would be lost in the text box.
  expect(takenBy({}, 'c', 'copy-text')).toBeNull();
  expect(takenBy({}, 'Ctrl+k', 'send')).toBe('palette');
  expect(takenBy({}, 'Ctrl+Enter', 'send')).toBe('send-next');
});

test('what is no keymap is left out', () => {
  const raw = { archive: ['y', 7, 'Escape', ''], unknown: ['q'], end: 'e' };
  expect(readKeymap(raw)).toEqual({ archive: ['y'] });
  for (const wrong of [null, 'x', 7, ['archive']]) expect(readKeymap(wrong)).toEqual({});
});

test('two keys in a row act together, one alone does not wait for ever', () => {
  const done: string[] = [];
  const stop = keys.use({
    'go-inbox': () => done.push('inbox'),
    next: () => done.push('next'),
    'g 3': () => done.push('third'),
  });
  for (const key of ['g', 'i', 'i', 'j', 'g', 'j', 'g', '3']) keys.pressed(press({ key }));
  expect(done).toEqual(['inbox', 'next', 'next', 'third']);
  stop();
});

test('while somebody types single keys rest, and so does taking back', () => {
  const done: string[] = [];
  const stop = keys.use({
    archive: () => done.push('archive'),
    undo: () => done.push('undo'),
    palette: () => done.push('palette'),
  });
  const box = document.body.appendChild(document.createElement('textarea'));
  const typed = (init: KeyboardEventInit) => {
    const event = press({ bubbles: true, ...init });
    box.addEventListener('keydown', (one) => keys.pressed(one), { once: true });
    box.dispatchEvent(event);
  };
  typed({ key: 'e' });
  typed({ key: 'z', ctrlKey: true });
  typed({ key: 'k', ctrlKey: true });
  expect(done).toEqual(['palette']);
  keys.pressed(press({ key: 'z', ctrlKey: true }));
  expect(done).toEqual(['palette', 'undo']);
  box.remove();
  stop();
});

const none = {
  bring_in: false,
  answer: false,
  note: true,
  pick_up: false,
  transfer: false,
  take_over: false,
  end: false,
};

test('what does not apply is not offered', () => {
  const verbs = (given: Parameters<typeof offers>[0]) => offers(given).map((one) => one.verb);
  expect(verbs([session('a')])).toEqual([
    'pick-up',
    'reply',
    'note',
    'call',
    'transfer',
    'snooze',
    'unread',
    'mute',
    'archive',
    'label',
    'add-to-contacts',
    'contact',
    'details',
    'find',
    'copy-link',
    'download',
    'end',
    'remove',
  ]);
  const put = session('a', { snoozed: true, muted: true, archived: true, unread: 2 });
  expect(verbs([put])).toEqual([
    'pick-up',
    'reply',
    'note',
    'call',
    'transfer',
    'wake',
    'read',
    'unmute',
    'unarchive',
    'label',
    'add-to-contacts',
    'contact',
    'details',
    'find',
    'copy-link',
    'download',
    'end',
    'remove',
  ]);
  expect(verbs([session('a', { status: 'closed', permits: none })])).toEqual([
    'note',
    'label',
    'add-to-contacts',
    'contact',
    'details',
    'find',
    'copy-link',
    'download',
    'remove',
  ]);
});

test('what only the owner may do is shown with their name', () => {
  const theirs = session('a', {
    owner_id: 'ana',
    owner_name: 'Ana',
    permits: { ...none, transfer: true, take_over: true },
  });
  const end = offers([theirs]).find((one) => one.verb === 'end');
  expect(end?.owner).toBe('Ana');
  expect(allows(theirs, 'end')).toBe(false);
});

test('many at once are offered what applies to any of them, and nothing for one only', () => {
  const list = [session('a'), session('b', { archived: true, muted: true })];
  const verbs = offers(list).map((one) => one.verb);
  expect(verbs).toContain('archive');
  expect(verbs).toContain('unarchive');
  expect(verbs).toContain('unmute');
  expect(verbs).not.toContain('download');
});

test('a snoozed session is in Snoozed only, the next to wake first', () => {
  const one = session('a', { owner_id: 'me', snoozed: true, snoozed_until: 9 });
  expect(belongs(one, 'snoozed', 'me', [])).toBe(true);
  for (const folder of ['recent', 'mine'] as const) {
    expect(belongs(one, folder, 'me', [])).toBe(false);
  }
  const list = [
    session('reply', { snoozed: true }),
    session('late', { snoozed: true, snoozed_until: 9 }),
    session('soon', { snoozed: true, snoozed_until: 3 }),
  ];
  expect(inOrder(list, 'snoozed', null).map((each) => each.id)).toEqual(['soon', 'late', 'reply']);
});

test('what woke is where it would be if somebody had just written', () => {
  const list = [
    session('woken', { last_message_at: 1, woken_at: 9 }),
    session('new', { last_message_at: 5 }),
  ];
  expect(inOrder(list, 'recent', null).map((one) => one.id)).toEqual(['woken', 'new']);
  expect(inOrder(list, 'all', null).map((one) => one.id)).toEqual(['new', 'woken']);
});

test('the moments of the snooze menu are in the time of this place', () => {
  const thursday = new Date(2026, 4, 14, 14, 8).getTime();
  const at = (given: number | null) => (given === null ? null : localInput(given));
  expect(moments(thursday).map((one) => at(one.until))).toEqual([
    '2026-05-14T14:28',
    '2026-05-14T15:08',
    '2026-05-14T17:08',
    '2026-05-15T09:00',
    '2026-05-18T09:00',
    null,
  ]);
  const monday = new Date(2026, 4, 18, 8, 0).getTime();
  expect(at(moments(monday)[4]?.until ?? null)).toBe('2026-05-25T09:00');
});

beforeEach(() => selection.clear());

test('Shift and the arrows choose row by row, and back again', () => {
  const list = ['a', 'b', 'c', 'd'];
  selection.extend(list, 1, 'b');
  selection.extend(list, 1, 'b');
  expect([...selection.ids]).toEqual(['b', 'c', 'd']);
  selection.extend(list, -1, 'b');
  expect([...selection.ids]).toEqual(['b', 'c']);
  selection.keep(['c']);
  expect([...selection.ids]).toEqual(['c']);
});

test('a click with Shift takes everything between', () => {
  const list = ['a', 'b', 'c', 'd', 'e'];
  selection.toggle('b');
  selection.range(list, 'd', null);
  expect([...selection.ids]).toEqual(['b', 'c', 'd']);
  selection.toggle('c');
  expect(selection.has('c')).toBe(false);
});

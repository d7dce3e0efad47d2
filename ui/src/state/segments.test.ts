import { expect, test } from 'vitest';
import { plain, segments, unseen } from './segments';

function check(text: string, expected: Partial<ReturnType<typeof segments>>): void {
  expect(segments(text)).toMatchObject(expected);
}

test('nothing typed takes no part', () => {
  check('', { used: 0, parts: 0, room: 160, encoding: 'gsm7' });
});

test('160 plain characters are one part and the 161st begins a second', () => {
  check('a'.repeat(160), { parts: 1, used: 160, room: 160 });
  check('a'.repeat(161), { parts: 2, used: 161, room: 306 });
  check('a'.repeat(306), { parts: 2 });
  check('a'.repeat(307), { parts: 3 });
});

test('characters of the extension table take two places', () => {
  check('€', { used: 2, parts: 1, encoding: 'gsm7' });
  check('[]{}|~\\^', { used: 16 });
  check('€'.repeat(80), { used: 160, parts: 1 });
  check('€'.repeat(81), { used: 162, parts: 2 });
});

test('a pair of the extension table is never split over two parts', () => {
  // 152 places are filled, so the pair cannot begin in the last place of the first part.
  check('a'.repeat(152) + '€' + 'a'.repeat(10), { used: 164, parts: 2 });
  check('a'.repeat(152) + '€' + 'a'.repeat(151), { used: 305, parts: 2 });
  check('a'.repeat(152) + '€' + 'a'.repeat(152), { used: 306, parts: 3 });
});

test('accents of the basic table stay GSM, others do not', () => {
  check('àéèùìòñÑüÜöÖäÄß', { encoding: 'gsm7', used: 15 });
  check('ç', { encoding: 'ucs2', culprits: ['ç'], at: 1 });
});

test('a curly quote turns the whole text into UCS-2 and is named', () => {
  check('It’s', { encoding: 'ucs2', culprits: ['’'], at: 3, used: 4, room: 70, each: 70 });
  check('a'.repeat(69) + '’', { parts: 1 });
  check('a'.repeat(70) + '’', { parts: 2, room: 134, each: 67 });
});

test('an emoji takes two places and stays whole', () => {
  check('😀', { encoding: 'ucs2', used: 2, parts: 1 });
  check('😀'.repeat(35), { used: 70, parts: 1 });
  // 67 is odd: 33 emoji fit a part of a chain, so 36 need two.
  check('😀'.repeat(36), { used: 72, parts: 2 });
  check('😀'.repeat(67), { used: 134, parts: 3 });
});

test('a provider that counts otherwise is counted otherwise, up to the most that it takes', () => {
  const own = { gsm7: 160, gsm7_part: 152, ucs2: 70, ucs2_part: 66, most: 3 };
  expect(segments('a'.repeat(305), own)).toMatchObject({ parts: 3, over: 0, room: 456 });
  expect(segments('a'.repeat(305))).toMatchObject({ parts: 2, over: 0 });
  expect(segments('a'.repeat(457), own)).toMatchObject({ parts: 4, over: 1 });
  expect(segments('я'.repeat(133), own)).toMatchObject({ parts: 3, each: 66 });
});

test('every character that needs Unicode is named once', () => {
  check('“Ok” – “ok”', { culprits: ['“', '”', '–'], at: 1 });
  check('1 2 3 😀😀', { culprits: ['😀'], at: 7 });
});

test('plain characters take the place of what word processors put in, and of nothing else', () => {
  expect(plain('“It’s 10–12…”\u00a0Yes\u200b')).toBe('"It\'s 10-12..." Yes');
  expect(plain('Grüße, я, 😀, ç, €')).toBe('Grüße, я, 😀, ç, €');
  check(plain('“It’s 10–12…”\u00a0Yes'), { encoding: 'gsm7' });
});

test('a character that cannot be seen is told by name', () => {
  expect(['\u00a0', '\u200b', 'ç'].map(unseen)).toEqual(['space', 'nothing', null]);
});

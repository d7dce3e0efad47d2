import { expect, test } from 'vitest';
import { detect, looksRight } from './paste';
import type { Field } from './types';

function field(name: string, pattern: string): Field {
  return { name, label: name, hint: '', kind: 'text', required: true, pattern, placeholder: '' };
}

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'fedcba9876543210'.repeat(2);
const fields = [
  field('account_sid', '^AC[0-9a-fA-F]{32}$'),
  field('auth_token', '^[0-9a-fA-F]{32}$'),
  field('free', ''),
];

test('a value pasted into the wrong field finds its own', () => {
  expect(detect(fields, 'auth_token', ` ${SID}\n`)).toEqual({ account_sid: SID });
});

test('several values in one paste are spread', () => {
  const expected = { account_sid: SID, auth_token: TOKEN };
  expect(detect(fields, 'account_sid', `${SID}\n${TOKEN}`)).toEqual(expected);
  expect(detect(fields, 'free', `ACCOUNT_SID="${SID}" AUTH_TOKEN=${TOKEN}`)).toEqual(expected);
});

test('what nobody recognises is left to the browser', () => {
  expect(detect(fields, 'free', 'hello there')).toEqual({});
  expect(detect(fields, 'free', 'https://gateway.example.com/?a=b')).toEqual({});
});

test('a shape is right, wrong, or says nothing', () => {
  expect(looksRight(fields[0]!, SID)).toBe(true);
  expect(looksRight(fields[0]!, 'AC12')).toBe(false);
  expect(looksRight(fields[2]!, 'anything')).toBeNull();
  expect(looksRight(fields[0]!, '')).toBeNull();
});

test('a broken pattern recognises nothing and breaks nothing', () => {
  expect(detect([field('x', '(')], 'x', 'abc')).toEqual({});
});

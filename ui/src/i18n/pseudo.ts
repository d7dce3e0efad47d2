/** A language that nobody speaks: shows texts that are not in a catalogue, and what is too narrow. */
import type { Text } from './text';

const LETTERS: Record<string, string> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  y: 'ý',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  z: 'ž',
  A: 'Á',
  E: 'Ë',
  I: 'Ï',
  O: 'Ö',
  U: 'Ü',
  C: 'Ç',
  N: 'Ñ',
  S: 'Š',
  Z: 'Ž',
};

/** `{name} waits` → `[{name} wáïtš~~]`. Places stay as they are. */
export function pseudo(text: string): string {
  const accented = text
    .split(/(\{\w+\})/)
    .map((part) =>
      part.startsWith('{')
        ? part
        : part.replace(/[a-zA-Z]/g, (letter) => LETTERS[letter] ?? letter),
    )
    .join('');
  return `[${accented}${'~'.repeat(Math.ceil(text.length / 4))}]`;
}

export function pseudoCatalogue<C extends Record<string, Text>>(en: C): Record<keyof C, Text> {
  return Object.fromEntries(
    Object.entries(en).map(([key, text]) => [
      key,
      typeof text === 'string'
        ? pseudo(text)
        : Object.fromEntries(Object.entries(text).map(([form, words]) => [form, pseudo(words)])),
    ]),
  ) as Record<keyof C, Text>;
}

/** What the core says, each by itself. */
export function pseudoSentences(english: readonly string[]): Record<string, string> {
  return Object.fromEntries(english.map((text) => [text, pseudo(text)]));
}

/**
 * Texts by key. Keys and places are typed from the English catalogue; other languages have the
 * same keys. A text is a string with `{name}` places, or one per plural form of `{count}`.
 */
import { current } from './current.svelte';
import type { en, Key } from './en';
import type { later } from './en/later';
import { direction, localeOf } from './languages';
import { fill } from './text';

export type { Key } from './en';
export { learnGuides, spoken } from './spoken';
export { fill, type Text } from './text';

type Places<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Forms<K extends Key> = (typeof en & typeof later)[K];
type PlacesOf<K extends Key> =
  Forms<K> extends string ? Places<Forms<K>> : Places<Forms<K>[keyof Forms<K>]> | 'count';
type Values<K extends Key> = { [P in PlacesOf<K>]: string | number };
type Args<K extends Key> = [PlacesOf<K>] extends [never] ? [] : [Values<K>];

/** A name or number of another script keeps its own direction where texts run from right to left. */
export function isolate(text: string): string {
  return text && direction(current.language) === 'rtl' ? `\u2068${text}\u2069` : text;
}

function isolated(values: Record<string, string | number>): Record<string, string | number> {
  if (direction(current.language) !== 'rtl') return values;
  const all = Object.entries(values);
  return Object.fromEntries(
    all.map(([name, value]) => [name, typeof value === 'string' ? isolate(value) : value]),
  );
}

/** The locale for dates, numbers and names of countries. */
export function locale(): string {
  return localeOf(current.language);
}

export function t<K extends Key>(key: K, ...args: Args<K>): string {
  const values = (args[0] ?? {}) as Record<string, string | number>;
  return fill(current.text(key, Number(values.count ?? 0)), isolated(values));
}

/**
 * Texts by key. Keys and placeholders are typed from the English catalogue; other languages are
 * the same shape. A text is a string with `{name}` places, or one per plural form of `{count}`.
 */
import { en, type Key } from './en';

export type { Key } from './en';

type Places<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Forms<K extends Key> = (typeof en)[K];
type PlacesOf<K extends Key> =
  Forms<K> extends string ? Places<Forms<K>> : Places<Forms<K>[keyof Forms<K>]> | 'count';
type Values<K extends Key> = { [P in PlacesOf<K>]: string | number };
type Args<K extends Key> = [PlacesOf<K>] extends [never] ? [] : [Values<K>];

export type Text = string | { one: string; other: string; few?: string; many?: string };
export type Catalogue = { [K in Key]: Text };

const catalogues = { en } satisfies Record<string, Catalogue>;
export type Language = keyof typeof catalogues;

let language: Language = 'en';
let plural = new Intl.PluralRules(language);

export function setLanguage(next: Language): void {
  language = next;
  plural = new Intl.PluralRules(next);
}

/** The locale for dates and numbers. */
export function locale(): string {
  return language;
}

/** Fills the places of one text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

export function t<K extends Key>(key: K, ...args: Args<K>): string {
  const text: Text = catalogues[language][key];
  const values = (args[0] ?? {}) as Record<string, string | number>;
  if (typeof text === 'string') return fill(text, values);
  const form = plural.select(Number(values.count ?? 0));
  const chosen = form === 'one' ? text.one : (form in text && text[form as 'few']) || text.other;
  return fill(chosen, values);
}

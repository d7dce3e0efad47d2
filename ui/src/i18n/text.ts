/** What a text is: a string with `{name}` places, or one string for each plural form of `{count}`. */

/** The forms that `Intl.PluralRules` names; a language has those that it needs, `other` always. */
export interface Forms {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}
export type Text = string | Forms;

/** The same texts in another language: plain stays plain, plural stays plural. */
export type Translation<English> = {
  [K in keyof English]: English[K] extends string ? string : Forms;
};

/** Fills the places of one text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

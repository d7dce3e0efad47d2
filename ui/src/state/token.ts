/** Pure: the word that is being typed after a sign such as `/` or `:`. */

export interface Token {
  /** Where the sign stands. */
  from: number;
  /** Where the caret stands. */
  to: number;
  /** What was typed after the sign. */
  query: string;
}

/**
 * The word before the caret if it began with `sign` at the start or after a space; `least`
 * characters have to follow. Spaces end it.
 */
export function tokenAt(text: string, caret: number | null, sign: string, least = 0): Token | null {
  if (caret === null || caret > text.length) return null;
  const before = text.slice(0, caret);
  const from = before.lastIndexOf(sign);
  if (from < 0 || (from > 0 && !/\s/.test(before[from - 1] ?? ''))) return null;
  const query = before.slice(from + sign.length);
  if (/\s/.test(query) || query.length < least || query.length > 40) return null;
  return { from, to: caret, query };
}

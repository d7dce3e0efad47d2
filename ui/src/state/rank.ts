/** Pure: how well a word that was typed fits a thing, and things in the order of that. */

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether the letters of `query` stand in `text` in their order. */
function scattered(text: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** 0: not at all. Higher: better. `weight` says how much this field counts. */
function field(text: string, query: string, weight: number): number {
  if (text === query) return 6 * weight;
  if (text.startsWith(query)) return 5 * weight;
  if (text.includes(` ${query}`)) return 4 * weight;
  if (text.includes(query)) return 3 * weight;
  return query.length > 1 && text.length < 200 && scattered(text, query) ? weight : 0;
}

export interface Ranked {
  name: string;
  shortcut: string;
  folder: string;
  body: string;
  uses: number;
  used_at?: number | null;
}

/** How well a quick reply fits: shortcut before name, name before folder and words. */
export function fit(item: Ranked, query: string): number {
  const wanted = fold(query);
  if (!wanted) return 1;
  return Math.max(
    field(fold(item.shortcut), wanted, 100),
    field(fold(item.name), wanted, 40),
    field(fold(item.folder), wanted, 4),
    fold(item.body).includes(wanted) ? 3 : 0,
  );
}

/** Those that fit, best first; equal ones by my use, the latest first, then by name. */
export function ranked<T extends Ranked>(items: readonly T[], query: string): T[] {
  return items
    .map((item) => ({ item, score: fit(item, query) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.item.uses - a.item.uses ||
        (b.item.used_at ?? 0) - (a.item.used_at ?? 0) ||
        a.item.name.localeCompare(b.item.name),
    )
    .map(({ item }) => item);
}

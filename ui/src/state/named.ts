/** Pure: colleagues that are named in a text by `@` and their name. */
import type { Person, Queue, Session } from './types';

export interface Naming {
  /** Where the `@` stands. */
  from: number;
  /** What was typed behind it. */
  typed: string;
}

/** The name that is being typed where the caret stands. */
export function naming(text: string, caret: number): Naming | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || (from > 0 && !/[\s([{"'“‘]/u.test(before[from - 1] ?? ''))) return null;
  const typed = before.slice(from + 1);
  return /^[\p{L}\p{M}\d.'’-]{0,30}( [\p{L}\p{M}\d.'’-]{0,30})?$/u.test(typed)
    ? { from, typed }
    : null;
}

/** Those whose name begins with what was typed, then those with a word that does. */
export function matching(people: readonly Person[], typed: string): Person[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const rank = ({ name }: Person) => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(wanted)) return 0;
    return lower.split(/\s+/u).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Whether a colleague sees a session already, as far as a client can tell. */
export function sees(person: Person, session: Session, queue: Queue | undefined): boolean {
  if (person.role !== 'agent' || person.id === session.owner_id) return true;
  return session.owner_id == null && (queue?.agents.includes(person.id) ?? false);
}

/** Of those who were chosen, the ones whose name still stands in the text. */
export function stillNamed(
  text: string,
  chosen: readonly string[],
  nameOf: (id: string) => string | undefined,
): string[] {
  return chosen.filter((id) => {
    const name = nameOf(id);
    return name !== undefined && text.includes(`@${name}`);
  });
}

/** A text in pieces; those that name somebody are marked. */
export function marked(text: string, names: readonly string[]): { text: string; name: boolean }[] {
  const out: { text: string; name: boolean }[] = [];
  let rest = text;
  while (rest) {
    const next = names
      .map((name) => ({ at: rest.indexOf(`@${name}`), length: name.length + 1 }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.length - a.length)[0];
    if (!next) break;
    if (next.at > 0) out.push({ text: rest.slice(0, next.at), name: false });
    out.push({ text: rest.slice(next.at, next.at + next.length), name: true });
    rest = rest.slice(next.at + next.length);
  }
  if (rest) out.push({ text: rest, name: false });
  return out;
}

/** Pure: which kept threads make way, and which have to be asked for again. */

/** Threads that are kept, and messages of each. */
export const THREADS = 200;
export const MESSAGES = 40;

export interface Held {
  id: string;
  /** When it was last opened, or something was last said in it. */
  at: number;
}

/** The ids that go so that the `most` last used stay. */
export function surplus(held: readonly Held[], most = THREADS): string[] {
  if (held.length <= most) return [];
  return [...held]
    .sort((a, b) => b.at - a.at)
    .slice(most)
    .map((one) => one.id);
}

/** Everything that may be kept is: whose these are, and since when something was done in them. */
export interface Full {
  ids: Set<string>;
  oldest: number;
}

/** What is kept once `left` is all that stays; `null`: nothing had to go yet. */
export function filled(left: readonly Held[]): Full | null {
  if (left.length === 0) return null;
  return { ids: new Set(left.map(({ id }) => id)), oldest: Math.min(...left.map(({ at }) => at)) };
}

/** Whether a row is written at all: one that would go again at once is not. */
export function stays(full: Full | null, id: string, at: number): boolean {
  return full === null || at >= full.oldest || full.ids.has(id);
}

/** What is kept of one thread, as far as it decides whether it is fresh. */
export interface Copied {
  /** Whether its messages are here. */
  full: boolean;
  /** When something was last said in it, as far as the messages here know. */
  upTo: number;
}

/** The listed sessions whose messages are missing here or older than their last one. */
export function lacking(
  listed: readonly { id: string; last_message_at: number }[],
  held: ReadonlyMap<string, Copied>,
): string[] {
  return listed
    .filter(({ id, last_message_at }) => {
      const copy = held.get(id);
      return !copy?.full || copy.upTo < last_message_at;
    })
    .slice(0, THREADS)
    .map(({ id }) => id);
}

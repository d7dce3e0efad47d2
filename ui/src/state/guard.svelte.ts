/**
 * Before an answer leaves: what came into the session since its author began to write or last came
 * back to the box. Shown once; the next Enter sends.
 */
import { SvelteMap } from 'svelte/reactivity';
import { me } from './me.svelte';
import { outbox } from './outbox.svelte';
import { threads } from './threads.svelte';
import type { After, Message } from './types';

/** What others said after a place: customers, colleagues, notes; no lines of the timeline. */
export function since(messages: readonly Message[], seq: number, mine: string): Message[] {
  return messages.filter(
    (message) =>
      message.seq > seq &&
      message.kind !== 'event' &&
      !message.automatic &&
      (message.direction === 'in' || message.author_id !== mine),
  );
}

/** How an answer was to go: when, and what follows. */
export interface Wish {
  send_at?: number;
  unless_answered?: boolean;
  then: After | 'next' | null;
}

class Guard {
  /** Up to where its author had seen a session when they began. */
  #seen = new Map<string, number>();
  #ends = new Map<string, number>();
  #cards = new SvelteMap<string, Message[]>();
  /** How the answer was to go that a card holds up. */
  #wishes = new SvelteMap<string, Wish>();

  /** The newest that was ever on this screen: the thread may show an older part now. */
  #last(session: string): number {
    const last = Math.max(this.#ends.get(session) ?? 0, threads.get(session)?.lastSeq ?? 0);
    this.#ends.set(session, last);
    return last;
  }

  /** The author looks at the session now: what is there was seen. */
  looked(session: string): void {
    if (this.#cards.has(session)) return;
    this.#seen.set(session, this.#last(session));
  }

  /** What is to be read before the answer goes. */
  card(session: string): Message[] {
    return this.#cards.get(session) ?? [];
  }

  /** How the answer was to go that the card holds up; the next try repeats it. */
  wish(session: string): Wish | null {
    return this.#wishes.get(session) ?? null;
  }

  /** Whether an answer may go; if not, the card stands, and the next try goes. */
  passes(session: string, wish: Wish = { then: null }): boolean {
    const messages = threads.get(session)?.messages ?? [];
    const shown = this.card(session).at(-1)?.seq ?? 0;
    const seen = Math.max(shown, this.#seen.get(session) ?? this.#last(session));
    const newer = since(messages, seen, me.id);
    if (newer.length === 0) {
      this.dismiss(session);
      return true;
    }
    this.#stands(session, newer, wish);
    return false;
  }

  /** Up to where the author has seen the session: goes along with the answer. */
  afterSeq(session: string): number {
    return Math.max(this.#seen.get(session) ?? 0, this.#last(session));
  }

  /** The desk held an answer back: a colleague was faster. */
  held(session: string, newer: Message[], wish: Wish = { then: null }): void {
    const thread = threads.get(session);
    if (!thread?.hasNewer) thread?.take(newer);
    this.#stands(session, newer, wish);
  }

  #stands(session: string, newer: Message[], wish: Wish): void {
    this.#cards.set(session, newer);
    this.#wishes.set(session, wish);
  }

  clear(): void {
    for (const one of [this.#seen, this.#ends, this.#cards, this.#wishes]) one.clear();
  }

  /** It was read. */
  dismiss(session: string): void {
    const shown = this.card(session).at(-1)?.seq ?? 0;
    this.#cards.delete(session);
    this.#wishes.delete(session);
    this.#seen.set(session, Math.max(shown, this.#last(session)));
  }
}

export const guard = new Guard();

outbox.onHeld = (session, newer, { send_at, unless_answered, then = null } = {}) =>
  guard.held(session, newer, { send_at, unless_answered, then });

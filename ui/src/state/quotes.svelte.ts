/** The message that the next one in a session will answer. */
import { SvelteMap } from 'svelte/reactivity';
import type { Message, Quoted } from './types';

/** A message as it is quoted. */
export function quoted(message: Message): Quoted {
  const { id, kind, direction, author_id, author_name, text, files } = message;
  const beginning = text.slice(0, 200);
  return { id, kind, direction, author_id, author_name, text: beginning, files: files.length };
}

class Quotes {
  #map = new SvelteMap<string, Quoted>();

  /** Set by the drafts: what a session's draft answers is another one now. */
  onChanged: (session: string) => void = () => {};

  of(session: string): Quoted | undefined {
    return this.#map.get(session);
  }

  set(message: Message): void {
    this.put(message.session_id, quoted(message));
    this.onChanged(message.session_id);
  }

  /** The same without a word to anybody. */
  put(session: string, quoted: Quoted): void {
    this.#map.set(session, quoted);
  }

  /** Drops it without a word to anybody. */
  forget(session: string): void {
    this.#map.delete(session);
  }

  drop(session: string): void {
    if (this.#map.delete(session)) this.onChanged(session);
  }
}

export const quotes = new Quotes();

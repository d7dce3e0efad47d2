/** The message that the next one in a session will answer. */
import { SvelteMap } from 'svelte/reactivity';
import type { Message, Quoted } from './types';

class Quotes {
  #map = new SvelteMap<string, Quoted>();

  of(session: string): Quoted | undefined {
    return this.#map.get(session);
  }

  set(message: Message): void {
    const { id, kind, direction, author_id, author_name, text, files } = message;
    const quoted = { id, kind, direction, author_id, author_name, text: text.slice(0, 200) };
    this.#map.set(message.session_id, { ...quoted, files: files.length });
  }

  drop(session: string): void {
    this.#map.delete(session);
  }
}

export const quotes = new Quotes();

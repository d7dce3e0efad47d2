/** The message that the next one of a box will answer. */
import { SvelteMap } from 'svelte/reactivity';
import type { Box } from './box';
import type { Message, Quoted } from './types';

/** A message as it is quoted. */
export function quoted(message: Message): Quoted {
  const { id, kind, direction, author_id, author_name, text, files } = message;
  const beginning = text.slice(0, 200);
  return { id, kind, direction, author_id, author_name, text: beginning, files: files.length };
}

class Quotes {
  #map = new SvelteMap<Box, Quoted>();

  /** Set by the drafts: what a box's draft answers is another one now. */
  onChanged: (box: Box) => void = () => {};

  of(box: Box): Quoted | undefined {
    return this.#map.get(box);
  }

  set(box: Box, message: Message): void {
    this.put(box, quoted(message));
    this.onChanged(box);
  }

  /** The same without a word to anybody. */
  put(box: Box, quoted: Quoted): void {
    this.#map.set(box, quoted);
  }

  /** Drops it without a word to anybody. */
  forget(box: Box): void {
    this.#map.delete(box);
  }

  /** Nobody is signed in. */
  clear(): void {
    this.#map.clear();
  }

  drop(box: Box): void {
    if (this.#map.delete(box)) this.onChanged(box);
  }
}

export const quotes = new Quotes();

/** What the core said, in the language that is spoken here. English where nobody translated it. */
import { current } from './current.svelte';

export function spoken(said: string): string {
  return current.say(said);
}

/** Fetches what the pages of providers say, in this language; read again when it changes. */
export function learnGuides(): Promise<void> {
  return current.learnGuides();
}

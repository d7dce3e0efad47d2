/** What was begun in each composer. It survives a crash and a reload. */
import { SvelteMap } from 'svelte/reactivity';

export interface Draft {
  text: string;
  note: boolean;
}

const PREFIX = 'deskbell.draft.';
const EMPTY: Draft = { text: '', note: false };

class Drafts {
  #map = new SvelteMap<string, Draft>();

  get(session: string): Draft {
    const known = this.#map.get(session);
    if (known) return known;
    try {
      return JSON.parse(localStorage.getItem(PREFIX + session) ?? 'null') ?? EMPTY;
    } catch {
      return EMPTY;
    }
  }

  set(session: string, draft: Draft): void {
    this.#map.set(session, draft);
    if (draft.text === '' && !draft.note) localStorage.removeItem(PREFIX + session);
    else localStorage.setItem(PREFIX + session, JSON.stringify(draft));
  }

  /** Puts a refused text back, before whatever was typed since. */
  restore(session: string, text: string, note: boolean): void {
    const typed = this.get(session).text;
    this.set(session, { text: typed ? `${text}\n${typed}` : text, note });
  }
}

export const drafts = new Drafts();

/**
 * How a conversation opens: with the rows that fill the screen, at its end. Those above them come
 * once these are drawn; nobody sees the difference but by the clock.
 */
import { tick } from 'svelte';
import type { Row } from '../../../state/rows';

/** Rows that fill any screen. */
const FIRST = 16;

/** The row from which on it is drawn first; `null`: it is opened elsewhere, or short. */
export function topOf(all: readonly Row[]): string | null {
  const from = all.length - FIRST;
  const unread = all.findIndex((row) => row.kind === 'unread');
  if (from <= 0 || (unread >= 0 && unread <= from)) return null;
  return all[from]?.key ?? null;
}

export class Opening {
  /** Everything is drawn, or may be. */
  whole = $state(false);
  /** What stands above is being added: what is seen stays where it is. */
  growing = $state(false);
  readonly #top: string | null;

  constructor(all: readonly Row[], elsewhere: boolean) {
    this.#top = elsewhere ? null : topOf(all);
    this.whole = this.#top === null;
  }

  rows(all: Row[]): Row[] {
    const at = this.whole ? -1 : all.findIndex((row) => row.key === this.#top);
    return at > 0 ? all.slice(at) : all;
  }

  async grow(): Promise<void> {
    if (this.whole) return;
    this.growing = true;
    this.whole = true;
    await tick();
    this.growing = false;
  }
}

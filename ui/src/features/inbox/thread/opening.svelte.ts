/**
 * How a conversation opens: with the rows that fill the screen, at its end. Those above them come
 * once these are drawn; nobody sees the difference but by the clock.
 */
import { tick } from 'svelte';
import type { Row } from '../../../state/rows';

/** Rows that fill any screen. */
const FIRST = 16;
/** Rows above what is unread that fill what is seen of them. */
const ABOVE = 3;

/**
 * The row from which on it is drawn first: so that the end fills the screen, or what is unread
 * stands at its top. `null`: from the first one.
 */
export function topOf(all: readonly Row[]): string | null {
  const unread = all.findIndex((row) => row.kind === 'unread');
  const last = all.length - FIRST;
  const from = unread >= 0 ? Math.min(unread - ABOVE, last) : last;
  return from > 0 ? (all[from]?.key ?? null) : null;
}

export class Opening {
  /** Everything is drawn, or may be. */
  whole = $state(false);
  /** What stands above is being added: what is seen stays where it is. */
  growing = $state(false);
  /** It stands where it is to be read; before, nobody sees it move there. */
  ready = $state(false);
  /** Rows that are drawn before anybody knows how high the screen is. */
  atOnce = $state<number | undefined>();
  readonly #top: string | null;

  constructor(all: readonly Row[], elsewhere: boolean) {
    this.#top = elsewhere ? null : topOf(all);
    this.whole = this.#top === null;
    if (!this.whole) this.atOnce = FIRST;
  }

  /**
   * It was placed: shown with the next frame, and whole after it. What `fits` without scrolling is
   * drawn anew: a list that began with so many rows at once goes on only when it is scrolled.
   */
  placed(fits: () => boolean): void {
    requestAnimationFrame(() => {
      this.ready = true;
      setTimeout(async () => {
        await this.grow();
        requestAnimationFrame(() => fits() && (this.atOnce = undefined));
      });
    });
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

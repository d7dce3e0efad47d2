/**
 * Keeps the rows that somebody reads where they are while others come and go above them. At the
 * very top nothing is held: there the newest is to be seen.
 */
import { tick } from 'svelte';
import { shiftOf } from '../../../state/merge';

/** What of the virtual list is needed here. */
interface Rows {
  getScrollOffset: () => number;
  findItemIndex: (offset: number) => number;
  getItemOffset: (index: number) => number;
  scrollTo: (offset: number) => void;
}

export class Anchor {
  #before: readonly string[] = [];

  /** Another list begins at its top. */
  forget(): void {
    this.#before = [];
  }

  /** Call in an effect that runs before the rows are drawn. */
  hold(rows: Rows | undefined, after: readonly string[]): void {
    const before = this.#before;
    this.#before = after;
    const offset = rows?.getScrollOffset() ?? 0;
    if (!rows || offset <= 0 || before.length === 0) return;
    const first = rows.findItemIndex(offset);
    const shift = shiftOf(before, after, first);
    if (!shift) return;
    const within = offset - rows.getItemOffset(first);
    void tick().then(() => rows.scrollTo(rows.getItemOffset(first + shift) + within));
  }
}

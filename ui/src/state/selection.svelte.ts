/** The rows of the list that are chosen together, and the place from which keys extend them. */
import { SvelteSet } from 'svelte/reactivity';

/** The core takes no more at once. */
export const MOST = 200;

class Selection {
  ids = new SvelteSet<string>();
  /** Where keys go on from; a click or X puts it there. */
  cursor = $state<string | null>(null);

  get any(): boolean {
    return this.ids.size > 0;
  }

  get full(): boolean {
    return this.ids.size >= MOST;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle(id: string): void {
    if (!this.ids.delete(id) && !this.full) this.ids.add(id);
    this.cursor = id;
  }

  /** One further in the list: it joins in; going back leaves the last one out. */
  extend(list: readonly string[], step: 1 | -1, current: string | null): void {
    const from = this.cursor ?? current ?? list[0];
    const at = from === undefined ? -1 : list.indexOf(from);
    if (from === undefined || at < 0) return;
    const next = list[at + step];
    if (next !== undefined && this.ids.has(from) && this.ids.has(next)) this.ids.delete(from);
    else if (!this.full) this.ids.add(from);
    if (next === undefined) return;
    if (!this.full) this.ids.add(next);
    this.cursor = next;
  }

  /** Everything between the cursor and this one. */
  range(list: readonly string[], id: string, current: string | null): void {
    const from = list.indexOf(this.cursor ?? current ?? id);
    const to = list.indexOf(id);
    if (to < 0) return;
    const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const one of list.slice(low, high + 1)) if (!this.full) this.ids.add(one);
    this.cursor = id;
  }

  all(list: readonly string[]): void {
    for (const id of list) if (!this.full) this.ids.add(id);
  }

  /** What left the list is not chosen any more. */
  keep(list: readonly string[]): void {
    const here = new Set(list);
    for (const id of this.ids) if (!here.has(id)) this.ids.delete(id);
  }

  clear(): void {
    this.ids.clear();
    this.cursor = null;
  }
}

export const selection = new Selection();

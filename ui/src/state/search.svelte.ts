/**
 * Search over everything: what is looked for, what was found, and where the reader stood. It
 * outlasts the page, so that who comes back finds the results as they were.
 */
import * as api from '../api/calls';
import { t } from '../i18n';
import { sentence } from './problem';
import { readTerms, type Terms, terms as withNothing, toQuery, within } from './search-terms';
import { toasts } from './toasts.svelte';
import type { Hit, SavedSearch, SearchCounts, SearchIn } from './types';

const PAGE = 30;
/** An answer looks through so much of a large desk; so many answers are asked for in a row. */
const ROUNDS = 12;
/** While the index catches up, it is asked again after this long. */
const AGAIN = 2_000;

class Search {
  terms = $state.raw<Terms>(withNothing());
  tab = $state<SearchIn>('messages');
  hits = $state.raw<Hit[]>([]);
  counts = $state.raw<SearchCounts | null>(null);
  /** What the hits that are shown belong to. */
  loaded = $state(false);
  looking = $state(false);
  problem = $state('');
  /** Messages that are still to be indexed, and all of them. */
  behind = $state.raw({ left: 0, all: 0 });
  at = $state(0);
  saved = $state.raw<SavedSearch[]>([]);
  #next = $state.raw<string | null>(null);
  #asked = 0;
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly empty = $derived(toQuery(this.terms).size === 0);

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get current(): Hit | null {
    return this.hits[this.at] ?? null;
  }

  /** Looks for this; the same again stays as it is, with the place that the reader had. */
  show(terms: Terms, tab: SearchIn): void {
    const wanted = `${tab}?${toQuery(terms).toString()}`;
    if (wanted === this.#shown && (this.loaded || this.looking)) return;
    const sameWords = toQuery(terms).toString() === toQuery(this.terms).toString();
    this.#shown = wanted;
    this.terms = terms;
    this.tab = tab;
    void this.load(sameWords && this.counts !== null);
  }

  async load(countsHold = false): Promise<void> {
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    this.at = 0;
    this.#next = null;
    if (this.empty) {
      this.hits = [];
      this.counts = null;
      this.loaded = false;
      this.looking = false;
      return;
    }
    this.looking = true;
    if (!countsHold) void this.#count(asked);
    const found = await this.#page(asked, null);
    if (asked !== this.#asked) return;
    this.looking = false;
    if (!found) return;
    this.hits = found;
    this.loaded = true;
    this.problem = '';
    if (this.behind.left > 0) this.#timer = setTimeout(() => void this.#lookAgain(), AGAIN);
  }

  /** Older hits. */
  async more(): Promise<void> {
    if (!this.#next || this.looking) return;
    const asked = this.#asked;
    this.looking = true;
    const found = await this.#page(asked, this.#next);
    if (asked !== this.#asked) return;
    this.looking = false;
    if (found) this.hits = [...this.hits, ...found];
  }

  /** A page; short answers are followed until there is something to show. */
  async #page(asked: number, from: string | null): Promise<Hit[] | null> {
    const found: Hit[] = [];
    let cursor = from;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const page = await api.search.find(this.terms, this.tab, cursor, PAGE);
        if (asked !== this.#asked) return null;
        found.push(...page.hits);
        cursor = page.next ?? null;
        this.behind = { left: page.behind, all: page.all };
        if (!cursor || found.length >= PAGE / 2) break;
        // What there is shows at once; the rest follows.
        if (!from) {
          this.hits = [...found];
          this.loaded = found.length > 0;
        }
      }
      this.#next = cursor;
      return found;
    } catch (error) {
      if (asked === this.#asked) this.problem = sentence(error);
      return null;
    }
  }

  async #count(asked: number): Promise<void> {
    try {
      const counts = await api.search.counts(this.terms);
      if (asked === this.#asked) this.counts = counts;
    } catch {
      if (asked === this.#asked) this.counts = null;
    }
  }

  async #lookAgain(): Promise<void> {
    const at = this.at;
    await this.load();
    this.at = Math.min(at, Math.max(0, this.hits.length - 1));
  }

  step(by: number): void {
    this.at = Math.min(Math.max(0, this.at + by), Math.max(0, this.hits.length - 1));
    if (this.at > this.hits.length - 8) void this.more();
  }

  async loadSaved(): Promise<void> {
    try {
      this.saved = await api.search.saved();
    } catch {
      // They are asked for again with the page.
    }
  }

  async save(name: string): Promise<boolean> {
    try {
      const added = await api.search.save({ name, in: this.tab, search: within(this.terms) });
      this.saved = [...this.saved, added];
      return true;
    } catch (error) {
      toasts.bad(t('search.save_failed'), sentence(error));
      return false;
    }
  }

  async forget(id: string): Promise<void> {
    try {
      await api.search.forget(id);
      this.saved = this.saved.filter((saved) => saved.id !== id);
    } catch (error) {
      toasts.bad(t('search.forget_failed'), sentence(error));
    }
  }

  /** What a saved search looks for. */
  termsOf(saved: SavedSearch): Terms {
    return readTerms(toQuery(saved.search as Terms));
  }

  clear(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.terms = withNothing();
    this.hits = [];
    this.counts = null;
    this.saved = [];
    this.loaded = false;
    this.looking = false;
    this.#shown = '';
    this.#next = null;
  }
}

export const search = new Search();

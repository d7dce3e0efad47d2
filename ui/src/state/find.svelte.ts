/** Looks for words inside one conversation, and goes from one place to the next. */
import * as api from '../api/calls';
import { sentence } from './problem';
import { terms } from './search-terms';
import type { Thread } from './threads.svelte';

const PAGE = 100;
const ROUNDS = 20;

export class Find {
  text = $state('');
  /** Places in the thread, newest first. */
  places = $state.raw<number[]>([]);
  at = $state(-1);
  problem = $state('');
  looked = $state(false);
  #next: string | null = null;
  #asked = 0;

  constructor(private readonly thread: Thread) {}

  get more(): boolean {
    return this.#next !== null;
  }

  /** Looks for what is in the field; the newest place is shown first. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const wanted = this.text.trim();
    this.places = [];
    this.at = -1;
    this.#next = null;
    this.problem = '';
    this.looked = false;
    if (!wanted) return this.thread.unmark();
    await this.#load(asked, true);
    if (asked !== this.#asked) return;
    this.looked = true;
    if (this.places.length > 0) await this.#show(0);
    else this.thread.unmark();
  }

  async older(): Promise<void> {
    if (this.at >= this.places.length - 1 && this.#next) await this.#load(this.#asked, false);
    if (this.places.length === 0) return;
    await this.#show(this.at >= this.places.length - 1 ? 0 : this.at + 1);
  }

  async newer(): Promise<void> {
    if (this.places.length === 0) return;
    await this.#show(this.at <= 0 ? this.places.length - 1 : this.at - 1);
  }

  stop(): void {
    this.#asked += 1;
    this.places = [];
    this.at = -1;
    this.looked = false;
    this.thread.unmark();
  }

  async #load(asked: number, first: boolean): Promise<void> {
    try {
      const wanted = terms({ q: this.text, session: this.thread.id });
      for (let round = 0; round < ROUNDS; round += 1) {
        const page = await api.search.find(wanted, 'messages', first ? null : this.#next, PAGE);
        if (asked !== this.#asked) return;
        const found = page.hits.flatMap((hit) => (hit.kind === 'message' ? [hit.seq] : []));
        this.places = first ? found : [...this.places, ...found];
        this.#next = page.next ?? null;
        first = false;
        if (found.length > 0 || !this.#next) return;
      }
    } catch (error) {
      if (asked === this.#asked) this.problem = sentence(error);
    }
  }

  async #show(at: number): Promise<void> {
    this.at = at;
    const place = this.places[at];
    if (place !== undefined) await this.thread.jump(place);
  }
}

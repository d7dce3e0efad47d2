/** The list of contacts: which are shown, in which order, page by page. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { contacts } from './contacts.svelte';
import { sentence } from './problem';
import { Soon } from './soon';
import { toasts } from './toasts.svelte';
import type { Contact, ContactCounts, ContactPage, ContactShow, ContactSort } from './types';

export const SORTS = ['name', 'newest', 'last_message'] as const satisfies readonly ContactSort[];
export const SHOWS = [
  'all',
  'named',
  'unnamed',
  'blocked',
] as const satisfies readonly ContactShow[];

/** Pages that are asked for again at once when something changed. */
const AGAIN = 5;

export interface BookQuery {
  q: string;
  show: ContactShow;
  sort: ContactSort;
}

class AddressBook {
  query = $state.raw<BookQuery>({ q: '', show: 'all', sort: 'name' });
  counts = $state.raw<ContactCounts>({ all: 0, unnamed: 0, blocked: 0 });
  total = $state<number | null>(null);
  loaded = $state(false);
  problem = $state('');
  /** Whether the list is on the screen. */
  shown = false;
  #ids = $state.raw<string[]>([]);
  #next = $state.raw<string | null>(null);
  #asked = 0;
  #loadingMore = false;
  #soon = new Soon(() => this.load(), 200, 1500, 800);

  list = $derived.by(() =>
    this.#ids
      .map((id) => contacts.known.get(id))
      .filter((contact): contact is Contact => contact !== undefined),
  );

  /** Whether a search or a choice leaves some out. */
  get isNarrowed(): boolean {
    return this.query.q !== '' || this.query.show !== 'all';
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  async show(query: BookQuery): Promise<void> {
    this.query = query;
    await this.load();
  }

  /** Asks for what is shown, as many pages as there are already. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const pages = Math.min(AGAIN, Math.max(1, this.loaded ? Math.ceil(this.#ids.length / 60) : 1));
    try {
      const first = await api.contacts.list({ ...this.query });
      let [found, next] = [first.contacts, first.next ?? null];
      for (let page = 1; page < pages && next && asked === this.#asked; page += 1) {
        const more: ContactPage = await api.contacts.list({ ...this.query, cursor: next });
        [found, next] = [[...found, ...more.contacts], more.next ?? null];
      }
      const counts = await api.contacts.counts();
      if (asked !== this.#asked) return;
      this.#take(found);
      this.#ids = found.map((contact) => contact.id);
      this.#next = next;
      this.total = first.total ?? null;
      this.counts = counts;
      this.problem = '';
      this.loaded = true;
    } catch (error) {
      if (asked === this.#asked) this.problem = sentence(error);
      throw error;
    }
  }

  async more(): Promise<void> {
    if (!this.#next || this.#loadingMore) return;
    this.#loadingMore = true;
    const asked = this.#asked;
    try {
      const page = await api.contacts.list({ ...this.query, cursor: this.#next });
      if (asked !== this.#asked) return;
      this.#take(page.contacts);
      this.#ids = [...new Set([...this.#ids, ...page.contacts.map((contact) => contact.id)])];
      this.#next = page.next ?? null;
    } catch (error) {
      toasts.bad(t('contacts.more_failed'), sentence(error));
    } finally {
      this.#loadingMore = false;
    }
  }

  #take(found: Contact[]): void {
    for (const contact of found) contacts.take(contact);
  }

  /** Contacts changed or new ones appeared: the list follows, if it is looked at. */
  stir(): void {
    if (this.shown) this.#soon.run();
    else this.loaded = false;
  }

  again(): void {
    if (this.shown) this.#soon.again();
  }

  /** The neighbour of a contact, for J and K. */
  neighbour(id: string | null, step: 1 | -1): Contact | null {
    const at = this.list.findIndex((contact) => contact.id === id);
    if (at < 0) return this.list[0] ?? null;
    return this.list[at + step] ?? null;
  }

  clear(): void {
    this.#ids = [];
    this.#next = null;
    this.total = null;
    this.loaded = false;
  }
}

export const addressBook = new AddressBook();

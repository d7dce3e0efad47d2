/**
 * Sessions that are known here, the list of the chosen folder, and the counts.
 * Lists are asked for again when something moved; single sessions when only they changed.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import * as api from '../api/calls';
import { t } from '../i18n';
import { kept } from './kept.svelte';
import { asked, fits, type Filter, type Sort } from './filter';
import { me } from './me.svelte';
import { withTail } from './merge';
import { belongs, inOrder } from './order';
import { isLineDown, isMissing, sentence } from './problem';
import { Soon } from './soon';
import { toasts } from './toasts.svelte';
import type { Folder, FolderCounts, Session, SessionVerb } from './types';

const PAGE = 60;
/** As many rows as the core gives at once: the beginning of a list that is loaded further down. */
const HEAD = 200;
/** With more changed rows than this, the list is asked for as a whole. */
const FEW = 8;

export interface ListQuery {
  folder: Folder;
  filter: Filter;
  /** The order that was chosen; `null`: the folder's own. */
  sort: Sort | null;
  /** The saved view that was opened; what it shows may have been changed since. */
  view?: string | null;
}

/** A session that was on the screen and is somebody else's now. */
export interface Lost {
  session: Session;
  /** Who has it, where that is known. */
  name: string;
}

class Sessions {
  known = new SvelteMap<string, Session>();
  query = $state.raw<ListQuery>({ folder: 'recent', filter: {}, sort: null });
  counts = $state.raw<FolderCounts>({
    recent: 0,
    mine: 0,
    unowned: 0,
    waiting: [],
    snoozed: 0,
    attention: 0,
    campaign: 0,
    unread: 0,
    mentions: 0,
  });
  loaded = $state(false);
  problem = $state('');
  /** What was taken from the screen: the pane says so, and keeps the draft. */
  lost = new SvelteMap<string, Lost>();
  /** Sessions that the core does not show us. */
  gone = new SvelteSet<string>();
  /** Who got sessions that were assigned lately, by session. */
  #holders = new Map<string, string>();
  /** The session on the screen. */
  currentId = $state<string | null>(null);
  /** The session that was on the screen before this one. */
  lastId: string | null = null;
  #ids = $state.raw<string[]>([]);
  #next = $state.raw<string | null>(null);
  #asked = 0;
  /** Which list it is: what comes for another one is too late. */
  #shows = 0;
  #loadingMore = false;

  #page = new Soon(() => this.#loadOrFail(), 150, 1200, 600);
  #counting = new Soon(() => this.loadCounts(), 150, 1500, 1500);
  /** Known, and changed since. */
  #stale = new Set<string>();
  #rows = new Soon(() => this.#loadStale(), 60, 300, 300);

  list = $derived(
    this.#ids
      .map((id) => this.known.get(id))
      .filter((session): session is Session => session !== undefined),
  );

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get current(): Session | null {
    return this.currentId ? (this.known.get(this.currentId) ?? null) : null;
  }

  /** Another session is on the screen, or none. */
  open(id: string | null): void {
    if (this.currentId && this.currentId !== id) this.lastId = this.currentId;
    this.currentId = id;
  }

  /** Where to go when these leave the list: the next one below, else the one above. */
  after(leaving: readonly string[]): string | null {
    const ids = this.list.map((session) => session.id);
    const at = ids.indexOf(this.currentId ?? '');
    const stays = (id: string) => !leaving.includes(id);
    return ids.slice(at + 1).find(stays) ?? ids.slice(0, Math.max(at, 0)).findLast(stays) ?? null;
  }

  /** Chooses a list; an empty one is shown only once the core has said so. */
  async show(query: ListQuery): Promise<void> {
    this.query = query;
    this.loaded = false;
    this.#shows += 1;
    this.#ids = [];
    this.#next = null;
    await this.load();
  }

  /**
   * Loads the beginning of what is shown; rows further down stay, so that nobody who reads there
   * is thrown back. Answers the event number.
   */
  async load(): Promise<number | null> {
    const asked = ++this.#asked;
    const limit = Math.min(HEAD, Math.max(PAGE, this.#ids.length));
    try {
      const page = await api.sessions.list({ ...this.#wanted(), limit });
      if (asked !== this.#asked) return page.event_seq;
      this.#begin(page.sessions, page.next ?? null);
      this.problem = '';
      this.loaded = true;
      kept.rows(page.sessions);
      return page.event_seq;
    } catch (error) {
      if (asked !== this.#asked) return null;
      this.problem = sentence(error);
      if (isLineDown(error) && this.#ids.length === 0) await this.#fromKept(asked);
      return null;
    }
  }

  /** Takes a fresh beginning; where more was loaded, the rest goes on from where it ended. */
  #begin(fresh: Session[], next: string | null): void {
    const old = this.list;
    const { folder, sort } = this.query;
    for (const session of fresh) this.known.set(session.id, session);
    const whole = next === null ? fresh : withTail(fresh, old, folder, sort);
    if (whole.length === fresh.length) this.#next = next;
    this.#ids = whole.map((session) => session.id);
  }

  /** Without a line: what this device keeps, by the rules of the chosen list. */
  async #fromKept(asked: number): Promise<void> {
    const copies = await kept.all();
    if (asked !== this.#asked || copies.length === 0) return;
    for (const { id, session } of copies) {
      if (!this.known.has(id)) this.known.set(id, session);
    }
    const { folder, filter, sort } = this.query;
    const rows = [...this.known.values()].filter(
      (one) => belongs(one, folder, me.id, me.queues) && fits(one, filter, me.id),
    );
    this.#ids = inOrder(rows, folder, sort).map((one) => one.id);
    this.#next = null;
    this.loaded = true;
  }

  #wanted() {
    const { folder, filter, sort } = this.query;
    return { folder, ...asked(filter, sort) };
  }

  async #loadOrFail(): Promise<void> {
    if ((await this.load()) === null) throw new Error(this.problem);
  }

  async more(): Promise<void> {
    if (!this.#next || this.#loadingMore) return;
    this.#loadingMore = true;
    const [shows, cursor] = [this.#shows, this.#next];
    try {
      const page = await api.sessions.list({ ...this.#wanted(), cursor, limit: PAGE });
      if (shows !== this.#shows || cursor !== this.#next) return;
      for (const session of page.sessions) this.known.set(session.id, session);
      kept.rows(page.sessions);
      this.#ids = [...new Set([...this.#ids, ...page.sessions.map((session) => session.id)])];
      this.#next = page.next ?? null;
    } catch (error) {
      toasts.bad(t('list.more_failed'), sentence(error));
    } finally {
      this.#loadingMore = false;
    }
  }

  async loadCounts(): Promise<void> {
    this.counts = await api.sessions.counts();
  }

  /** Asks for one session; one that may not be seen any more leaves every list. */
  async fetch(id: string): Promise<Session | null> {
    try {
      const session = await api.sessions.get(id);
      this.take(session);
      return session;
    } catch (error) {
      if (isMissing(error)) {
        this.drop(id);
        this.gone.add(id);
        void kept.forget(id);
      } else if (isLineDown(error) && !this.known.has(id)) {
        const copy = await kept.thread(id);
        if (copy && !this.known.has(id)) this.known.set(id, copy.session);
      }
      return null;
    }
  }

  /** Takes a fresh session and moves its row to its place. */
  take(session: Session): void {
    this.lost.delete(session.id);
    this.gone.delete(session.id);
    this.known.set(session.id, session);
    kept.rows([session]);
    const { folder, filter } = this.query;
    const listed = this.#ids.includes(session.id);
    const here = belongs(session, folder, me.id, me.queues) && fits(session, filter, me.id);
    if (listed && !here) this.#ids = this.#ids.filter((id) => id !== session.id);
    else if (listed && !filter.q) this.#sort();
    else if (!listed && here && !filter.q) this.#enter(session);
  }

  /** A row that is new here. Further down than a page reaches it is put in its place at once. */
  #enter(session: Session): void {
    const { folder, sort } = this.query;
    const after = this.#ids[HEAD - 1];
    const rows = after ? inOrder([...this.list, session], folder, sort) : [];
    const at = rows.indexOf(session);
    if (at < HEAD) return this.#page.run();
    if (at < rows.length - 1 || !this.hasMore) this.#ids = rows.map((row) => row.id);
  }

  drop(id: string): void {
    const last = this.known.get(id);
    const name = this.#holders.get(id);
    if (last && name !== undefined && id === this.currentId) {
      this.lost.set(id, { session: last, name });
    }
    this.known.delete(id);
    this.#ids = this.#ids.filter((other) => other !== id);
  }

  /** A session has another owner or queue; `name` is empty where it is not known whose. */
  assigned(id: string, name: string): void {
    this.#holders.set(id, name);
    this.changed(id, true);
  }

  /** Something in a session changed: its row, the counts, and perhaps the list follow. */
  changed(id: string, moved: boolean): void {
    this.#counting.run();
    if (moved || this.query.filter.q) this.#page.run();
    if (this.known.has(id) || this.currentId === id) this.#reload(id);
    else {
      this.#page.run();
      // It may belong where no page reaches.
      if (this.#ids.length > HEAD) this.#reload(id);
    }
  }

  #reload(id: string): void {
    this.#stale.add(id);
    this.#rows.run();
  }

  /** A contact changed: the rows of their sessions follow, and a search may find others. */
  contactChanged(contact: string): void {
    for (const session of this.known.values()) {
      if (session.contact_id === contact) this.#reload(session.id);
    }
    if (this.query.filter.q) this.#page.run();
  }

  /** A label changed: rows that carry it follow, and a list of those that do. */
  labelChanged(label: string): void {
    for (const session of this.known.values()) {
      if (session.labels.includes(label)) this.#reload(session.id);
    }
    if (this.query.filter.labels?.includes(label)) this.#page.run();
  }

  /** Something changed that any row may show. */
  stir(): void {
    this.#page.run();
  }

  /** However many events a session has, its row is asked for once. */
  async #loadStale(): Promise<void> {
    let ids = [...this.#stale];
    this.#stale.clear();
    if (ids.length > FEW) {
      this.#page.run();
      const places = new Map(this.#ids.map((id, at) => [id, at]));
      // Rows of other lists are asked for when they are shown again.
      for (const id of ids) if (!places.has(id) && id !== this.currentId) this.drop(id);
      // Where no page reaches a few are asked for at a time.
      const deep = ids.filter((id) => id === this.currentId || (places.get(id) ?? 0) >= HEAD);
      ids = deep.slice(0, FEW);
      for (const id of deep.slice(FEW)) this.#reload(id);
    }
    const failed: string[] = [];
    const found = await Promise.all(ids.map((id) => this.fetch(id)));
    ids.forEach((id, at) => {
      if (!found[at] && this.known.has(id)) failed.push(id);
    });
    for (const id of failed) this.#stale.add(id);
    if (failed.length > 0) throw new Error(t('problem.line_down'));
  }

  recount(): void {
    this.#counting.run();
  }

  /** The line is back: what could not be loaded is asked for again. */
  again(): void {
    if (this.problem) this.#page.run();
    if (this.currentId && !this.known.has(this.currentId)) void this.fetch(this.currentId);
    for (const loading of [this.#page, this.#rows, this.#counting]) loading.again();
  }

  seen(id: string): void {
    const session = this.known.get(id);
    if (!session) return;
    const mention = session.mention ? { ...session.mention, unread: false } : null;
    this.known.set(id, {
      ...session,
      unread: 0,
      marked_unread: false,
      reminder: false,
      mention,
    });
  }

  #sort(): void {
    const rows = this.#ids
      .map((id) => this.known.get(id))
      .filter((session): session is Session => session !== undefined);
    const { folder, sort } = this.query;
    this.#ids = inOrder(rows, folder, sort).map((session) => session.id);
  }

  async act(id: string, verb: SessionVerb): Promise<boolean> {
    try {
      this.take(await api.sessions.act(id, verb));
      this.#counting.run();
      return true;
    } catch (error) {
      toasts.bad(t(`act.${verb}.failed`), sentence(error));
      void this.fetch(id);
      return false;
    }
  }

  /** It is not in this list any more, whatever the core says next. */
  unlist(id: string): void {
    this.#ids = this.#ids.filter((other) => other !== id);
    this.#counting.run();
  }

  /** A session goes to somebody: should it leave the screen, the pane can say to whom. */
  given(id: string, name: string): void {
    this.#holders.set(id, name);
  }

  /** Gives a session exactly these labels; the row shows them at once. */
  async label(id: string, labels: string[]): Promise<boolean> {
    const before = this.known.get(id);
    if (before) this.known.set(id, { ...before, labels });
    try {
      this.take(await api.sessions.label(id, labels));
      return true;
    } catch (error) {
      if (before) this.known.set(id, before);
      toasts.bad(t('labels.failed'), sentence(error));
      return false;
    }
  }

  /** The customer said otherwise that they want to hear from us. */
  async liftOptOut(id: string, reason: string): Promise<void> {
    this.take(await api.sessions.liftOptOut(id, reason));
  }

  /** The neighbour of the current row, for J and K. */
  neighbour(step: 1 | -1): Session | null {
    const at = this.list.findIndex((session) => session.id === this.currentId);
    if (at < 0) return this.list[0] ?? null;
    return this.list[at + step] ?? null;
  }

  clear(): void {
    this.known.clear();
    this.lost.clear();
    this.gone.clear();
    this.#holders.clear();
    this.#ids = [];
    this.#next = null;
    this.#shows += 1;
    this.loaded = false;
    this.currentId = null;
    this.lastId = null;
  }
}

export const sessions = new Sessions();

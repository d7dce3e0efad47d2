/**
 * What was begun in each composer: on this screen at once, on the desk a moment later, and so on all
 * devices of the person. A copy here survives a crash, and a line that is down.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { connection } from '../api/client';
import { me } from './me.svelte';
import { isMissing } from './problem';
import { quoted, quotes } from './quotes.svelte';
import type { KeptDraft, StoredFile } from './types';
import { uploads } from './uploads.svelte';

export interface Draft {
  text: string;
  note: boolean;
  /** Colleagues named in it. */
  mentions?: string[];
  /** Of another device's draft: the files that it had, and what it answers. */
  files?: StoredFile[];
  reply_to?: string | null;
}

/** A draft as it lies here: what it continues, and whether the desk has it. */
interface Copy extends Draft {
  base: number;
  waits: boolean;
  /** Whose it is: others may sign in here. */
  by: string;
}

const PREFIX = 'deskbell.draft.';
const EMPTY: Draft = { text: '', note: false };
/** Milliseconds after the last key until the desk is told. */
const PAUSE = 400;
/** Milliseconds until a draft that did not reach the desk is sent again. */
const AGAIN = 5_000;

/** Characters that may outlive the page. */
const LITTLE = 8_000;

/** Two texts that say the same to the desk: white space alone is no draft. */
function same(one: string, other: string): boolean {
  return one === other || (one.trim() === '' && other.trim() === '');
}

class Drafts {
  #map = new SvelteMap<string, Draft>();
  /** What another device had written and this one did not know, by session. */
  replaced = new SvelteMap<string, Draft>();
  /** The version on the desk that the text here continues. */
  #base = new Map<string, number>();
  /** The desk lacks these. */
  #waiting = new Set<string>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #busy = new Set<string>();
  /** Versions that were told while ours was on its way. */
  #told = new Map<string, number>();

  get(session: string): Draft {
    return this.#map.get(session) ?? this.#stored(session) ?? EMPTY;
  }

  #stored(session: string): Copy | null {
    try {
      const copy = JSON.parse(connection.store.getItem(PREFIX + session) ?? 'null') as Copy | null;
      return copy?.by === me.id ? copy : null;
    } catch {
      return null;
    }
  }

  /** Whether something was begun here. */
  begun(session: string): boolean {
    return this.get(session).text.trim() !== '';
  }

  set(session: string, draft: Draft): void {
    const before = this.get(session);
    this.#map.set(session, draft);
    const news =
      !same(draft.text, before.text) || (draft.text !== '' && draft.note !== before.note);
    if (news || this.#waiting.has(session)) this.#waiting.add(session);
    this.#store(session);
    if (this.#waiting.has(session)) this.#later(session, PAUSE);
  }

  #store(session: string): void {
    const draft = this.get(session);
    const waits = this.#waiting.has(session);
    if (draft.text === '' && !draft.note && !waits) connection.store.removeItem(PREFIX + session);
    else {
      const copy: Copy = { ...draft, base: this.#base.get(session) ?? 0, waits, by: me.id };
      connection.store.setItem(PREFIX + session, JSON.stringify(copy));
    }
  }

  /** The files of a draft are others now. */
  touched(session: string): void {
    this.#waiting.add(session);
    this.#store(session);
    this.#later(session, PAUSE);
  }

  /** Puts a refused text back, before whatever was typed since. */
  restore(session: string, text: string, note: boolean, named: string[] = []): void {
    const { text: typed, mentions: begun = [] } = this.get(session);
    const mentions = [...named, ...begun];
    this.set(session, { text: typed ? `${text}\n${typed}` : text, note, mentions });
  }

  /** Takes up what another device had written, behind what is here. */
  takeBack(session: string): void {
    const other = this.replaced.get(session);
    this.replaced.delete(session);
    if (!other) return;
    const here = this.get(session);
    const text = here.text.trim() ? `${here.text}\n${other.text}` : other.text;
    const files = other.files ?? [];
    if (files.length > 0) uploads.adopt(session, [...uploads.stored(session), ...files]);
    const mentions = [...new Set([...(here.mentions ?? []), ...(other.mentions ?? [])])];
    this.set(session, { text, note: here.text.trim() ? here.note : other.note, mentions });
  }

  #later(session: string, wait: number): void {
    clearTimeout(this.#timers.get(session));
    this.#timers.set(
      session,
      setTimeout(() => void this.save(session), wait),
    );
  }

  /** Tells the desk at once: the composer is left, or the page. */
  async save(session: string, leaving = false): Promise<void> {
    clearTimeout(this.#timers.get(session));
    if (!this.#waiting.has(session) || this.#busy.has(session)) return;
    this.#busy.add(session);
    this.#waiting.delete(session);
    const { text, note, mentions = [] } = this.get(session);
    const base = this.#base.get(session) ?? this.#stored(session)?.base ?? 0;
    const reply_to = quotes.of(session)?.id ?? null;
    // A browser lets only a little text outlive its page; the copy here holds the rest.
    const lasting = leaving && text.length < LITTLE ? 'beyond the page' : 'with the page';
    const draft = { base, text, note, mentions, file_ids: uploads.ids(session), reply_to };
    try {
      this.#kept(session, await api.drafts.keep(session, draft, lasting));
    } catch (error) {
      this.#waiting.add(session);
      // Who lost the session keeps the words here; they go when the session is theirs again.
      if (!isMissing(error)) this.#later(session, AGAIN);
      return;
    } finally {
      this.#busy.delete(session);
      this.#store(session);
    }
    const told = this.#told.get(session);
    if (this.#told.delete(session)) void this.changed(session, told ?? 0);
    // What was typed meanwhile.
    if (this.#waiting.has(session)) this.#later(session, PAUSE);
  }

  #kept(session: string, { version, replaced }: KeptDraft): void {
    this.#base.set(session, version);
    if (!replaced) return;
    const { text, note, mentions } = replaced;
    const files = replaced.files.filter((file) => !uploads.ids(session).includes(file.id));
    // The other device's text may be what was typed on here.
    if (files.length > 0 || !this.get(session).text.startsWith(text.trim())) {
      this.replaced.set(session, { text, note, mentions, files });
    }
  }

  /** How many the desk lacks. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Everything that waits goes to the desk, and is waited for: the person is leaving. */
  async settle(): Promise<void> {
    await Promise.all([...this.#waiting].map((session) => this.save(session)));
  }

  /** Everything that waits goes to the desk: the page is being left. */
  saveAll(): void {
    for (const session of [...this.#waiting]) void this.save(session, true);
  }

  /** Drafts of other devices, and what lies here since the last time. */
  async load(): Promise<void> {
    const kept = await api.drafts.mine();
    const found = new Set(kept.map((draft) => draft.session_id));
    for (const draft of kept) this.#take(draft.session_id, draft.version, draft);
    const here = Object.keys(connection.store).filter((key) => key.startsWith(PREFIX));
    for (const session of here.map((key) => key.slice(PREFIX.length))) {
      if (!found.has(session)) this.#take(session, 0, EMPTY);
    }
  }

  /** The draft of a session has this version on the desk; 0: there is none. */
  async changed(session: string, version: number): Promise<void> {
    if (this.#busy.has(session)) {
      this.#told.set(session, version);
      return;
    }
    if (version === (this.#base.get(session) ?? 0)) return;
    try {
      const mine = version === 0 ? null : (await api.drafts.of(session)).mine;
      this.#take(session, mine?.version ?? 0, mine ?? EMPTY);
    } catch {
      // It comes with the next change, or when the line is back.
    }
  }

  /** What the desk has goes onto this screen, unless something was typed here since. */
  #take(session: string, version: number, draft: Draft): void {
    if (this.#busy.has(session) || version === this.#base.get(session)) return;
    const copy = this.#map.has(session) ? null : this.#stored(session);
    if (copy?.waits) this.#waiting.add(session);
    if (this.#waiting.has(session)) return this.#later(session, PAUSE);
    this.#base.set(session, version);
    const { text, note, mentions, files = [] } = draft;
    uploads.adopt(session, files);
    if (text !== '') void this.#quote(session, draft.reply_to ?? null);
    const here = this.get(session);
    this.#map.set(session, { text, note: text === '' ? here.note : note, mentions });
    this.#store(session);
  }

  /** What another device's draft answers. */
  async #quote(session: string, wanted: string | null): Promise<void> {
    if ((quotes.of(session)?.id ?? null) === wanted) return;
    if (wanted === null) return quotes.forget(session);
    try {
      const message = await api.messages.get(wanted);
      if (!this.#waiting.has(session)) quotes.put(session, quoted(message));
    } catch {
      // It may not be seen any more: the words stay without it.
    }
  }

  /** The person is signed out: their copies here go. */
  wipe(): void {
    this.clear();
    for (const key of Object.keys(connection.store)) {
      if (key.startsWith(PREFIX)) connection.store.removeItem(key);
    }
  }

  /** Nothing of this page is begun any more. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const one of [this.#map, this.replaced, this.#base, this.#waiting, this.#timers])
      one.clear();
  }
}

export const drafts = new Drafts();

uploads.onChanged = (session) => drafts.touched(session);
quotes.onChanged = (session) => drafts.touched(session);
globalThis.addEventListener('pagehide', () => drafts.saveAll());

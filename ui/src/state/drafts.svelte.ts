/**
 * What was begun in each composer, an answer and a note apart: on this screen at once, on the desk a
 * moment later, and so on all devices of the person. A copy here survives a crash, and a line that
 * is down.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { connection } from '../api/client';
import { boxOf, isNote, sessionOf, type Box } from './box';
import { isMissing } from './problem';
import { quoted, quotes } from './quotes.svelte';
import type { DraftInput, KeptDraft, StoredFile } from './types';
import { uploads } from './uploads.svelte';
import { whose } from './whose';

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
}

const PREFIX = 'deskbell.draft.';
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

/** Where a copy of it lies in this browser. */
function place(box: Box): string {
  return PREFIX + whose() + box;
}

function stored(box: Box): Copy | null {
  try {
    return JSON.parse(connection.store.getItem(place(box)) ?? 'null') as Copy | null;
  } catch {
    return null;
  }
}

class Drafts {
  #map = new SvelteMap<Box, Draft>();
  /** Which box of a session is shown, where that was chosen. */
  #tabs = new SvelteMap<string, 'reply' | 'note'>();
  /** What another device had written and this one did not know. */
  replaced = new SvelteMap<Box, Draft>();
  /** The version on the desk that the text here continues. */
  #base = new Map<Box, number>();
  /** The desk lacks these. */
  #waiting = new Set<Box>();
  #timers = new Map<Box, ReturnType<typeof setTimeout>>();
  #busy = new Set<Box>();
  /** Versions that were told while ours was on its way. */
  #told = new Map<Box, number>();

  /** What is in the box that is shown. */
  get(session: string): Draft {
    return this.at(session, this.showsNote(session));
  }

  at(session: string, note: boolean): Draft {
    return this.#in(boxOf(session, note));
  }

  #in(box: Box): Draft {
    return this.#map.get(box) ?? stored(box) ?? { text: '', note: isNote(box) };
  }

  /** Whether the note is shown; where nothing was chosen, what has words. */
  showsNote(session: string): boolean {
    const tab = this.#tabs.get(session);
    if (tab) return tab === 'note';
    return this.at(session, true).text !== '' && this.at(session, false).text === '';
  }

  show(session: string, note: boolean): void {
    this.#tabs.set(session, note ? 'note' : 'reply');
  }

  /** Words that were begun there, those that are shown first. */
  words(session: string): string {
    const shown = this.get(session).text.trim();
    return shown || this.at(session, !this.showsNote(session)).text.trim();
  }

  /** Whether something was begun in that box. */
  begun(session: string, note: boolean): boolean {
    return this.at(session, note).text.trim() !== '' || uploads.of(boxOf(session, note)).length > 0;
  }

  /** This is in the box now, and the box is shown. */
  set(session: string, draft: Draft): void {
    this.#write(boxOf(session, draft.note), draft);
    this.show(session, draft.note);
  }

  #write(box: Box, draft: Draft): void {
    const news = !same(draft.text, this.#in(box).text);
    this.#map.set(box, draft);
    if (news) this.#waiting.add(box);
    this.#store(box);
    if (this.#waiting.has(box)) this.#later(box, PAUSE);
  }

  /** What was in it is on its way: the box is empty. */
  emptied(session: string, note: boolean): void {
    this.#write(boxOf(session, note), { text: '', note });
    // A second Enter after a note must not send an answer that lies half written.
    if (!this.begun(session, false)) this.show(session, false);
  }

  #store(box: Box): void {
    const draft = this.#in(box);
    const waits = this.#waiting.has(box);
    if (draft.text === '' && !waits) connection.store.removeItem(place(box));
    else {
      const copy: Copy = { ...draft, base: this.#base.get(box) ?? 0, waits };
      connection.store.setItem(place(box), JSON.stringify(copy));
    }
  }

  /** The files of a draft are others now. */
  touched(box: Box): void {
    this.#waiting.add(box);
    this.#store(box);
    this.#later(box, PAUSE);
  }

  /** Puts a refused text back, before whatever was typed there since. */
  restore(session: string, text: string, note: boolean, named: string[] = []): void {
    const { text: typed, mentions: begun = [] } = this.at(session, note);
    // Who types in the other box goes on there.
    const elsewhere = this.showsNote(session) !== note && this.get(session).text !== '';
    const mentions = [...named, ...begun];
    this.#write(boxOf(session, note), { text: typed ? `${text}\n${typed}` : text, note, mentions });
    if (!elsewhere) this.show(session, note);
  }

  /** The answer that was begun becomes a note, behind one that is there; says where it begins. */
  intoNote(session: string, named: string): number {
    const [answer, note] = [this.at(session, false), this.at(session, true)];
    const before = note.text.trim() ? `${note.text}\n` : '';
    const mentions = [...new Set([...(note.mentions ?? []), named])];
    uploads.move(boxOf(session, false), boxOf(session, true));
    const quote = quotes.of(boxOf(session, false));
    if (quote) quotes.put(boxOf(session, true), quote);
    quotes.drop(boxOf(session, false));
    this.#write(boxOf(session, false), { text: '', note: false });
    this.set(session, { text: before + answer.text, note: true, mentions });
    return before.length;
  }

  /** Takes up what another device had written, behind what is in the same box here. */
  takeBack(box: Box): void {
    const other = this.replaced.get(box);
    this.replaced.delete(box);
    if (!other) return;
    const here = this.#in(box);
    const text = here.text.trim() ? `${here.text}\n${other.text}` : other.text;
    const files = other.files ?? [];
    if (files.length > 0) uploads.adopt(box, [...uploads.stored(box), ...files]);
    const mentions = [...new Set([...(here.mentions ?? []), ...(other.mentions ?? [])])];
    this.#write(box, { text, note: isNote(box), mentions });
  }

  #later(box: Box, wait: number): void {
    clearTimeout(this.#timers.get(box));
    this.#timers.set(
      box,
      setTimeout(() => void this.#save(box), wait),
    );
  }

  /** Tells the desk at once: the composer is left. */
  async save(session: string): Promise<void> {
    await Promise.all([this.#save(boxOf(session, false)), this.#save(boxOf(session, true))]);
  }

  #input(box: Box): DraftInput {
    const { text, mentions = [] } = this.#in(box);
    const base = this.#base.get(box) ?? stored(box)?.base ?? 0;
    const reply_to = quotes.of(box)?.id ?? null;
    return { base, text, note: isNote(box), mentions, file_ids: uploads.ids(box), reply_to };
  }

  async #save(box: Box): Promise<void> {
    clearTimeout(this.#timers.get(box));
    if (!this.#waiting.has(box) || this.#busy.has(box)) return;
    const owner = whose();
    this.#busy.add(box);
    this.#waiting.delete(box);
    try {
      const kept = await api.drafts.keep(sessionOf(box), this.#input(box));
      if (owner === whose()) this.#kept(box, kept);
    } catch (error) {
      if (owner !== whose()) return;
      this.#waiting.add(box);
      // Who lost the session keeps the words here; they go when the session is theirs again.
      if (!isMissing(error)) this.#later(box, AGAIN);
      return;
    } finally {
      this.#busy.delete(box);
      if (owner === whose()) this.#store(box);
    }
    const told = this.#told.get(box);
    if (this.#told.delete(box)) void this.changed(sessionOf(box), isNote(box), told ?? 0);
    // What was typed meanwhile.
    if (this.#waiting.has(box)) this.#later(box, PAUSE);
  }

  #kept(box: Box, { version, replaced }: KeptDraft): void {
    this.#base.set(box, version);
    if (!replaced) return;
    const { text, note, mentions } = replaced;
    const files = replaced.files.filter((file) => !uploads.ids(box).includes(file.id));
    // The other device's text may be what was typed on here.
    if (files.length > 0 || !this.#in(box).text.startsWith(text.trim())) {
      this.replaced.set(box, { text, note, mentions, files });
    }
  }

  /** How many the desk lacks. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Everything that waits goes to the desk, and is waited for: the person is leaving. */
  async settle(): Promise<void> {
    await Promise.all([...this.#waiting].map((box) => this.save(box)));
  }

  /**
   * The page is being left: the desk hears the last word of everything that waits, and of what is
   * under way, which may end with the page.
   */
  saveAll(): void {
    for (const box of new Set([...this.#waiting, ...this.#busy])) {
      const draft = this.#input(box);
      // A browser lets only a little text outlive its page; the copy here holds the rest.
      const lasting = (draft.text?.length ?? 0) < LITTLE ? 'beyond the page' : 'with the page';
      api.drafts.keep(sessionOf(box), draft, lasting).catch(() => undefined);
    }
  }

  /** Drafts of other devices, and what lies here since the last time. */
  async load(): Promise<void> {
    const kept = await api.drafts.mine();
    const boxes = new Map(kept.map((draft) => [boxOf(draft.session_id, draft.note), draft]));
    for (const [box, draft] of boxes) this.#take(box, draft.version, draft);
    const mine = PREFIX + whose();
    const here = Object.keys(connection.store).filter((key) => key.startsWith(mine));
    for (const box of here.map((key) => key.slice(mine.length))) {
      if (!boxes.has(box)) this.#take(box, 0, null);
    }
  }

  /** A draft of a session has this version on the desk; 0: there is none. */
  async changed(session: string, note: boolean, version: number): Promise<void> {
    const box = boxOf(session, note);
    if (this.#busy.has(box)) {
      this.#told.set(box, version);
      return;
    }
    if (version === (this.#base.get(box) ?? 0)) return;
    try {
      const all = version === 0 ? [] : (await api.drafts.of(session)).mine;
      const mine = all.find((draft) => draft.note === note) ?? null;
      this.#take(box, mine?.version ?? 0, mine);
    } catch {
      // It comes with the next change, or when the line is back.
    }
  }

  /** What the desk has goes onto this screen, unless something was typed there since. */
  #take(box: Box, version: number, draft: Draft | null): void {
    if (this.#busy.has(box) || version === this.#base.get(box)) return;
    const copy = this.#map.has(box) ? null : stored(box);
    if (copy?.waits) this.#waiting.add(box);
    if (this.#waiting.has(box)) return this.#later(box, PAUSE);
    this.#base.set(box, version);
    const { text, mentions, files = [], reply_to = null } = draft ?? { text: '' };
    uploads.adopt(box, files);
    if (text !== '') void this.#quote(box, reply_to);
    this.#map.set(box, { text, note: isNote(box), mentions });
    this.#store(box);
  }

  /** What another device's draft answers. */
  async #quote(box: Box, wanted: string | null): Promise<void> {
    if ((quotes.of(box)?.id ?? null) === wanted) return;
    if (wanted === null) return quotes.forget(box);
    try {
      const message = await api.messages.get(wanted);
      if (!this.#waiting.has(box)) quotes.put(box, quoted(message));
    } catch {
      // It may not be seen any more: the words stay without it.
    }
  }

  /** The person is signed out: their copies here go. */
  wipe(): void {
    this.clear();
    const mine = PREFIX + whose();
    for (const key of Object.keys(connection.store)) {
      if (key.startsWith(mine)) connection.store.removeItem(key);
    }
  }

  /** Nothing of this page is begun any more. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const one of [
      this.#map,
      this.#tabs,
      this.replaced,
      this.#base,
      this.#waiting,
      this.#timers,
      this.#told,
    ])
      one.clear();
  }
}

export const drafts = new Drafts();

uploads.onChanged = (box) => drafts.touched(box);
quotes.onChanged = (box) => drafts.touched(box);
globalThis.addEventListener('pagehide', () => drafts.saveAll());

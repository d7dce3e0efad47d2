/**
 * Messages on their way to the core. A bubble stands at once; the same client key goes with every
 * attempt, so that a lost answer or a reload never doubles a message.
 */
import * as api from '../api/calls';
import { newKey } from '../device/key';
import { t } from '../i18n';
import { boxOf } from './box';
import { drafts } from './drafts.svelte';
import { code, isLineDown, newer, sentence } from './problem';
import { quotes } from './quotes.svelte';
import { toasts } from './toasts.svelte';
import type { After, Message, Quoted, StoredFile } from './types';
import { uploads } from './uploads.svelte';
import * as waiting from './waiting';

export interface Pending {
  client_key: string;
  session_id: string;
  text: string;
  files: StoredFile[];
  note: boolean;
  at: number;
  /** On its way, waiting for the line, or refused by the core. */
  state: 'sending' | 'waiting' | 'refused';
  problem: string;
  /** What else the message says of itself. */
  more?: More;
}

export interface More {
  /** For notes: colleagues named in it. */
  mentions?: string[];
  /** For answers: up to where their author had seen the session. */
  after_seq?: number;
  /** What it answers, as it is shown until the desk has it. */
  quoted?: Quoted;
  /** Not now but then. */
  send_at?: number;
  unless_answered?: boolean;
  then?: After;
}

/** Refusals after which the text belongs back into the box. */
const BACK_TO_BOX = ['session_owned', 'session_closed', 'forbidden', 'not_found', 'newer_arrived'];

function waits(item: Pending): Pending {
  return { ...item, state: 'waiting' };
}

/** The words, with what went along, are in the box again. */
function backIntoBox({ session_id, text, note, files, more }: Pending): void {
  const box = boxOf(session_id, note);
  uploads.addStored(box, files);
  if (more?.quoted) quotes.put(box, more.quoted);
  drafts.restore(session_id, text, note, more?.mentions);
}

class Outbox {
  /** Those of the one who is signed in, in this and every other window. */
  list = $state.raw<Pending[]>([]);
  #busy = new Set<string>();
  /** Sessions to look at once more when what is under way has ended. */
  #again = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Set by threads: where a taken message goes. */
  onTaken: (message: Message) => void = () => {};
  /** Set by acts: a session that ended with a message. */
  onEnded: (session: string) => void = () => {};
  /** Set by the guard: what a colleague had answered when a message was held back. */
  onHeld: (session: string, newer: Message[], more?: More) => void = () => {};

  of(session: string): Pending[] {
    return this.list.filter((item) => item.session_id === session);
  }

  /** Somebody is signed in: what they left here goes now. */
  open(): void {
    this.list = waiting.all().map((item) => (item.state === 'refused' ? item : waits(item)));
    this.drain();
  }

  /** Nobody is signed in: what waits lies here for its author. */
  clear(): void {
    this.list = [];
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** The person left for good: what they had not sent goes with them. */
  wipe(): void {
    for (const item of this.list) waiting.forget(item.client_key);
    this.clear();
  }

  /** Another window added, changed or took back something. */
  stirred(): void {
    this.list = waiting.all();
    // That window may close before it is done.
    if (this.list.some((item) => item.state !== 'refused')) this.#later();
  }

  get waiting(): number {
    return this.list.filter((item) => item.state === 'waiting').length;
  }

  add(
    session_id: string,
    text: string,
    files: StoredFile[],
    note: boolean,
    at: number,
    more: More = {},
  ): void {
    const item: Pending = {
      client_key: newKey(),
      session_id,
      text,
      files,
      note,
      at,
      more,
      state: 'sending',
      problem: '',
    };
    this.list = [...this.list, item];
    waiting.keep(item);
    void this.#drive(session_id);
  }

  retry(client_key: string): void {
    const item = this.list.find((other) => other.client_key === client_key);
    if (!item) return;
    this.#patch(client_key, { state: 'sending', problem: '' });
    void this.#drive(item.session_id);
  }

  /** Says whether it was there: another window may have been faster. */
  discard(client_key: string): boolean {
    this.list = this.list.filter((item) => item.client_key !== client_key);
    return waiting.forget(client_key);
  }

  edit(client_key: string): void {
    const item = this.list.find((other) => other.client_key === client_key);
    if (item && this.discard(client_key)) backIntoBox(item);
  }

  /** The line is back: everything that waits goes now. */
  drain(): void {
    for (const session of new Set(this.list.map((item) => item.session_id))) {
      void this.#drive(session);
    }
  }

  /** Messages of one session leave one after another, in the order they were written. */
  async #drive(session: string): Promise<void> {
    if (this.#busy.has(session)) {
      this.#again.add(session);
      return;
    }
    this.#busy.add(session);
    try {
      await this.#sendAll(session);
    } finally {
      this.#busy.delete(session);
    }
    if (this.#again.delete(session)) void this.#drive(session);
  }

  async #sendAll(session: string): Promise<void> {
    for (;;) {
      const item = this.of(session).find((other) => other.state !== 'refused');
      if (!item || !(await this.#post(item))) return;
    }
  }

  /** Whether the next one may follow. */
  async #post(item: Pending): Promise<boolean> {
    if (!waiting.lies(item.client_key)) {
      this.discard(item.client_key);
      return true;
    }
    this.#patch(item.client_key, { state: 'sending' });
    try {
      const { quoted, ...more } = item.more ?? {};
      const message = await api.messages.send(item.session_id, {
        client_key: item.client_key,
        text: item.text,
        file_ids: item.files.map((file) => file.id),
        note: item.note,
        ...(quoted ? { reply_to: quoted.id } : {}),
        ...more,
      });
      this.onTaken(message);
      this.discard(item.client_key);
      if (more.then === 'end') this.onEnded(item.session_id);
      return true;
    } catch (error) {
      if (isLineDown(error)) {
        this.#patch(item.client_key, { state: 'waiting' });
        this.#later();
        return false;
      }
      this.#refused(item, error);
      return true;
    }
  }

  #refused(item: Pending, error: unknown): void {
    if (BACK_TO_BOX.includes(code(error))) {
      if (!this.discard(item.client_key)) return;
      backIntoBox(item);
      const held = newer(error);
      if (held.length > 0) this.onHeld(item.session_id, held, item.more);
      else toasts.bad(t('send.refused'), sentence(error));
      return;
    }
    this.#patch(item.client_key, { state: 'refused', problem: sentence(error) });
  }

  #later(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.drain();
    }, 4000);
  }

  #patch(client_key: string, change: Partial<Pending>): void {
    const item = this.list.find((other) => other.client_key === client_key);
    if (!item || !waiting.lies(client_key)) return;
    const changed = { ...item, ...change };
    this.list = this.list.map((other) => (other === item ? changed : other));
    waiting.keep(changed);
  }
}

export const outbox = new Outbox();

waiting.follow(() => outbox.stirred());

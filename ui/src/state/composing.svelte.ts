/**
 * What is being written in one session: who may write what, the draft, what goes along, and the
 * text box as the parts of the composer see it (where the caret is, what to put there).
 */
import { who } from './alerts.svelte';
import { drafts } from './drafts.svelte';
import { guard } from './guard.svelte';
import { stillNamed } from './named';
import { channels, people } from './nouns.svelte';
import { outbox } from './outbox.svelte';
import { rooms } from './rooms.svelte';
import { segments } from './segments';
import { toasts } from './toasts.svelte';
import type { Session } from './types';
import { refusal, uploads } from './uploads.svelte';

/** Looks at a key before the box does; `true`: it was for this part. */
export type KeyPart = (event: KeyboardEvent) => boolean;

/** Made once by the composer of a session, and handed to its parts. */
export class Composing {
  readonly #given: () => Session;
  #parts: KeyPart[] = [];
  /** The text box, once it stands. */
  box = $state.raw<HTMLTextAreaElement | undefined>();
  /** Where the caret stands in the text; `null` while a stretch is selected. */
  caret = $state<number | null>(null);

  session = $derived.by(() => this.#given());
  draft = $derived.by(() => drafts.get(this.session.id));
  optOut = $derived.by(() =>
    this.session.status === 'open' ? (this.session.opted_out ?? null) : null,
  );
  mayReply = $derived.by(() => this.session.permits.answer && this.optOut === null);
  mayNote = $derived.by(() => this.session.permits.note);
  note = $derived.by(() => this.mayNote && (!this.mayReply || this.draft.note));
  limits = $derived.by(() => channels.limits(this.session.provider));
  medium = $derived.by(() => channels.provider(this.session.provider)?.medium);
  attached = $derived.by(() => uploads.of(this.session.id));
  /** How the customer is called. */
  name = $derived.by(() => {
    const { contact_name } = this.session;
    return contact_name ? (contact_name.split(' ')[0] ?? '') : who(this.session);
  });
  tooLong = $derived.by(
    () =>
      !this.note &&
      this.limits !== undefined &&
      (this.draft.text.length > this.limits.text_chars ||
        (this.medium === 'sms' && segments(this.draft.text, this.limits.parts).over > 0)),
  );
  ready = $derived.by(
    () =>
      (this.draft.text.trim() !== '' || (this.attached.length > 0 && !this.note)) &&
      uploads.ready(this.session.id) &&
      !this.tooLong,
  );

  constructor(given: () => Session) {
    this.#given = given;
  }

  /** Call in an effect: the part sees every key in the box first until the effect ends. */
  use(part: KeyPart): () => void {
    this.#parts.push(part);
    return () => {
      this.#parts = this.#parts.filter((other) => other !== part);
    };
  }

  /** Whether one of the parts took the key. */
  taken(event: KeyboardEvent): boolean {
    return [...this.#parts].reverse().some((part) => part(event));
  }

  /** Turns to the reply or to the note. */
  choose(tab: 'reply' | 'note'): void {
    drafts.set(this.session.id, { ...this.draft, note: tab === 'note' && this.mayNote });
  }

  /** The text is this now. */
  write(text: string): void {
    const { id } = this.session;
    if (this.draft.text === '') guard.looked(id);
    drafts.set(id, { ...this.draft, text, note: this.note });
    rooms.typing(id);
  }

  /** A colleague is named: customers do not see that, so it becomes a note. */
  mention(person: string): void {
    const mentions = [...new Set([...(this.draft.mentions ?? []), person])];
    drafts.set(this.session.id, { ...this.draft, note: true, mentions });
  }

  /** Puts words in the place of a stretch of the text, and the caret behind them. */
  replace(from: number, to: number, words: string): void {
    const { text } = this.draft;
    this.write(text.slice(0, from) + words + text.slice(to));
    const caret = from + words.length;
    this.caret = caret;
    queueMicrotask(() => {
      this.box?.focus();
      this.box?.setSelectionRange(caret, caret);
    });
  }

  /** Puts words where the caret is; at the end if it was never in the box. */
  insert(words: string): void {
    const end = this.draft.text.length;
    const from = this.box?.selectionStart ?? end;
    this.replace(Math.min(from, end), Math.min(this.box?.selectionEnd ?? end, end), words);
  }

  /** Puts an `@` where the caret is, so that a colleague can be chosen. */
  startName(): void {
    const before = this.draft.text.slice(0, this.box?.selectionStart ?? this.draft.text.length);
    this.insert(/(^|\s)$/.test(before) ? '@' : ' @');
  }

  focus(): void {
    this.box?.focus();
  }

  attach(list: Iterable<File>): void {
    const { id } = this.session;
    for (const file of list) {
      const why = refusal(file, uploads.of(id).length, this.limits);
      if (why) toasts.bad(why);
      else uploads.add(id, file);
    }
    if (this.note && this.mayReply) this.choose('reply');
  }

  /** Sends what was written; `false`: there is nothing that could go. */
  send(): boolean {
    if (!this.ready) return false;
    const { id } = this.session;
    const { note } = this;
    if (!note && !guard.passes(id)) return false;
    const files = note ? [] : uploads.take(id);
    const text = this.draft.text.trim();
    const chosen = note ? (this.draft.mentions ?? []) : [];
    const mentions = stillNamed(text, chosen, (person) => people.get(person)?.name);
    const more = note ? { mentions } : { after_seq: guard.afterSeq(id) };
    outbox.add(id, text, files, note, Date.now(), more);
    drafts.set(id, { text: '', note: false });
    rooms.done(id);
    return true;
  }
}

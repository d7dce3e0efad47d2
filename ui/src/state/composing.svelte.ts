/**
 * What is being written in one session: who may write what, the draft, what goes along, and the
 * text box as the parts of the composer see it (where the caret is, what to put there).
 */
import { who } from './alerts.svelte';
import { boxOf } from './box';
import { contacts } from './contacts.svelte';
import { desk } from './desk.svelte';
import { drafts } from './drafts.svelte';
import { firstName, type Values } from './fill';
import { guard, type Wish } from './guard.svelte';
import { me } from './me.svelte';
import { stillNamed } from './named';
import { channels, people } from './nouns.svelte';
import { outbox, type More } from './outbox.svelte';
import { quotes } from './quotes.svelte';
import { rooms } from './rooms.svelte';
import { segments } from './segments';
import { threads } from './threads.svelte';
import { toasts } from './toasts.svelte';
import type { Token } from './token';
import type { After, QuickReply, Session } from './types';
import { uploads } from './uploads.svelte';

/** Looks at a key before the box does; `true`: it was for this part. */
export type KeyPart = (event: KeyboardEvent) => boolean;

/** What the desk is asked for; where the screen goes is nothing to it. */
function asked({ send_at, unless_answered, then }: Wish): More {
  return {
    ...(send_at === undefined ? {} : { send_at }),
    ...(unless_answered ? { unless_answered } : {}),
    // A session that ends takes no message later.
    ...(then === 'archive' || (then === 'end' && send_at === undefined) ? { then } : {}),
  };
}

/** Made once by the composer of a session, and handed to its parts. */
export class Composing {
  readonly #given: () => Session;
  #parts: KeyPart[] = [];
  /** The text box, once it stands. */
  box = $state.raw<HTMLTextAreaElement | undefined>();
  /** Ids of the list that is shown for the word at the caret, and of its chosen entry. */
  suggested = $state.raw<{ list: string; entry: string } | null>(null);
  /** What a quick reply in it wants to follow. */
  then = $state<After | null>(null);
  /** It is asked whether the session is to end with the message. */
  ending = $state(false);
  /** Where the caret stands in the text; `null` while a stretch is selected. */
  caret = $state<number | null>(null);

  session = $derived.by(() => this.#given());
  optOut = $derived.by(() =>
    this.session.status === 'open' ? (this.session.opted_out ?? null) : null,
  );
  mayReply = $derived.by(
    () => this.session.permits.answer && this.optOut === null && !this.session.blocked,
  );
  mayNote = $derived.by(() => this.session.permits.note);
  note = $derived.by(() => this.mayNote && (!this.mayReply || drafts.showsNote(this.session.id)));
  draft = $derived.by(() => drafts.at(this.session.id, this.note));
  /** The box that is shown: its files and what it quotes lie under this name. */
  place = $derived.by(() => boxOf(this.session.id, this.note));
  limits = $derived.by(() => channels.limits(this.session.provider));
  medium = $derived.by(() => channels.provider(this.session.provider)?.medium);
  attached = $derived.by(() => uploads.of(this.place));
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
      (this.draft.text.trim() !== '' || this.attached.length > 0) &&
      uploads.ready(this.place) &&
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

  /** Turns to the reply or to the note. The words stay where they were written. */
  choose(tab: 'reply' | 'note'): void {
    drafts.show(this.session.id, tab === 'note' && this.mayNote);
  }

  /** The text is this now. */
  write(text: string): void {
    const { id } = this.session;
    // What a quick reply wanted to follow goes with its words.
    if (text.trim() === '') this.then = null;
    if (this.draft.text === '') guard.looked(id);
    drafts.set(id, { ...this.draft, text, note: this.note });
    rooms.typing(id, this.note);
  }

  /**
   * A colleague is named: customers do not see that, so an answer becomes a note. Says by how much
   * its words moved.
   */
  mention(person: string): number {
    const { id } = this.session;
    if (!this.note) return drafts.intoNote(id, person);
    const mentions = [...new Set([...(this.draft.mentions ?? []), person])];
    drafts.set(id, { ...this.draft, note: true, mentions });
    return 0;
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
    // What a channel takes does not concern the team's own notes.
    const limits = this.note ? undefined : this.limits;
    for (const file of list) {
      const why = uploads.offer(this.place, file, limits);
      if (why) toasts.bad(why);
    }
  }

  /** What there is to fill into quick replies here. */
  get values(): Partial<Values> {
    const { session } = this;
    return {
      'contact.first_name': firstName(session.contact_name),
      'contact.name': session.contact_name,
      'contact.company': contacts.known.get(session.contact_id)?.company ?? '',
      'agent.first_name': firstName(me.name),
      'agent.name': me.name,
      'business.name': desk.name,
      'channel.name': session.channel_name,
      'channel.number': session.number,
    };
  }

  /** Words of a quick reply go in, its files along, and what is to follow is remembered. */
  putReply(words: string, reply: QuickReply, place: Token | null): void {
    if (place) this.replace(place.from, place.to, words);
    else this.insert(words);
    if (this.note) return;
    uploads.addStored(this.place, reply.files);
    if (reply.after) this.then = reply.after;
  }

  /** Puts my last message that did not go back into the box; `false`: there is none. */
  editFailed(): boolean {
    const { id } = this.session;
    const refused = outbox.of(id).filter((item) => item.state === 'refused');
    const last = refused[refused.length - 1];
    if (last) {
      outbox.edit(last.client_key);
      return true;
    }
    const mine = (threads.get(id)?.messages ?? []).filter(
      (message) => message.state === 'failed' && message.author_id === me.id,
    );
    const failed = mine[mine.length - 1];
    if (!failed || !this.mayReply) return false;
    drafts.restore(id, failed.text, false);
    uploads.addStored(boxOf(id, false), failed.files);
    return true;
  }

  /**
   * How the next answer goes: as the one that a card holds up, or at once with what a quick reply
   * wants to follow.
   */
  get wish(): Wish {
    const held = this.note ? null : guard.wish(this.session.id);
    return held ?? { then: this.note ? null : this.then };
  }

  /**
   * Sends what was written; `false`: there is nothing that could go, or a card says what came
   * meanwhile. The wish is kept with the card.
   */
  send(wish: Wish = this.wish): boolean {
    if (!this.ready) return false;
    const { id } = this.session;
    const { note } = this;
    if (!note && !guard.passes(id, wish)) return false;
    const files = uploads.take(this.place);
    const text = this.draft.text.trim();
    const chosen = note ? (this.draft.mentions ?? []) : [];
    const mentions = stillNamed(text, chosen, (person) => people.get(person)?.name);
    const quoted = quotes.of(this.place);
    outbox.add(id, text, files, note, Date.now(), {
      ...(quoted ? { quoted } : {}),
      // A note neither waits nor does anything to the session.
      ...(note ? { mentions } : { after_seq: guard.afterSeq(id), ...asked(wish) }),
    });
    quotes.drop(this.place);
    this.then = null;
    drafts.emptied(id, note);
    rooms.done(id);
    return true;
  }
}

/** A session that is being begun: to whom, with which words and files. Survives its dialog. */
import { SameKey } from '../device/key';
import { checkPhone } from './admin.svelte';
import { me } from './me.svelte';
import { channels } from './nouns.svelte';
import { askId, fields, sentence, sessionId } from './problem';
import { start } from './start.svelte';
import { toasts } from './toasts.svelte';
import type { PhoneCheck, QuickReply, Session } from './types';
import { Uploads } from './uploads.svelte';

/** What was typed and not sent. */
interface Begun {
  numberId: string;
  to: string;
  country: string;
  text: string;
}

/** What became of an attempt: a session, or the one that somebody else has. */
export type Started = { session: Session } | { theirs: string; why: string } | null;

class Starting {
  numberId = $state('');
  to = $state('');
  /** Of numbers that are written without `+`; empty: the country of the business. */
  country = $state('');
  text = $state('');
  check = $state.raw<PhoneCheck | null>(null);
  problem = $state('');
  wrong = $state<Record<string, string>>({});
  /** The session that somebody else has with this customer. */
  asking = $state<string | null>(null);
  busy = $state(false);
  /** Its own, so that no session's draft gets them. */
  readonly files = new Uploads();
  /** For whom it was begun: one draft for each. */
  #for = $state('');
  #drafts = new Map<string, Begun>();
  readonly #key = new SameKey();

  number = $derived.by(() => me.startable.find((item) => item.id === this.numberId));
  provider = $derived.by(() => channels.provider(this.number?.provider));
  phone = $derived.by(() => (this.provider ? this.provider.identity === 'phone' : true));
  /** Under this name its files lie. */
  place = $derived.by(() => `new ${this.#for}`);
  attached = $derived.by(() => this.files.of(this.place));
  ready = $derived.by(
    () =>
      this.to.trim() !== '' &&
      (this.text.trim() !== '' || this.attached.length > 0) &&
      this.files.ready(this.place) &&
      this.check?.valid !== false,
  );

  /** The dialog opens: with what was begun for the same recipient, or with these words. */
  open(recipient: string, words: string): void {
    const begun = this.#drafts.get(recipient);
    const numbers = me.startable.map((item) => item.id);
    this.#for = recipient;
    const known = begun && numbers.includes(begun.numberId);
    this.numberId = known ? begun.numberId : (numbers[0] ?? '');
    this.to = begun?.to ?? recipient;
    this.country = begun?.country ?? '';
    this.text = words || (begun?.text ?? '');
    this.forgive();
  }

  /** The dialog closes: what was typed is kept. */
  keep(): void {
    const { numberId, to, country, text } = this;
    this.#drafts.set(this.#for, { numberId, to, country, text });
  }

  /** What was refused was refused of this sender and this customer. */
  forgive(): void {
    this.problem = '';
    this.wrong = {};
    this.asking = null;
  }

  /** Looks whether the number can be one. */
  async look(): Promise<void> {
    const [wanted, country] = [this.to.trim(), this.country];
    try {
      const answer = await checkPhone(wanted, country || null);
      if (this.to.trim() === wanted && this.country === country) this.check = answer;
    } catch {
      // The desk says so when it is sent.
    }
  }

  attach(list: Iterable<File>): void {
    for (const file of list) {
      const why = this.files.offer(this.place, file, this.provider?.limits);
      if (why) toasts.bad(why);
    }
  }

  /** A quick reply's files go along. */
  along({ files }: QuickReply): void {
    this.files.addStored(this.place, files);
  }

  async send(): Promise<Started> {
    this.busy = true;
    this.forgive();
    const text = this.text.trim();
    const file_ids = this.files.ids(this.place);
    const { numberId: number_id, country } = this;
    const to = this.check?.e164 ?? this.to.trim();
    // An answer that was lost on the way must not make a second message of the first.
    const key = this.#key.for(number_id, this.to.trim(), country, text, ...file_ids);
    try {
      const wish = { number_id, to, text, file_ids, ...(country ? { country } : {}) };
      const session = await start(wish, key);
      this.#done();
      return { session };
    } catch (error) {
      const theirs = sessionId(error);
      if (theirs) return { theirs, why: sentence(error) };
      this.wrong = fields(error);
      this.problem = this.wrong.to || this.wrong.text ? '' : sentence(error);
      this.asking = askId(error);
      return null;
    } finally {
      this.busy = false;
    }
  }

  #done(): void {
    this.#key.spent();
    this.files.take(this.place);
    [this.to, this.text] = ['', ''];
    this.#drafts.delete(this.#for);
  }

  /** Nobody is signed in. */
  clear(): void {
    this.#drafts.clear();
    this.files.clear();
    [this.to, this.text, this.country] = ['', '', ''];
    this.forgive();
  }
}

export const starting = new Starting();

/** What can be done with one message of a thread: quote, copy, use in a note, save its files. */
import { copyText } from '../device/clipboard';
import { t } from '../i18n';
import { boxOf } from './box';
import { drafts } from './drafts.svelte';
import { files } from './files.svelte';
import { keymap } from './keymap.svelte';
import { panels } from './panels.svelte';
import { sentence } from './problem';
import { quotes } from './quotes.svelte';
import { toasts } from './toasts.svelte';
import type { Message, Session } from './types';
import { uploads } from './uploads.svelte';

/** Copies the words of a message, and says so. */
export async function copyMessage(text: string): Promise<void> {
  try {
    await copyText(text);
    toasts.good(t('actions.copied'));
  } catch {
    toasts.bad(t('actions.copy_failed'));
  }
}

const DEEDS = ['quote', 'copy-text', 'forward', 'save-files', 'message-details'] as const;

export class MessageDeeds {
  readonly #given: () => { message: Message; session: Session | null };
  /** Its ids and times are shown. */
  about = $state(false);
  /** They were asked for: the dialog stays, so that the focus goes back. */
  asked = $state(false);
  message = $derived.by(() => this.#given().message);
  saves = $derived.by(() => this.message.files.some((file) => file.state === 'stored'));

  constructor(given: () => { message: Message; session: Session | null }) {
    this.#given = given;
  }

  /** The next message answers this one. */
  quote(): void {
    const { session_id } = this.message;
    // A note that is being written goes on, with the quote.
    const noting = drafts.showsNote(session_id) && drafts.begun(session_id, true);
    const note = noting || !this.#given().session?.permits.answer;
    quotes.set(boxOf(session_id, note), this.message);
    panels.compose(note ? 'note' : 'reply');
  }

  /** Its words begin a note that quotes it. */
  forward(): void {
    const { session_id, text } = this.message;
    quotes.set(boxOf(session_id, true), this.message);
    if (!drafts.begun(session_id, true)) drafts.set(session_id, { text, note: true });
    panels.compose('note');
  }

  /** Shows its ids and times. */
  tell(): void {
    this.asked = true;
    this.about = true;
  }

  async copy(): Promise<void> {
    await copyMessage(this.message.text);
  }

  /** What was not sent is in the box again, to be written better. */
  edit(): void {
    const { session_id, text, files, reply_to } = this.message;
    const box = boxOf(session_id, false);
    drafts.restore(session_id, text, false);
    uploads.addStored(box, files);
    if (reply_to) quotes.put(box, reply_to);
    drafts.show(session_id, false);
    panels.compose('reply');
  }

  async save(): Promise<void> {
    for (const file of this.message.files) {
      if (file.state !== 'stored') continue;
      try {
        await files.download(file.id, file.name);
      } catch (error) {
        toasts.bad(t('file.failed', { name: file.name }), sentence(error));
      }
    }
  }

  /** The key that does the same while the message has the focus; `true`: it did. */
  key(keys: string): boolean {
    const { session } = this.#given();
    const notes = session?.permits.note ?? false;
    switch (keymap.meant(DEEDS, keys)) {
      case 'quote':
        if (session?.permits.answer || notes) this.quote();
        return true;
      case 'copy-text':
        if (this.message.text) void this.copy();
        return true;
      case 'forward':
        if (notes) this.forward();
        return true;
      case 'save-files':
        if (this.saves) void this.save();
        return true;
      case 'message-details':
        this.tell();
        return true;
      default:
        return false;
    }
  }
}

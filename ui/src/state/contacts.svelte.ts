/** Contacts by id with what belongs to each: sessions, notes, files and links. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import * as api from '../api/calls';
import { t } from '../i18n';
import { shownNumber } from '../i18n/phone';
import { isMissing, mergedInto, sentence } from './problem';
import { toasts } from './toasts.svelte';
import type {
  Contact,
  ContactChange,
  ContactFiles,
  ContactNote,
  NewContact,
  OptOutWish,
  Session,
} from './types';
import { undo } from './undo';

/** Notes come in parts of this many. */
const NOTES = 200;

class Contacts {
  known = new SvelteMap<string, Contact>();
  earlier = new SvelteMap<string, Session[]>();
  notes = new SvelteMap<string, ContactNote[]>();
  /** Contacts with more notes than are here. */
  olderNotes = new SvelteSet<string>();
  shared = new SvelteMap<string, ContactFiles>();
  /** Contacts that are not there any more. */
  gone = new SvelteSet<string>();
  /** Contacts that became part of another, and of whom. */
  became = new SvelteMap<string, string>();
  #failed = new Set<string>();

  async load(id: string): Promise<void> {
    // The two may have been taken apart since.
    this.became.delete(id);
    try {
      const [contact, sessions] = await Promise.all([
        api.contacts.get(id),
        api.contacts.sessions(id),
      ]);
      this.take(contact);
      this.earlier.set(id, sessions);
      this.#failed.delete(id);
      if (this.notes.has(id)) await this.loadNotes(id);
    } catch (error) {
      const into = mergedInto(error);
      if (into) this.became.set(id, into);
      if (into || isMissing(error)) this.#forget(id);
      // The card then shows what the session itself says.
      else this.#failed.add(id);
    }
  }

  /** Asks for who was not asked for yet; who is gone is not asked for again and again. */
  async know(id: string): Promise<void> {
    if (!this.known.has(id) && !this.gone.has(id)) await this.load(id);
  }

  /** Says of whom the contact that was looked at became part. */
  async tellMoved(into: string): Promise<void> {
    await this.know(into);
    const contact = this.known.get(into);
    if (contact)
      toasts.show({ title: t('merge.moved', { name: nameOf(contact) }), about: 'moved' });
  }

  async loadNotes(id: string): Promise<void> {
    try {
      const notes = await api.contacts.notes(id);
      this.notes.set(id, notes);
      if (notes.length < NOTES) this.olderNotes.delete(id);
      else this.olderNotes.add(id);
    } catch (error) {
      if (!isMissing(error) && !mergedInto(error)) this.#failed.add(id);
    }
  }

  /** The notes before those that are here. */
  async loadOlderNotes(id: string): Promise<void> {
    const here = this.notes.get(id) ?? [];
    try {
      const older = await api.contacts.notes(id, here.at(-1)?.id);
      this.notes.set(id, [...here, ...older]);
      if (older.length < NOTES) this.olderNotes.delete(id);
    } catch (error) {
      toasts.bad(t('contacts.notes_failed'), sentence(error));
    }
  }

  /** Answers whether files and links could be asked for. */
  async loadShared(id: string): Promise<boolean> {
    try {
      this.shared.set(id, await api.contacts.files(id));
      return true;
    } catch (error) {
      toasts.bad(t('contacts.shared_failed'), sentence(error));
      return false;
    }
  }

  take(contact: Contact): void {
    this.gone.delete(contact.id);
    this.became.delete(contact.id);
    this.known.set(contact.id, contact);
  }

  #forget(id: string): void {
    this.known.delete(id);
    this.earlier.delete(id);
    this.notes.delete(id);
    this.olderNotes.delete(id);
    this.shared.delete(id);
    this.#failed.delete(id);
    this.gone.add(id);
  }

  /** The line is back: what could not be loaded is asked for again. */
  again(): void {
    for (const id of this.#failed) void this.load(id);
  }

  changed(id: string): void {
    if (this.known.has(id)) void this.load(id);
    else if (this.became.delete(id)) this.gone.delete(id);
  }

  async add(contact: NewContact): Promise<Contact> {
    const added = await api.contacts.add(contact);
    this.take(added);
    return added;
  }

  /** Writes a card; throws what was refused. */
  async save(id: string, change: ContactChange): Promise<void> {
    this.take(await api.contacts.change(id, change));
  }

  async change(id: string, change: ContactChange): Promise<boolean> {
    try {
      await this.save(id, change);
      return true;
    } catch (error) {
      toasts.bad(t('contact.save_failed'), sentence(error));
      return false;
    }
  }

  async remove(id: string): Promise<void> {
    await api.contacts.remove(id);
    this.#forget(id);
  }

  /** `move`: the number is another contact's, and comes here with its sessions. */
  async addNumber(id: string, phone: string, move: boolean, remark?: string): Promise<void> {
    this.take(await api.contacts.addAddress(id, { phone, move, remark }));
    if (move) await this.load(id);
  }

  /** Brings an address from whoever has it, with its sessions. */
  async takeAddress(id: string, identity_id: string): Promise<void> {
    this.take(await api.contacts.addAddress(id, { identity_id, move: true }));
    await this.load(id);
  }

  async nameNumber(id: string, identity: string, remark: string): Promise<void> {
    try {
      this.take(await api.contacts.changeAddress(id, identity, { remark }));
    } catch (error) {
      toasts.bad(t('contact.save_failed'), sentence(error));
    }
  }

  async dropNumber(id: string, identity: string): Promise<void> {
    try {
      await api.contacts.dropNumber(id, identity);
      await this.load(id);
    } catch (error) {
      toasts.bad(t('contact.number_kept'), sentence(error));
    }
  }

  async block(id: string, reason: string): Promise<void> {
    const contact = await api.contacts.block(id, reason);
    this.take(contact);
    undo.offer(t('contacts.blocked_done', { name: nameOf(contact) }), () => this.unblock(id), {
      label: t('contacts.unblock'),
      about: `blocked-${id}`,
    });
    await this.load(id);
  }

  /** Tells by itself what became of it. */
  async unblock(id: string): Promise<false> {
    try {
      const contact = await api.contacts.unblock(id);
      this.take(contact);
      undo.settle(`blocked-${id}`);
      toasts.good(t('contacts.unblocked_done', { name: nameOf(contact) }));
      await this.load(id);
    } catch (error) {
      toasts.bad(t('contacts.unblock_failed'), sentence(error));
    }
    return false;
  }

  async optOut(id: string, wish: OptOutWish): Promise<void> {
    this.take(await api.contacts.optOut(id, wish));
  }

  async liftOptOut(id: string, wish: OptOutWish): Promise<void> {
    this.take(await api.contacts.liftOptOut(id, wish));
  }

  async addNote(id: string, text: string): Promise<void> {
    await api.contacts.addNote(id, text);
    await this.loadNotes(id);
  }

  async changeNote(id: string, note: string, text: string): Promise<void> {
    await api.contacts.changeNote(id, note, text);
    await this.loadNotes(id);
  }

  /** Deletes a note; for a moment its text can be put back. */
  async dropNote(note: ContactNote): Promise<void> {
    try {
      await api.contacts.dropNote(note.contact_id, note.id);
      await this.loadNotes(note.contact_id);
      const back = () => this.addNote(note.contact_id, note.text).then(() => true, noteFailed);
      undo.offer(t('contacts.note_deleted'), back, { label: t('contacts.put_back') });
    } catch (error) {
      noteFailed(error);
    }
  }

  async search(q: string): Promise<Contact[]> {
    return (await api.contacts.list({ q })).contacts;
  }

  clear(): void {
    this.known.clear();
    this.earlier.clear();
    this.notes.clear();
    this.olderNotes.clear();
    this.shared.clear();
    this.gone.clear();
    this.became.clear();
    this.#failed.clear();
  }
}

function noteFailed(error: unknown): false {
  toasts.bad(t('contacts.note_failed'), sentence(error));
  return false;
}

/** What a contact is called: the name, else a number. */
export function nameOf(contact: Contact): string {
  if (contact.name) return contact.name;
  const address = contact.identities[0]?.address;
  return address ? shownNumber(address) : t('contacts.nameless');
}

export const contacts = new Contacts();

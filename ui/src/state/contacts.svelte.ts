/** Contacts by id, their earlier sessions, and a search for the palette. */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { t } from '../i18n';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Contact, ContactChange, Session } from './types';

class Contacts {
  known = new SvelteMap<string, Contact>();
  earlier = new SvelteMap<string, Session[]>();
  #failed = new Set<string>();

  async load(id: string): Promise<void> {
    try {
      const [contact, sessions] = await Promise.all([
        api.contacts.get(id),
        api.contacts.sessions(id),
      ]);
      this.known.set(id, contact);
      this.earlier.set(id, sessions);
      this.#failed.delete(id);
    } catch {
      // The card then shows what the session itself says.
      this.#failed.add(id);
    }
  }

  /** The line is back: what could not be loaded is asked for again. */
  again(): void {
    for (const id of this.#failed) void this.load(id);
  }

  changed(id: string): void {
    if (this.known.has(id)) void this.load(id);
  }

  async change(id: string, change: ContactChange): Promise<boolean> {
    try {
      this.known.set(id, await api.contacts.change(id, change));
      return true;
    } catch (error) {
      toasts.bad(t('contact.save_failed'), sentence(error));
      return false;
    }
  }

  /** `move`: the number is another contact's, and comes here with its sessions. */
  async addNumber(id: string, phone: string, move: boolean): Promise<void> {
    this.known.set(id, await api.contacts.addNumber(id, { phone, move }));
    if (move) await this.load(id);
  }

  async dropNumber(id: string, identity: string): Promise<void> {
    try {
      await api.contacts.dropNumber(id, identity);
      await this.load(id);
    } catch (error) {
      toasts.bad(t('contact.number_kept'), sentence(error));
    }
  }

  async search(q: string): Promise<Contact[]> {
    return (await api.contacts.list(q)).contacts;
  }

  clear(): void {
    this.known.clear();
    this.earlier.clear();
    this.#failed.clear();
  }
}

export const contacts = new Contacts();

/** Contacts that become one, and two again: what is asked for, and what became of it. */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/merging';
import { t } from '../i18n';
import { contacts, nameOf } from './contacts.svelte';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Contact, ContactMerge, Lookalike, MergePreview, UnmergePreview } from './types';
import { undo } from './undo';

class Merging {
  /** Who stays in the merge that is asked for, and who becomes part of them. */
  kept = $state<string | null>(null);
  other = $state<string | null>(null);
  /** The merge that is to be taken apart. */
  apart = $state<string | null>(null);
  history = new SvelteMap<string, ContactMerge[]>();
  alike = new SvelteMap<string, Lookalike[]>();

  /** Asks with whom to merge, or shows what a merge would make of two. */
  ask(kept: string, other: string | null = null): void {
    this.kept = kept;
    this.other = other;
  }

  askApart(merge: string): void {
    this.apart = merge;
  }

  close(): void {
    this.kept = null;
    this.other = null;
    this.apart = null;
  }

  /** What a contact's page shows of it; what cannot be asked for is left out. */
  async load(id: string): Promise<void> {
    try {
      const [history, alike] = await Promise.all([api.list(id), api.lookalikes(id)]);
      this.history.set(id, history);
      this.alike.set(id, alike);
    } catch {
      this.history.delete(id);
      this.alike.delete(id);
    }
  }

  preview(kept: string, other: string, take: string[]): Promise<MergePreview> {
    return api.preview(kept, { other_id: other, take });
  }

  previewApart(merge: string): Promise<UnmergePreview> {
    return api.apart(merge);
  }

  /** Merges; for ten seconds it can be taken back from where it is told. */
  async merge(kept: string, other: Contact, take: string[]): Promise<void> {
    const { contact, merge } = await api.merge(kept, { other_id: other.id, take });
    contacts.take(contact);
    const title = t('merge.done', { name: nameOf(contact), other: nameOf(other) });
    undo.offer(title, () => this.undo(merge.id), { about: 'merged' });
    await Promise.all([contacts.load(kept), this.load(kept)]);
  }

  /** Takes a merge apart; throws what was refused. */
  async takeApart(merge: string): Promise<void> {
    const { kept, other } = await api.undo(merge);
    contacts.take(other);
    contacts.take(kept);
    undo.settle('merged');
    toasts.good(t('merge.undone', { name: nameOf(kept), other: nameOf(other) }));
    await Promise.all([contacts.load(kept.id), this.load(kept.id)]);
  }

  /** Tells by itself what became of it. */
  async undo(merge: string): Promise<false> {
    try {
      await this.takeApart(merge);
    } catch (error) {
      toasts.bad(t('merge.undo_failed'), sentence(error));
    }
    return false;
  }

  /** Remembers that two are not the same person. */
  async notTheSame(id: string, other: Contact): Promise<void> {
    try {
      await api.distinct(id, other.id);
      await this.load(id);
      const title = t('merge.not_same_done', { name: nameOf(other) });
      undo.offer(title, () => this.#perhapsTheSame(id, other.id));
    } catch (error) {
      toasts.bad(t('merge.not_same_failed'), sentence(error));
    }
  }

  async #perhapsTheSame(id: string, other: string): Promise<boolean> {
    try {
      await api.notDistinct(id, other);
      await this.load(id);
      return true;
    } catch (error) {
      toasts.bad(t('merge.not_same_failed'), sentence(error));
      return false;
    }
  }

  clear(): void {
    this.close();
    this.history.clear();
    this.alike.clear();
  }
}

/** Facts that both have, and not the same: somebody has to choose. Pure. */
export function conflicts(kept: Contact, other: Contact): string[] {
  return facts(kept, other).filter((name) => {
    const [one, two] = [fact(kept, name), fact(other, name)];
    return one !== '' && two !== '' && one !== two;
  });
}

/** Facts that at least one of them has. */
export function facts(...all: Contact[]): string[] {
  const fields = all.flatMap((one) => Object.keys(one.values)).map((id) => `values.${id}`);
  return [...new Set([...CARD, ...fields])].filter((name) =>
    all.some((one) => fact(one, name) !== ''),
  );
}

const CARD = ['name', 'company', 'email', 'language', 'time_zone', 'remarks'] as const;

export function fact(contact: Contact, name: string): string {
  if (name.startsWith('values.')) return contact.values[name.slice('values.'.length)] ?? '';
  return CARD.find((one) => one === name) ? contact[name as (typeof CARD)[number]] : '';
}

/** The same choices when the other one stays instead. */
export function swapped(kept: Contact, other: Contact, take: string[]): string[] {
  return conflicts(kept, other).filter((name) => !take.includes(name));
}

export const merging = new Merging();

/** Custom fields of contacts: what there is, and what administrators do to them. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { dayWords } from '../i18n/zones';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type {
  Contact,
  ContactField,
  ContactFieldChange,
  ContactFieldKind,
  NewContactField,
} from './types';

export const KINDS = [
  'text',
  'number',
  'date',
  'choice',
  'yes_no',
  'link',
] as const satisfies readonly ContactFieldKind[];

class ContactFields {
  list = $state.raw<ContactField[]>([]);
  loaded = $state(false);

  async load(): Promise<void> {
    this.list = await api.contactFields.list();
    this.loaded = true;
  }

  /** Asks once; without an answer there are none to show. */
  async know(): Promise<void> {
    if (!this.loaded) await this.load().catch(() => undefined);
  }

  /** What stands in the fields of a contact, in their order. */
  of(contact: Contact | undefined): { field: ContactField; value: string }[] {
    return this.list
      .map((field) => ({ field, value: contact?.values[field.id] ?? '' }))
      .filter((one) => one.value !== '');
  }

  /** The desk's settings changed. */
  stir(): void {
    if (this.loaded) void this.load().catch(() => undefined);
  }

  async save(id: string | null, field: NewContactField): Promise<void> {
    if (id) {
      const { name, choices = [] } = field;
      await api.contactFields.change(id, { name, choices });
    } else await api.contactFields.add(field);
    await this.load();
  }

  async move(id: string, position: number): Promise<void> {
    const change: ContactFieldChange = { position };
    try {
      await api.contactFields.change(id, change);
      await this.load();
    } catch (error) {
      toasts.bad(t('fields.move_failed'), sentence(error));
    }
  }

  async remove(id: string): Promise<void> {
    await api.contactFields.remove(id);
    await this.load();
  }
}

/** A value as people read it. */
export function fieldWords({ kind }: ContactField, value: string): string {
  if (kind === 'date') return dayWords(value);
  if (kind === 'yes_no') return value === 'yes' ? t('contacts.yes') : t('contacts.no');
  return value;
}

export const contactFields = new ContactFields();

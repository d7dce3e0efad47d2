/** A contact as a form: what was typed, what is saved, what was refused. */
import { t } from '../i18n';
import { contacts, nameOf } from './contacts.svelte';
import { Submission } from './submission.svelte';
import type { Contact, ContactField } from './types';

const NAMES = ['name', 'company', 'email', 'remarks', 'language', 'time_zone'] as const;
type Name = (typeof NAMES)[number];

export class ContactForm {
  typed = $state<Record<Name, string>>({
    name: '',
    company: '',
    email: '',
    remarks: '',
    language: '',
    time_zone: '',
  });
  values = $state<Record<string, string>>({});
  /** Of a new contact. */
  phone = $state('');
  /** Who has the number that was typed. */
  theirs = $state.raw<Contact | null>(null);
  readonly sending: Submission;
  #saved: string;

  /** `prefill`: what was sought and not found becomes the name or the number of the new one. */
  constructor(
    private readonly contact: Contact | null,
    private readonly fields: readonly ContactField[],
    prefill = '',
  ) {
    this.sending = new Submission([
      ...NAMES,
      'phone',
      ...fields.map((field) => `values.${field.id}`),
    ]);
    this.revert();
    this.#saved = this.#picture();
    if (/^[+\d\s()./-]+$/.test(prefill)) this.phone = prefill;
    else if (prefill) this.typed.name = prefill;
  }

  get dirty(): boolean {
    return this.#picture() !== this.#saved;
  }

  #picture(): string {
    return JSON.stringify([this.typed, this.values, this.phone]);
  }

  revert(): void {
    for (const name of NAMES) this.typed[name] = this.contact?.[name] ?? '';
    for (const field of this.fields) this.values[field.id] = this.contact?.values[field.id] ?? '';
    this.phone = '';
    this.sending.clear();
  }

  /** Answers the contact once it is saved. */
  async save(): Promise<string | null> {
    if (!this.typed.name.trim() && this.#mustBeNamed()) {
      this.sending.refuses({ name: t('contacts.name_missing') });
      return null;
    }
    const email = this.typed.email.trim();
    if (email && !/^[^\s@]+@[^\s@]+$/.test(email)) {
      this.sending.refuses({ email: t('contacts.email_wrong') });
      return null;
    }
    this.theirs = null;
    let id = this.contact?.id ?? '';
    const card = { ...this.typed, values: { ...this.values } };
    const taken = await this.sending.run(async () => {
      if (this.contact) await contacts.save(id, card);
      else id = (await contacts.add({ ...card, phone: this.phone.trim() })).id;
    });
    if (!taken) {
      if (this.sending.wrong.phone) await this.#whose();
      return null;
    }
    this.#saved = this.#picture();
    return id;
  }

  /** The refusal does not say whose number it is: the book does. */
  async #whose(): Promise<void> {
    const digits = this.phone.replace(/\D/g, '').replace(/^00/, '').replace(/^0/, '');
    if (digits.length < 4) return;
    const found = await contacts.search(this.phone.trim()).catch(() => []);
    const has = (contact: Contact) =>
      contact.identities.some((one) => one.address.replace(/\D/g, '').endsWith(digits));
    this.theirs = found.find(has) ?? null;
    if (this.theirs) {
      this.sending.wrong = { phone: t('contacts.phone_theirs', { name: nameOf(this.theirs) }) };
    }
  }

  /** Who wrote by themselves may stay without a name. */
  #mustBeNamed(): boolean {
    return this.contact === null || this.contact.name !== '';
  }
}

/** Facts of a card as people read them. */
import { t } from '../../../i18n';
import { languageName, zoneName } from '../../../i18n/zones';
import { contactFields, fieldWords } from '../../../state/contact-fields.svelte';

const NAMES = {
  name: 'contact.name',
  company: 'contact.company',
  email: 'contact.email',
  remarks: 'contact.remarks',
  language: 'contacts.language',
  time_zone: 'contacts.time_zone',
} as const;

function field(name: string) {
  return contactFields.list.find((one) => `values.${one.id}` === name);
}

/** What a fact is called; empty when its field is not there any more. */
export function factName(name: string): string {
  if (name in NAMES) return t(NAMES[name as keyof typeof NAMES]);
  return field(name)?.name ?? '';
}

/** What it says. */
export function factWords(name: string, value: string): string {
  if (name === 'language') return languageName(value);
  if (name === 'time_zone') return zoneName(value);
  const custom = field(name);
  return custom ? fieldWords(custom, value) : value;
}

/** Contacts as a file for the person who asked. */
import * as api from '../api/calls';
import type { BookQuery } from './address-book.svelte';
import { saveFile } from './save-file';
import type { ContactFileKind } from './types';

export async function saveContacts(
  format: ContactFileKind,
  query: Partial<BookQuery>,
): Promise<void> {
  const blob = await api.contactFiles.write(format, query);
  const name = format === 'csv' ? 'contacts.csv' : 'contacts.vcf';
  saveFile(new File([blob], name, { type: blob.type }));
}

/** Pure: what can become of the columns of a table, as choices, and back. */
import type { ColumnUse, ContactField, ImportDraft, ImportTarget } from './types';

export const TARGETS = [
  'skip',
  'name',
  'first_name',
  'middle_name',
  'last_name',
  'company',
  'email',
  'number',
  'number_remark',
  'labels',
  'language',
  'time_zone',
  'remarks',
] as const satisfies readonly ImportTarget[];

/** What a choice is called: a fact, or `field:` and the id of a custom field. */
export function choiceOf(use: ColumnUse): string {
  return use.to === 'field' ? `field:${use.field_id ?? ''}` : use.to;
}

/** The use that a choice means for a column of this name. */
export function useOf(choice: string, heading: string, before: ColumnUse): ColumnUse {
  const field = choice.startsWith('field:') ? choice.slice('field:'.length) : null;
  const to = (field === null ? choice : 'field') as ImportTarget;
  return {
    to,
    remark: to === 'number' ? before.remark : '',
    field_id: field,
    name: to === 'new_field' ? heading.slice(0, 60).trim() : '',
  };
}

/** The custom fields that a column may go to; those of others are taken once at most. */
export function fieldsFor(fields: readonly ContactField[], uses: readonly ColumnUse[], at: number) {
  const taken = uses.filter((_, other) => other !== at).map((use) => use.field_id);
  return fields.filter((field) => !taken.includes(field.id));
}

/** What stands in a column, of the rows that are shown. */
export function samples(draft: ImportDraft, at: number): string[] {
  return draft.preview.map((row) => row[at] ?? '').filter((cell) => cell !== '');
}

/** A list as CSV that no spreadsheet calculates. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

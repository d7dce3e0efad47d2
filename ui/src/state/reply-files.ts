/** Pure: quick replies as a file, and files as quick replies. JSON keeps all; CSV is for tables. */
import type { QuickReply, QuickReplyEntry } from './types';

const COLUMNS = ['name', 'shortcut', 'folder', 'body'] as const;

/** What leaves: ids of channels, queues and files mean nothing at another desk. */
type Kept = Pick<QuickReplyEntry, 'name' | 'shortcut' | 'folder' | 'body' | 'bodies' | 'after'>;

function kept(reply: QuickReply): Kept {
  const { name, shortcut, folder, body, bodies, after } = reply;
  return { name, shortcut, folder, body, bodies, after };
}

export function toJson(replies: readonly QuickReply[]): string {
  return `${JSON.stringify({ quick_replies: replies.map(kept) }, null, 2)}\n`;
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function toCsv(replies: readonly QuickReply[]): string {
  const lines = replies.map((reply) => COLUMNS.map((name) => cell(reply[name])).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Rows of cells; commas, semicolons or tabs between them, as spreadsheets write them. */
export function csvRows(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const first = source.split(/\r?\n/, 1)[0] ?? '';
  const between = [',', ';', '\t'].find((sign) => first.includes(sign)) ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (source[at + 1] === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && value === '') quoted = true;
    else if (letter === between) {
      row.push(value);
      value = '';
    } else if (letter === '\n') {
      row.push(value.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      value = '';
    } else value += letter;
  }
  if (value !== '' || row.length > 0) rows.push([...row, value]);
  return rows.filter((cells) => cells.some((one) => one.trim() !== ''));
}

type Where = Pick<QuickReplyEntry, 'visible' | 'queue_id'>;
export type Read = { entries: QuickReplyEntry[] } | { problem: 'unreadable' | 'no_name' | 'empty' };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function entry(from: Record<string, unknown>, where: Where): QuickReplyEntry {
  const bodies = Array.isArray(from.bodies) ? (from.bodies as Record<string, unknown>[]) : [];
  const after = from.after === 'archive' || from.after === 'end' ? from.after : null;
  return {
    name: text(from.name).trim(),
    shortcut: text(from.shortcut).trim(),
    folder: text(from.folder).trim(),
    body: text(from.body),
    bodies: bodies.map((one) => ({ language: text(one.language), body: text(one.body) })),
    after,
    ...where,
  };
}

function fromJson(source: string): Record<string, unknown>[] | null {
  try {
    const parsed = JSON.parse(source) as { quick_replies?: unknown } | unknown[];
    const list = Array.isArray(parsed) ? parsed : parsed.quick_replies;
    return Array.isArray(list) ? (list as Record<string, unknown>[]) : null;
  } catch {
    return null;
  }
}

function fromCsv(source: string): Record<string, unknown>[] | null {
  const [head, ...rows] = csvRows(source);
  const names = (head ?? []).map((name) => name.trim().toLowerCase());
  if (!names.includes('name') || !names.includes('body')) return null;
  return rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])));
}

/** What a file brings. The first line of a table names its columns; `name` and `body` are needed. */
export function readFile(source: string, where: Where): Read {
  const json = /^\s*[[{]/.test(source);
  const found = json ? fromJson(source) : fromCsv(source);
  if (!found) return { problem: 'unreadable' };
  const entries = found.map((one) => entry(one, where));
  if (entries.length === 0) return { problem: 'empty' };
  if (entries.some((one) => !one.name)) return { problem: 'no_name' };
  return { entries };
}

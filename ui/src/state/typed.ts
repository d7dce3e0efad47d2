/**
 * Pure: filters as people type them, `channel:"Shop" is:unread owner:me label:vip
 * before:2026-11-01 has:file words`, there and back, and what the box proposes while they do.
 */
import { tidy, type Filter } from './filter';

export interface Named {
  id: string;
  name: string;
}

/** What names stand for. */
export interface Names {
  channels: readonly Named[];
  queues: readonly Named[];
  labels: readonly Named[];
  people: readonly Named[];
}

export const FIELDS = [
  'is',
  'label',
  'owner',
  'queue',
  'channel',
  'status',
  'has',
  'last',
  'after',
  'before',
] as const;
export type Field = (typeof FIELDS)[number];

/** A word, or a field with its value; `open` while the quotation mark at its end is missing. */
export interface Token {
  field: Field | null;
  value: string;
  text: string;
  open: boolean;
}

const TOKEN = /(\p{L}+):(?=\s|$)|(?:(\p{L}+):)?(?:"([^"]*)("?)|(\S+))/gu;

function isField(word: string | undefined): word is Field {
  return word !== undefined && (FIELDS as readonly string[]).includes(word);
}

export function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const [whole, alone, key, quoted, end, bare = ''] = match;
    const field = (key ?? alone)?.toLowerCase();
    const open = quoted !== undefined && end === '';
    if (!isField(field))
      return { field: null, value: whole.replaceAll('"', ''), text: whole, open };
    return { field, value: quoted ?? bare, text: whole, open };
  });
}

function found(list: readonly Named[], name: string): string | null {
  const wanted = name.toLowerCase();
  return list.find((one) => one.name.toLowerCase() === wanted)?.id ?? null;
}

/** The first moment of a day, `2026-11-01`. */
export function dayOf(text: string): number | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

export function dayText(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const STATUS: Record<string, Filter['status']> = {
  open: 'open',
  ended: 'closed',
  closed: 'closed',
};
const LAST: Record<string, Filter['direction']> = { customer: 'in', us: 'out' };
const IS: Record<string, Filter> = {
  unread: { unread: true },
  unanswered: { unanswered: true },
  open: { status: 'open' },
  ended: { status: 'closed' },
};

/** What a field with its value narrows a list to; `null` when the value means nothing. */
export function meaning(field: Field, value: string, names: Names): Filter | null {
  const word = value.toLowerCase();
  const named = (key: 'channel' | 'queue', list: readonly Named[]): Filter | null => {
    const id = found(list, value);
    return id ? { [key]: id } : null;
  };
  switch (field) {
    case 'is':
      return IS[word] ?? null;
    case 'has':
      return word === 'file' ? { has_file: true } : null;
    case 'status':
      return STATUS[word] ? { status: STATUS[word] } : null;
    case 'last':
      return LAST[word] ? { direction: LAST[word] } : null;
    case 'channel':
      return named('channel', names.channels);
    case 'queue':
      return named('queue', names.queues);
    case 'label': {
      const id = found(names.labels, value);
      return id ? { labels: [id] } : null;
    }
    case 'owner': {
      const id = word === 'me' || word === 'none' ? word : found(names.people, value);
      return id ? { owner: id } : null;
    }
    case 'after':
    case 'before': {
      const day = dayOf(value);
      return day === null ? null : { [field]: day };
    }
  }
}

/** Both at once; labels add up, of anything else the later one counts. */
export function combined(a: Filter, b: Filter): Filter {
  const labels = [...(a.labels ?? []), ...(b.labels ?? [])];
  return tidy({ ...a, ...b, labels });
}

/** Reads what was typed. What means nothing is looked for as words. */
export function parsed(text: string, names: Names): Filter {
  let filter: Filter = {};
  const words: string[] = [];
  for (const token of tokens(text)) {
    const meant = token.field && meaning(token.field, token.value, names);
    if (meant) filter = combined(filter, meant);
    else if (token.value || !token.field) words.push(token.field ? token.text : token.value);
  }
  return tidy({ ...filter, q: words.join(' ') });
}

function quoted(name: string): string {
  return /\s/.test(name) ? `"${name.replaceAll('"', '')}"` : name;
}

/** One piece of a filter: a field, its value as it is typed, and the filter without it. */
export interface Piece {
  field: Field;
  value: string;
  without: Filter;
}

function nameIn(list: readonly Named[], id: string): string {
  return list.find((one) => one.id === id)?.name ?? '';
}

/** A filter in pieces; a name is empty when what had it is gone. Words are no piece. */
export function pieces(filter: Filter, names: Names): Piece[] {
  const { labels = [], ...rest } = tidy(filter);
  const out: Piece[] = [];
  const add = (field: Field, value: string, change: Filter) =>
    out.push({ field, value, without: tidy({ ...filter, ...change }) });
  if (rest.unread) add('is', 'unread', { unread: false });
  if (rest.unanswered) add('is', 'unanswered', { unanswered: false });
  for (const id of labels) {
    add('label', nameIn(names.labels, id), { labels: labels.filter((one) => one !== id) });
  }
  if (rest.owner) {
    const known = rest.owner === 'me' || rest.owner === 'none';
    add('owner', known ? rest.owner : nameIn(names.people, rest.owner), { owner: null });
  }
  if (rest.queue) add('queue', nameIn(names.queues, rest.queue), { queue: null });
  if (rest.channel) add('channel', nameIn(names.channels, rest.channel), { channel: null });
  if (rest.status) add('status', rest.status === 'open' ? 'open' : 'ended', { status: null });
  if (rest.has_file) add('has', 'file', { has_file: false });
  if (rest.direction) add('last', rest.direction === 'in' ? 'customer' : 'us', { direction: null });
  if (rest.after != null) add('after', dayText(rest.after), { after: null });
  if (rest.before != null) add('before', dayText(rest.before), { before: null });
  return out;
}

/** A filter as it would be typed. */
export function written(filter: Filter, names: Names): string {
  const typed = pieces(filter, names)
    .filter((piece) => piece.value !== '')
    .map((piece) => `${piece.field}:${quoted(piece.value)}`);
  return [...typed, filter.q ?? ''].filter(Boolean).join(' ');
}

/** What the end of the text can become. */
export interface Proposal {
  field: Field;
  /** The value; `null` proposes the field itself. */
  value: string | null;
  /** The whole text with it. */
  text: string;
}

function values(field: Field, names: Names, now: number): string[] {
  const named = (list: readonly Named[]) => list.map((one) => one.name);
  switch (field) {
    case 'is':
      return ['unread', 'unanswered'];
    case 'has':
      return ['file'];
    case 'status':
      return ['open', 'ended'];
    case 'last':
      return ['customer', 'us'];
    case 'label':
      return named(names.labels);
    case 'queue':
      return named(names.queues);
    case 'channel':
      return named(names.channels);
    case 'owner':
      return ['me', 'none', ...named(names.people)];
    case 'after':
    case 'before':
      return [0, 1, 7, 30].map((days) => {
        const day = new Date(now);
        return dayText(day.setDate(day.getDate() - days));
      });
  }
}

/** Proposals for the last token of what is typed so far; nothing after a space. */
export function proposals(text: string, names: Names, now: number): Proposal[] {
  const last = tokens(text).at(-1);
  if (!last || (!last.open && /\s$/.test(text))) return [];
  const before = text.slice(0, text.length - last.text.length);
  const wanted = last.value.toLowerCase();
  const { field } = last;
  if (!field) {
    return FIELDS.filter((one) => one.startsWith(wanted)).map((one) => ({
      field: one,
      value: null,
      text: `${before}${one}:`,
    }));
  }
  return values(field, names, now)
    .filter((value) => value.toLowerCase().includes(wanted))
    .slice(0, 12)
    .map((value) => ({ field, value, text: `${before}${field}:${quoted(value)} ` }));
}

/** Every field, for who opens the box with nothing in it. */
export function fields(text: string): Proposal[] {
  const before = text && !/\s$/.test(text) ? `${text} ` : text;
  return FIELDS.map((field) => ({ field, value: null, text: `${before}${field}:` }));
}

/**
 * Pure: what a list of sessions is narrowed to. As it is kept, as it stands in an address, as it
 * is asked for, and whether a session fits it.
 */
import type { Session, SessionFilter, SessionSort } from './types';

export type Filter = SessionFilter;
export type Sort = SessionSort;

const SORTS: readonly string[] = ['newest', 'oldest', 'waiting'] satisfies Sort[];

/** A filter without what says nothing, so that two of the same meaning look the same. */
export function tidy(filter: Filter): Filter {
  const out: Filter = {};
  const q = filter.q?.trim();
  if (q) out.q = q;
  if (filter.channel) out.channel = filter.channel;
  if (filter.queue) out.queue = filter.queue;
  if (filter.owner) out.owner = filter.owner;
  if (filter.labels?.length) out.labels = [...new Set(filter.labels)];
  if (filter.status) out.status = filter.status;
  if (filter.unread) out.unread = true;
  if (filter.unanswered) out.unanswered = true;
  if (filter.has_file) out.has_file = true;
  if (filter.before != null) out.before = filter.before;
  if (filter.after != null) out.after = filter.after;
  if (filter.direction) out.direction = filter.direction;
  return out;
}

export function isEmpty(filter: Filter): boolean {
  return Object.keys(tidy(filter)).length === 0;
}

export function same(a: Filter, b: Filter): boolean {
  const sorted = (filter: Filter) => {
    const { labels, ...rest } = tidy(filter);
    return JSON.stringify({ ...rest, labels: [...(labels ?? [])].sort() });
  };
  return sorted(a) === sorted(b);
}

function yes(value: boolean | undefined): string | null {
  return value ? '1' : null;
}

/** What stands behind the `?` of an address. */
export function addressed(filter: Filter, sort: Sort | null = null): Record<string, string | null> {
  const { q, channel, queue, owner, labels, status, before, after, direction } = tidy(filter);
  return {
    q: q ?? null,
    channel: channel ?? null,
    queue: queue ?? null,
    owner: owner ?? null,
    label: labels?.join(',') ?? null,
    status: status ?? null,
    unread: yes(filter.unread),
    unanswered: yes(filter.unanswered),
    file: yes(filter.has_file),
    before: before != null ? String(before) : null,
    after: after != null ? String(after) : null,
    last: direction ?? null,
    sort,
  };
}

function time(text: string | null): number | null {
  const value = Number(text);
  return text && Number.isSafeInteger(value) ? value : null;
}

/** Reads an address; what does not fit says nothing. */
export function readFilter(read: (name: string) => string | null): Filter {
  const status = read('status');
  const last = read('last');
  return tidy({
    q: read('q') ?? '',
    channel: read('channel'),
    queue: read('queue'),
    owner: read('owner'),
    labels: (read('label') ?? '').split(',').filter(Boolean),
    status: status === 'open' || status === 'closed' ? status : null,
    unread: read('unread') === '1',
    unanswered: read('unanswered') === '1',
    has_file: read('file') === '1',
    before: time(read('before')),
    after: time(read('after')),
    direction: last === 'in' || last === 'out' ? last : null,
  });
}

export function readSort(read: (name: string) => string | null): Sort | null {
  const sort = read('sort');
  return sort !== null && SORTS.includes(sort) ? (sort as Sort) : null;
}

/** The same as the core is asked for it. */
export function asked(filter: Filter, sort: Sort | null) {
  const { labels, ...rest } = tidy(filter);
  return { ...rest, label: labels?.join(',') ?? null, sort };
}

/** Whether a session fits, as far as a client can tell; what it cannot tell it leaves to the core. */
export function fits(session: Session, filter: Filter, me: string): boolean {
  const { channel, queue, owner, labels = [], status, before, after, direction } = filter;
  return (
    (!channel || session.channel_id === channel) &&
    (!queue || session.queue_id === queue) &&
    (!owner || ownedBy(session, owner, me)) &&
    labels.every((label) => session.labels.includes(label)) &&
    (!status || session.status === status) &&
    (!filter.unread || session.unread > 0 || session.marked_unread) &&
    (!filter.unanswered || session.waiting_since != null) &&
    (before == null || session.last_message_at < before) &&
    (after == null || session.last_message_at >= after) &&
    (!direction || session.preview_direction === direction)
  );
}

function ownedBy(session: Session, owner: string, me: string): boolean {
  if (owner === 'none') return session.owner_id == null;
  return session.owner_id === (owner === 'me' ? me : owner);
}

/** Pure: turns messages into the rows of a thread. */
import { startOfDay } from '../i18n/time';
import type { Pending } from './outbox.svelte';
import type { PastSession } from './past.svelte';
import type { Message, Session } from './types';

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'events'; key: string; events: Message[] }
  | { kind: 'message'; key: string; message: Message; first: boolean; past?: Session }
  | { kind: 'note'; key: string; message: Message; past?: Session }
  /** Here a session begins; `before`: the one that ended. */
  | { kind: 'session'; key: string; session: Session; before: Session | null }
  /** An earlier session that is not here yet. */
  | { kind: 'earlier'; key: string; session: Session }
  | { kind: 'pending'; key: string; pending: Pending }
  | { kind: 'scheduled'; key: string; message: Message };

/** Puts newer versions in place of older ones, in the order of arrival. */
export function merged(list: readonly Message[], fresh: readonly Message[]): Message[] {
  const byId = new Map(list.map((message) => [message.id, message]));
  for (const message of fresh) {
    const old = byId.get(message.id);
    if (!old || old.updated_at <= message.updated_at) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** The first message from the customer that was not seen, when `unread` of them are new. */
export function firstUnread(messages: readonly Message[], unread: number): number | null {
  let left = unread;
  if (left <= 0) return null;
  let first: number | null = null;
  for (let at = messages.length - 1; at >= 0 && left > 0; at -= 1) {
    const message = messages[at];
    if (message?.direction !== 'in') continue;
    first = message.seq;
    left -= 1;
  }
  return first;
}

function sameSpeaker(a: Message | null, b: Message): boolean {
  return (
    a !== null &&
    a.kind === 'message' &&
    a.direction === b.direction &&
    a.author_id === b.author_id &&
    b.at - a.at < 5 * 60_000
  );
}

/**
 * Rows in order: a divider per day, events next to each other folded into one row, the line
 * before the first unread message, what is still on its way, and at the end what waits for its
 * time.
 */
export function rows(
  messages: readonly Message[],
  pending: readonly Pending[],
  unreadFrom: number | null,
  scheduled: readonly Message[] = [],
): Row[] {
  const out: Row[] = [];
  const taken = new Set<string>();
  let day = 0;
  let before: Message | null = null;
  for (const message of messages) {
    if (message.client_key) taken.add(message.client_key);
    const today = startOfDay(message.at);
    if (today > day) {
      out.push({ kind: 'day', key: `day-${today}`, at: message.at });
      day = today;
      before = null;
    }
    if (message.seq === unreadFrom) {
      out.push({ kind: 'unread', key: 'unread' });
      before = null;
    }
    const last = out[out.length - 1];
    if (message.kind === 'event') {
      if (last?.kind === 'events') last.events.push(message);
      else out.push({ kind: 'events', key: `events-${message.id}`, events: [message] });
    } else if (message.kind === 'note') {
      out.push({ kind: 'note', key: message.client_key ?? message.id, message });
    } else {
      const first = !sameSpeaker(before, message);
      out.push({ kind: 'message', key: message.client_key ?? message.id, message, first });
    }
    before = message;
  }
  // One that has just left stands in the thread already.
  const left = new Set(messages.map((message) => message.id));
  const waiting = scheduled.filter((message) => !left.has(message.id));
  for (const message of waiting) if (message.client_key) taken.add(message.client_key);
  for (const item of pending) {
    if (!taken.has(item.client_key)) {
      out.push({ kind: 'pending', key: item.client_key, pending: item });
    }
  }
  for (const message of waiting) {
    out.push({ kind: 'scheduled', key: message.client_key ?? message.id, message });
  }
  return out;
}

/**
 * The rows of earlier sessions in front of those of this one: each begins with a line of its own.
 * `next` is the one that is not here yet.
 */
export function continued(
  past: readonly PastSession[],
  next: Session | null,
  session: Session | null,
  current: Row[],
): Row[] {
  const oldest = past[0];
  const waits = next && !oldest?.more;
  if (!session || (!oldest && !waits)) return current;
  const out: Row[] = [];
  if (waits) out.push({ kind: 'earlier', key: `earlier-${next.id}`, session: next });
  let before: Session | null = waits ? next : null;
  for (const { session: one, messages, more } of past) {
    if (!more) out.push({ kind: 'session', key: `session-${one.id}`, session: one, before });
    for (const row of rows(messages, [], null)) out.push(ofPast(row, one));
    before = one;
  }
  out.push({ kind: 'session', key: `session-${session.id}`, session, before });
  return [...out, ...current];
}

/** A row of an earlier session: nothing of it is done any more. */
function ofPast(row: Row, session: Session): Row {
  const key = `${session.id}-${row.key}`;
  return row.kind === 'message' || row.kind === 'note'
    ? { ...row, key, past: session }
    : { ...row, key };
}

/** Pure: which sessions a list shows and in which order. */
import type { Sort } from './filter';
import type { Folder, Session } from './types';

/** Whether a session belongs to a folder, as far as a client can tell. */
export function belongs(session: Session, folder: Folder, me: string, myQueues: string[]): boolean {
  const open = session.status === 'open';
  const mine = session.owner_id === me;
  const queued = session.owner_id == null && session.queue_id != null;
  const waits = queued && myQueues.includes(session.queue_id ?? '');
  const listed = !session.archived && !session.snoozed;
  // What a campaign began is apart until the customer answers, and who is blocked in nobody's way.
  const ordinary = !session.blocked && (session.campaign_id == null || session.messages_in > 0);
  switch (folder) {
    case 'recent':
      return open && listed && ordinary && (mine || waits);
    case 'mine':
      return open && listed && ordinary && mine;
    case 'unowned':
      return open && !session.snoozed && ordinary && waits;
    case 'mentions':
      return session.mention != null;
    case 'snoozed':
      return open && session.snoozed && (mine || waits);
    case 'archived':
      return session.archived || !open;
    case 'all':
      return open;
    case 'attention':
      return session.failed > 0;
    case 'campaign':
      return open && !session.archived && session.campaign_id != null && (mine || waits);
  }
}

/** The order that was chosen, or the folder's own. */
export function sortOf(folder: Folder, chosen: Sort | null): Sort {
  return chosen ?? (folder === 'unowned' ? 'waiting' : 'newest');
}

/** The order of a folder by itself: larger comes first. */
function newest(session: Session, folder: Folder): number {
  switch (folder) {
    // Among mentions the newest mention.
    case 'mentions':
      return session.mention?.at ?? 0;
    // What wakes next comes first; what waits for the customer last.
    case 'snoozed':
      return -(session.snoozed_until ?? 1e13);
    // What woke by its time is at the top, as if somebody had just written.
    case 'recent':
    case 'mine':
      return Math.max(session.last_message_at, session.woken_at ?? 0);
    default:
      return session.last_message_at;
  }
}

/** Larger comes first, as in the core: who does not wait comes after everyone who does. */
function key(session: Session, folder: Folder, sort: Sort): number {
  switch (sort) {
    case 'newest':
      return newest(session, folder);
    case 'oldest':
      return -session.last_message_at;
    case 'waiting':
      return session.waiting_since != null
        ? -session.waiting_since
        : session.last_message_at - 1e13;
  }
}

export function inOrder(sessions: Session[], folder: Folder, chosen: Sort | null): Session[] {
  const sort = sortOf(folder, chosen);
  return [...sessions].sort(
    (a, b) =>
      key(b, folder, sort) - key(a, folder, sort) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}

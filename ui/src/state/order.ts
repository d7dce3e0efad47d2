/** Pure: which sessions a list shows and in which order. */
import type { Sort } from './filter';
import type { Folder, Session } from './types';

/** Whether a session belongs to a folder, as far as a client can tell. */
export function belongs(session: Session, folder: Folder, me: string, myQueues: string[]): boolean {
  const open = session.status === 'open';
  const mine = session.owner_id === me;
  const queued = session.owner_id == null && session.queue_id != null;
  const waits = queued && myQueues.includes(session.queue_id ?? '');
  // What a campaign began is apart until the customer answers.
  const ordinary = session.campaign_id == null || session.messages_in > 0;
  switch (folder) {
    case 'recent':
      return open && !session.archived && ordinary && (mine || waits);
    case 'mine':
      return open && !session.archived && ordinary && mine;
    case 'unowned':
      return open && ordinary && waits;
    case 'mentions':
      return session.mention != null;
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

/** Larger comes first, as in the core: who does not wait comes after everyone who does. */
function key(session: Session, folder: Folder, sort: Sort): number {
  switch (sort) {
    case 'newest':
      // Among mentions the newest mention.
      return folder === 'mentions' ? (session.mention?.at ?? 0) : session.last_message_at;
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

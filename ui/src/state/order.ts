/** Pure: which sessions a list shows and in which order. */
import type { Folder, Session } from './types';

export type Sieve = 'newest' | 'unread' | 'waiting';

/** Whether a session belongs to a folder, as far as a client can tell. */
export function belongs(session: Session, folder: Folder, me: string, myQueues: string[]): boolean {
  const open = session.status === 'open';
  const mine = session.owner_id === me;
  const queued = session.owner_id == null && session.queue_id != null;
  const waits = queued && myQueues.includes(session.queue_id ?? '');
  switch (folder) {
    case 'recent':
      return open && !session.archived && (mine || waits);
    case 'mine':
      return open && !session.archived && mine;
    case 'unowned':
      return open && waits;
    case 'mentions':
      return session.mention != null;
    case 'archived':
      return session.archived || !open;
    case 'all':
      return open;
    case 'attention':
      return session.failed > 0;
  }
}

/** The folder's own order: newest first; among those that wait, the oldest first. */
export function inOrder(sessions: Session[], folder: Folder): Session[] {
  const list = [...sessions];
  if (folder === 'unowned') {
    return list.sort(
      (a, b) =>
        (a.waiting_since ?? a.last_message_at) - (b.waiting_since ?? b.last_message_at) ||
        a.id.localeCompare(b.id),
    );
  }
  if (folder === 'mentions') {
    return list.sort(
      (a, b) => (b.mention?.at ?? 0) - (a.mention?.at ?? 0) || b.id.localeCompare(a.id),
    );
  }
  return list.sort((a, b) => b.last_message_at - a.last_message_at || b.id.localeCompare(a.id));
}

/** The chips above the list. */
export function sieved(sessions: Session[], sieve: Sieve): Session[] {
  if (sieve === 'unread') return sessions.filter((session) => session.unread > 0);
  if (sieve === 'waiting') {
    return sessions
      .filter((session) => session.waiting_since != null)
      .sort((a, b) => (a.waiting_since ?? 0) - (b.waiting_since ?? 0));
  }
  return sessions;
}

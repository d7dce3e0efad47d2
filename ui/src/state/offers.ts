/** Pure: what can be done with one session or many. Menus, bars, keys and the palette ask here. */
import type { Session } from './types';

export type Verb =
  | 'pick-up'
  | 'take-over'
  | 'reply'
  | 'note'
  | 'call'
  | 'transfer'
  | 'snooze'
  | 'wake'
  | 'read'
  | 'unread'
  | 'mute'
  | 'unmute'
  | 'archive'
  | 'unarchive'
  | 'label'
  | 'add-to-contacts'
  | 'contact'
  | 'details'
  | 'find'
  | 'copy-link'
  | 'download'
  | 'end'
  | 'remove';

export interface Offer {
  verb: Verb;
  danger?: boolean;
  /** Who has it, where it is theirs to do: shown, and refused with that. */
  owner?: string;
}

/** In the order of menus. */
export const ORDER: readonly Verb[] = [
  'pick-up',
  'take-over',
  'reply',
  'note',
  'call',
  'transfer',
  'snooze',
  'wake',
  'read',
  'unread',
  'mute',
  'unmute',
  'archive',
  'unarchive',
  'label',
  'add-to-contacts',
  'contact',
  'details',
  'find',
  'copy-link',
  'download',
  'end',
  'remove',
];
/** What is done to one at a time. */
export const SINGLE: readonly Verb[] = [
  'take-over',
  'reply',
  'note',
  'call',
  'add-to-contacts',
  'contact',
  'details',
  'find',
  'copy-link',
  'download',
];

function isUnread(session: Session): boolean {
  return session.unread > 0 || session.marked_unread;
}

/** Whether it stands in the asker's own lists. */
function listed(session: Session): boolean {
  return session.status === 'open' && session.permits.answer;
}

export function allows(session: Session, verb: Verb): boolean {
  const { permits } = session;
  const open = session.status === 'open';
  switch (verb) {
    case 'pick-up':
      return permits.pick_up;
    case 'take-over':
      return permits.take_over;
    case 'transfer':
      return permits.transfer;
    case 'end':
      return permits.end;
    case 'snooze':
      return listed(session) && !session.snoozed;
    case 'wake':
      return open && session.snoozed;
    case 'archive':
      return listed(session) && !session.archived;
    case 'unarchive':
      return open && session.archived;
    case 'mute':
      return listed(session) && !session.muted;
    case 'unmute':
      return session.muted;
    case 'read':
      return isUnread(session);
    case 'unread':
      return listed(session) && !isUnread(session);
    case 'remove':
      return listed(session) || !open;
    case 'reply':
      return open && permits.answer;
    case 'call':
      return permits.answer && session.address.startsWith('+');
    case 'note':
    case 'label':
      return permits.note;
    case 'add-to-contacts':
    case 'contact':
    case 'details':
    case 'find':
    case 'copy-link':
    case 'download':
      return true;
  }
}

/**
 * What applies to them, in the order of menus. What does not is left out; only the end of a
 * session that somebody else has is shown, and says whose it is.
 */
export function offers(sessions: readonly Session[]): Offer[] {
  const one = sessions.length === 1 ? sessions[0] : undefined;
  return ORDER.flatMap((verb): Offer[] => {
    if (!one && SINGLE.includes(verb)) return [];
    const offer = { verb, danger: verb === 'remove' };
    if (sessions.some((session) => allows(session, verb))) return [offer];
    const others = verb === 'end' && one?.status === 'open' ? one.owner_name : null;
    return others ? [{ ...offer, owner: others }] : [];
  });
}

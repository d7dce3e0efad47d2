/** What can be done with sessions, as the entries of a menu: for rows, the header, bars, phones. */
import { t, type Key } from '../../i18n';
import type { IconName } from '../../kit/icons';
import { acts } from '../../state/acts.svelte';
import { callable } from '../../state/calling.svelte';
import { keymap, type ActionId } from '../../state/keymap.svelte';
import { me } from '../../state/me.svelte';
import { allows, offers, type Offer, type Verb } from '../../state/offers';
import type { Session } from '../../state/types';

const ICONS: Record<Verb, IconName> = {
  'pick-up': 'inbox',
  'take-over': 'swap',
  reply: 'send',
  note: 'edit',
  call: 'call',
  transfer: 'transfer',
  snooze: 'clock',
  wake: 'bell',
  read: 'tick',
  unread: 'spark',
  mute: 'mute',
  unmute: 'sound',
  archive: 'archive',
  unarchive: 'unarchive',
  label: 'label',
  'add-to-contacts': 'people',
  contact: 'person',
  details: 'details',
  find: 'search',
  'copy-link': 'copy',
  download: 'download',
  end: 'close',
  remove: 'trash',
};

/** The action of the keymap that does it. */
export const KEYS: Record<Verb, ActionId> = {
  'pick-up': 'pick-up',
  'take-over': 'take-over',
  reply: 'reply',
  note: 'note',
  call: 'call',
  transfer: 'transfer',
  snooze: 'snooze',
  wake: 'snooze',
  read: 'unread',
  unread: 'unread',
  mute: 'mute',
  unmute: 'mute',
  archive: 'archive',
  unarchive: 'archive',
  label: 'label',
  'add-to-contacts': 'add-to-contacts',
  contact: 'open-contact',
  details: 'details',
  find: 'find',
  'copy-link': 'copy-link',
  download: 'download',
  end: 'end',
  remove: 'remove',
};

const LABELS = {
  'pick-up': 'verb.pick-up',
  'take-over': 'verb.take-over',
  reply: 'key.reply',
  note: 'key.note',
  call: 'call.call',
  transfer: 'verb.transfer',
  snooze: 'verb.snooze',
  wake: 'verb.wake',
  read: 'verb.read',
  unread: 'verb.unread',
  mute: 'verb.mute',
  unmute: 'verb.unmute',
  archive: 'verb.archive',
  unarchive: 'verb.unarchive',
  label: 'labels.act',
  'add-to-contacts': 'contacts.add_title',
  contact: 'contacts.open',
  details: 'details.label',
  find: 'key.find',
  'copy-link': 'verb.copy-link',
  download: 'verb.download',
  end: 'verb.end',
  remove: 'verb.remove',
} as const satisfies Record<Verb, Key>;

export interface Entry extends Offer {
  id: Verb;
  icon: IconName;
  label: string;
  /** The key that does the same, as it is written. */
  keys: string;
  /** Why it cannot be done. */
  reason: string;
  act: () => void;
}

/** Entries for one session or many; what does not apply to some of them is done to the others. */
export function entries(sessions: readonly Session[]): Entry[] {
  const apply = (offer: Offer) => offer.verb !== 'call' || sessions.every(callable);
  return offers(sessions).filter(apply).map((offer) => ({
    ...offer,
    id: offer.verb,
    icon: ICONS[offer.verb],
    label: t(LABELS[offer.verb]),
    keys: keymap.shown(KEYS[offer.verb]),
    reason: reason(offer),
    act: () => void perform(offer.verb, sessions),
  }));
}

function reason({ verb, owner }: Offer): string {
  if (verb === 'call' && !me.mayCall) return t('call.not_allowed');
  return owner ? t('verb.owned', { name: owner }) : '';
}

export function perform(verb: Verb, sessions: readonly Session[]): Promise<boolean> {
  const ids = sessions.filter((session) => allows(session, verb)).map((session) => session.id);
  return acts.run(verb, ids);
}

/** A key that stands for two: the second is meant when the first applies to none of them. */
export function performEither(first: Verb, second: Verb, sessions: readonly Session[]): void {
  const any = sessions.some((session) => allows(session, first));
  void perform(any ? first : second, sessions);
}

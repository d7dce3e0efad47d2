/** What can be done with sessions, as the entries of a menu: for rows, the header, bars, phones. */
import { t } from '../../i18n';
import type { IconName } from '../../kit/icons';
import { acts } from '../../state/acts.svelte';
import { keymap, type ActionId } from '../../state/keymap.svelte';
import { allows, offers, type Offer, type Verb } from '../../state/offers';
import type { Session } from '../../state/types';

const ICONS: Record<Verb, IconName> = {
  'pick-up': 'inbox',
  'take-over': 'swap',
  transfer: 'transfer',
  snooze: 'clock',
  wake: 'bell',
  read: 'tick',
  unread: 'unread',
  mute: 'mute',
  unmute: 'sound',
  archive: 'archive',
  unarchive: 'unarchive',
  'copy-link': 'copy',
  download: 'download',
  end: 'close',
  remove: 'trash',
};

const KEYS: Record<Verb, ActionId> = {
  'pick-up': 'pick-up',
  'take-over': 'take-over',
  transfer: 'transfer',
  snooze: 'snooze',
  wake: 'snooze',
  read: 'unread',
  unread: 'unread',
  mute: 'mute',
  unmute: 'mute',
  archive: 'archive',
  unarchive: 'archive',
  'copy-link': 'copy-link',
  download: 'download',
  end: 'end',
  remove: 'remove',
};

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
  return offers(sessions).map((offer) => ({
    ...offer,
    id: offer.verb,
    icon: ICONS[offer.verb],
    label: t(`verb.${offer.verb}`),
    keys: keymap.shown(KEYS[offer.verb]),
    reason: offer.owner ? t('verb.owned', { name: offer.owner }) : '',
    act: () => void perform(offer.verb, sessions),
  }));
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

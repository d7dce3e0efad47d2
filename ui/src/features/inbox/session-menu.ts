/** What can be done with sessions, as the entries of a menu: for rows, the header, bars, phones. */
import { t, type Key } from '../../i18n';
import type { IconName } from '../../kit/icons';
import { acts } from '../../state/acts.svelte';
import { callable } from '../../state/calling.svelte';
import { keymap, type ActionId } from '../../state/keymap.svelte';
import { me } from '../../state/me.svelte';
import { panels } from '../../state/panels.svelte';
import { allows, offers, SINGLE, type Offer, type Verb } from '../../state/offers';
import { sessions } from '../../state/sessions.svelte';
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
  unread: 'unread',
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
  unread: 'unread',
  read: 'unread',
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

export interface Entry<Id = Verb> {
  id: Id;
  danger?: boolean;
  icon: IconName;
  label: string;
  /** The key that does the same, as it is written. */
  keys: string;
  /** Why it cannot be done. */
  reason: string;
  act: () => void;
}

/** Entries for one session or many; what does not apply to some of them is done to the others. */
export function entries(about: readonly Session[]): Entry[] {
  const apply = (offer: Offer) => offer.verb !== 'call' || about.every(callable);
  return offers(about)
    .filter(apply)
    .map((offer) => ({
      ...offer,
      id: offer.verb,
      icon: ICONS[offer.verb],
      label: t(LABELS[offer.verb]),
      keys: keymap.shown(KEYS[offer.verb]),
      reason: reason(offer),
      act: () => void perform(offer.verb, about),
    }));
}

/**
 * Blocking whom a session is with: agents block whom no colleague is writing with, and the desk has
 * the last word.
 */
export function blocking(about: readonly Session[]): Entry<'block'>[] {
  const [one, ...more] = about;
  if (!one || more.length > 0 || one.blocked) return [];
  if (!me.maySupervise && !one.permits.answer) return [];
  const act = () => panels.about('block', [one.contact_id]);
  return [{ id: 'block', icon: 'block', label: t('contacts.block'), keys: '', reason: '', act }];
}

function reason({ verb, owner }: Offer): string {
  if (verb === 'call' && !me.mayCall) return t('call.not_allowed');
  return owner ? t('verb.owned', { name: owner }) : '';
}

export function perform(verb: Verb, about: readonly Session[]): Promise<boolean> {
  const ids = about.filter((session) => allows(session, verb)).map((session) => session.id);
  return acts.run(verb, ids);
}

/**
 * What the keys do: to the chosen rows or the session on the screen. Of two that share a key the
 * second is meant when the first applies to none of them.
 */
export function bindings(): Partial<Record<ActionId, () => void>> {
  const verbs = Object.keys(KEYS) as Verb[];
  return Object.fromEntries(
    [...new Set(Object.values(KEYS))].map((action) => {
      const own = verbs.filter((verb) => KEYS[verb] === action);
      return [action, () => performFirst(own)];
    }),
  );
}

function performFirst(verbs: readonly Verb[]): void {
  const { current } = sessions;
  const single = verbs.some((verb) => SINGLE.includes(verb)) && current !== null;
  const meant = single ? [current] : acts.meant;
  const verb = verbs.find((one) => meant.some((session) => allows(session, one)));
  if (verb) void perform(verb, meant);
}

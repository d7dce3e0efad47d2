/** The names that filters are typed with, and the pieces of a filter in words. */
import { t, type Key } from '../i18n';
import { longDay } from '../i18n/time';
import { labels } from './labels.svelte';
import { channels, people, queues } from './nouns.svelte';
import { dayOf, pieces, type Names, type Piece } from './typed';
import type { Filter } from './filter';

export function names(): Names {
  return {
    channels: channels.list,
    queues: queues.list,
    labels: labels.list,
    people: people.list,
  };
}

const FIXED: Record<string, Key> = {
  'is:unread': 'filter.unread',
  'is:unanswered': 'filter.unanswered',
  'owner:me': 'filter.owner_me',
  'owner:none': 'filter.owner_none',
  'status:open': 'filter.open',
  'status:ended': 'filter.ended',
  'has:file': 'filter.has_file',
  'last:customer': 'filter.last_customer',
  'last:us': 'filter.last_us',
};

/** One piece in words: "Label: VIP", "Unread", "Since 1 November". */
export function worded({ field, value }: Pick<Piece, 'field' | 'value'>, now: number): string {
  const fixed = FIXED[`${field}:${value}`];
  // Those that are fixed have no places.
  if (fixed) return t(fixed as 'filter.unread');
  const day = field === 'after' || field === 'before' ? dayOf(value) : null;
  const name = day === null ? value || t('filter.gone') : longDay(day, now);
  switch (field) {
    case 'label':
      return t('filter.label', { name });
    case 'owner':
      return t('filter.owner', { name });
    case 'queue':
      return t('filter.queue', { name });
    case 'channel':
      return t('filter.channel', { name });
    case 'after':
      return t('filter.after', { name });
    case 'before':
      return t('filter.before', { name });
    case 'is':
    case 'status':
    case 'has':
    case 'last':
      return name;
  }
}

/** A whole filter in words, for an empty list. */
export function filterWords(filter: Filter, now: number): string {
  const said = pieces(filter, names()).map((piece) => worded(piece, now));
  return [...said, filter.q ? t('filter.words', { q: filter.q }) : ''].filter(Boolean).join(' · ');
}

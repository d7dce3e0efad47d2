/** Pure: which actions a typed word means, the likeliest first. */
import { t } from '../i18n';

/** Other words for an action, by its name. */
const WORDS = {
  undo: 'find.undo',
  presence: 'find.presence',
  new: 'find.new',
  out: 'find.out',
  'do-block': 'find.block',
  'do-transfer': 'find.transfer',
  'do-snooze': 'find.snooze',
  'do-end': 'find.end',
  'do-archive': 'find.archive',
} as const;
/** So many are shown before any person. */
export const FIRST = 5;

interface Named {
  id: string;
  label: string;
}

/** 3: its name begins so; 2: a word of it, or another word for it; 1: it stands inside; 0: no. */
export function likeness({ id, label }: Named, wanted: string): number {
  const name = label.toLowerCase();
  if (name.startsWith(wanted)) return 3;
  const key = id in WORDS ? WORDS[id as keyof typeof WORDS] : null;
  const words = `${name} ${key ? t(key) : ''}`.toLowerCase().split(/[\s,…]+/);
  if (words.some((word) => word.startsWith(wanted))) return 2;
  return name.includes(wanted) ? 1 : 0;
}

/** Those that begin so come before people, the rest behind them. */
export function byLikeness<T extends Named>(actions: readonly T[], wanted: string): [T[], T[]] {
  const fits = actions
    .map((action) => ({ action, fit: likeness(action, wanted) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  const first = fits.filter(({ fit }) => fit > 1).slice(0, FIRST);
  const rest = fits.filter((one) => !first.includes(one));
  return [first.map(({ action }) => action), rest.map(({ action }) => action)];
}

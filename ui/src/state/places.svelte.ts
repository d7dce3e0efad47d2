/** What Ctrl+1…9 and G then 1…9 lead to: three folders, then the saved views in their order. */
import { t } from '../i18n';
import { address } from './route.svelte';
import { views } from './views.svelte';

const FOLDERS = ['recent', 'mine', 'unowned'] as const;
const KEYS = 9;

export interface NumberedPlace {
  /** A folder, or the id of a view. */
  id: string;
  name: string;
  href: string;
}

export function numberedPlaces(): NumberedPlace[] {
  const folders = FOLDERS.map((id) => ({
    id,
    name: t(`folder.${id}`),
    href: address(['inbox', id]),
  }));
  const saved = views.list.map((view) => ({
    id: view.id,
    name: view.name,
    href: views.href(view),
  }));
  return [...folders, ...saved].slice(0, KEYS);
}

/** Goes to the place with this number, from 1. */
export function goTo(number: number): void {
  const place = numberedPlaces()[number - 1];
  if (place) location.hash = place.href;
}

/** The key that leads there, or nothing. */
export function shortcutOf(id: string): string {
  const at = numberedPlaces().findIndex((place) => place.id === id);
  return at < 0 ? '' : `Ctrl+${at + 1}`;
}

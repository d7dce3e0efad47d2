/** What Ctrl+1…9 and G then 1…9 lead to: three folders, then the saved views in their order. */
import { t } from '../i18n';
import { keymap, PLACES } from './keymap.svelte';
import { address } from './route.svelte';
import { views } from './views.svelte';

const FOLDERS = ['recent', 'mine', 'unowned'] as const;

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
  return [...folders, ...saved].slice(0, PLACES.length);
}

/** Goes to the place with this number, from 1. */
export function goTo(number: number): void {
  const place = numberedPlaces()[number - 1];
  if (place) location.hash = place.href;
}

/** The key that leads there, or nothing. */
export function shortcutOf(id: string): string {
  const at = numberedPlaces().findIndex((place) => place.id === id);
  const place = PLACES[at];
  return place ? keymap.shown(`place-${place}`) : '';
}

/** The pages of the settings that somebody has, in their order. */
import { me } from './me.svelte';

const ADMINISTER = [
  'overview',
  'channels',
  'queues',
  'people',
  'contacts',
  'hours',
  'business',
  'network',
] as const;
const OWN = ['calling', 'notifications', 'keyboard', 'appearance', 'account', 'about'] as const;

export type SettingsPage =
  (typeof ADMINISTER)[number] | 'labels' | 'replies' | (typeof OWN)[number];

export function settingsPages(): SettingsPage[] {
  return [
    ...(me.mayAdminister ? ADMINISTER : []),
    ...(me.maySupervise ? (['labels'] as const) : []),
    'replies',
    ...OWN,
  ];
}

/** Whether it is about the office, and not about oneself. */
export function isOfOffice(page: SettingsPage): boolean {
  return !(OWN as readonly SettingsPage[]).includes(page);
}

/** The pages of the settings that somebody has, in their order. */
import { me } from './me.svelte';

const ADMINISTER = [
  'channels',
  'queues',
  'people',
  'contacts',
  'hours',
  'business',
  'network',
] as const;
const OWN = [
  'replies',
  'calling',
  'notifications',
  'keyboard',
  'appearance',
  'account',
  'about',
] as const;

export type SettingsPage = (typeof ADMINISTER)[number] | 'labels' | (typeof OWN)[number];

export function settingsPages(): SettingsPage[] {
  return [
    ...(me.mayAdminister ? ADMINISTER : []),
    ...(me.maySupervise ? (['labels'] as const) : []),
    ...OWN,
  ];
}

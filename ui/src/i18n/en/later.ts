/** Texts of what the first page does without: they come with the parts that show them. */
import { channels } from './channels';
import { chat } from './chat';
import { hours } from './hours';
import { settings } from './settings';

export const later = {
  ...channels,
  ...chat,
  ...hours,
  ...settings,
} as const;

/** Texts of what the first page does without: they come with the parts that show them. */
import { channels } from './channels';
import { chat } from './chat';
import { hours } from './hours';
import { settings } from './settings';
import { voices } from './voices';

export const later = {
  ...channels,
  ...chat,
  ...hours,
  ...settings,
  ...voices,
} as const;

/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'deed.reply': 'Répondre',
  'deed.snooze': 'Reporter de 20 min',
  'deed.ask_pick_up': 'Prendre en charge la conversation avec {name} ?',
  'deed.ask_snooze': 'Reporter la conversation avec {name} ?',
  'deed.ask_text': 'Un lien le demande. N’acceptez que si vous le vouliez.',
  'deed.yes_pick_up': 'Prendre en charge',
  'deed.yes_snooze': 'Reporter de 20 min',
  'deed.failed': 'Ce que demandait la notification n’a pas été fait',
};

/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': 'Passer de la réponse à la note',
  'key.place': 'Dossier ou vue {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Maj',
  'key.delete': 'Suppr',
  'keyboard.character':
    '{keys} écrit un caractère. Pendant la rédaction, utilisez-la avec Ctrl ou Alt.',
  'shortcuts.more': 'Toujours les mêmes',
};

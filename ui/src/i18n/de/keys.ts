/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': 'Zwischen Antwort und Notiz wechseln',
  'key.place': 'Ordner oder Ansicht {number}',
  'key.ctrl': 'Strg',
  'key.shift': 'Umschalt',
  'key.delete': 'Entf',
  'keyboard.character':
    '{keys} schreibt ein Zeichen. Verwenden Sie es beim Schreiben zusammen mit Strg oder Alt.',
  'shortcuts.more': 'Immer gleich',
};

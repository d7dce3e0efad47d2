/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': 'Cambiar entre respuesta y nota',
  'key.place': 'Carpeta o vista {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Mayús',
  'key.delete': 'Supr',
  'keyboard.character': '{keys} escribe un carácter. Mientras escribes, úsala con Ctrl o Alt.',
  'shortcuts.more': 'Siempre igual',
};

/** Keys: names of actions, and what is said while they are changed. */
import type { Translation } from '../text';
import type { keys as english } from '../en/keys';

export const keys: Translation<typeof english> = {
  'key.reply-or-note': 'Alternar entre resposta e nota',
  'key.place': 'Pasta ou visualização {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Shift',
  'key.delete': 'Del',
  'keyboard.character': '{keys} escreve um caractere. Ao escrever, use-a com Ctrl ou Alt.',
  'shortcuts.more': 'Sempre as mesmas',
};

/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': 'annuler défaire',
  'find.presence': 'absent disponible statut pause déjeuner',
  'find.new': 'commencer écrire message',
  'find.out': 'déconnexion quitter',
  'find.block': 'bloquer spam',
  'find.transfer': 'transmettre assigner passer',
  'find.snooze': 'plus tard rappel reporter',
  'find.end': 'fermer finir résoudre',
  'find.archive': 'fait ranger',
  'deed.reply': 'Répondre',
  'deed.snooze': 'Reporter de 20 min',
  'deed.ask_pick_up': 'Prendre en charge la conversation avec {name} ?',
  'deed.ask_snooze': 'Reporter la conversation avec {name} ?',
  'deed.ask_text': 'Un lien le demande. N’acceptez que si vous le vouliez.',
  'deed.yes_pick_up': 'Prendre en charge',
  'deed.yes_snooze': 'Reporter de 20 min',
  'deed.failed': 'Ce que demandait la notification n’a pas été fait',
};

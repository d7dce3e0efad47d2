/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    one: '{count} message attend pour plus tard : il ne sera pas envoyé.',
    other: '{count} messages attendent pour plus tard : ils ne seront pas envoyés.',
  },
  'labels.many': {
    one: 'Étiqueter {count} conversation',
    other: 'Étiqueter {count} conversations',
  },
  'transfer.follow': 'Je continue à suivre',
  'transfer.follow_hint': 'Vous voyez la suite et pouvez écrire des notes, mais pas répondre.',
  'story.follows': '{name} continue à suivre',
  'whole.all': 'Tout afficher',
  'whole.older': 'Afficher les plus anciens',
  'whole.links': 'Liens',
  'whole.failed': 'Impossible de charger ce qui précède',
  'contacts.notes_older': 'Afficher les notes plus anciennes',
  'contacts.notes_failed': 'Impossible de charger les notes plus anciennes',
  'past.new': 'Nouvelle conversation',
  'past.earlier': 'Conversation précédente',
  'past.silence': 'la précédente s’est terminée, car personne n’écrivait',
  'past.agent': 'la précédente a été terminée',
  'past.administrator': 'la précédente a été terminée par un administrateur',
};

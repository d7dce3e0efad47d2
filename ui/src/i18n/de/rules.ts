/** What rules say to people: what waits, who reads along, a session as a whole. */
import type { Translation } from '../text';
import type { rules as english } from '../en/rules';

export const rules: Translation<typeof english> = {
  'end.waiting': {
    one: '{count} Nachricht wartet auf später: Sie wird nicht gesendet.',
    other: '{count} Nachrichten warten auf später: Sie werden nicht gesendet.',
  },
  'labels.many': {
    one: 'Labels für {count} Gespräch',
    other: 'Labels für {count} Gespräche',
  },
  'transfer.follow': 'Ich lese weiter mit',
  'transfer.follow_hint':
    'Sie sehen, was geschieht, und können Notizen schreiben, aber nicht antworten.',
  'story.follows': '{name} liest weiter mit',
  'whole.all': 'Alle anzeigen',
  'whole.older': 'Ältere anzeigen',
  'whole.links': 'Links',
  'whole.failed': 'Das Frühere konnte nicht geladen werden',
  'contacts.notes_older': 'Ältere Notizen anzeigen',
  'contacts.notes_failed': 'Ältere Notizen konnten nicht geladen werden',
  'past.new': 'Neues Gespräch',
  'past.earlier': 'Früheres Gespräch',
  'past.silence': 'das davor endete, weil niemand schrieb',
  'past.agent': 'das davor wurde beendet',
  'past.administrator': 'das davor beendete ein Administrator',
};

/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'find.undo': 'undo rückgängig zurück',
  'find.presence': 'abwesend verfügbar status pause mittag',
  'find.new': 'beginnen schreiben nachricht',
  'find.out': 'abmelden ausloggen',
  'find.block': 'sperren blockieren spam',
  'find.transfer': 'weitergeben zuweisen übergeben',
  'find.snooze': 'später erinnern verschieben',
  'find.end': 'schließen fertig erledigt',
  'find.archive': 'erledigt ablegen',
  'deed.reply': 'Antworten',
  'deed.snooze': '20 Min. zurückstellen',
  'deed.ask_pick_up': 'Das Gespräch mit {name} annehmen?',
  'deed.ask_snooze': 'Das Gespräch mit {name} zurückstellen?',
  'deed.ask_text': 'Ein Link verlangt das. Bestätigen Sie nur, wenn Sie es wollten.',
  'deed.yes_pick_up': 'Annehmen',
  'deed.yes_snooze': '20 Min. zurückstellen',
  'deed.failed': 'Was die Benachrichtigung verlangte, wurde nicht getan',
};

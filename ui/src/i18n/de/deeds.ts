/** Buttons of notifications, and what a link asks for. */
import type { Translation } from '../text';
import type { deeds as english } from '../en/deeds';

export const deeds: Translation<typeof english> = {
  'deed.reply': 'Antworten',
  'deed.snooze': '20 Min. zurückstellen',
  'deed.ask_pick_up': 'Das Gespräch mit {name} annehmen?',
  'deed.ask_snooze': 'Das Gespräch mit {name} zurückstellen?',
  'deed.ask_text': 'Ein Link verlangt das. Bestätigen Sie nur, wenn Sie es wollten.',
  'deed.yes_pick_up': 'Annehmen',
  'deed.yes_snooze': '20 Min. zurückstellen',
  'deed.failed': 'Was die Benachrichtigung verlangte, wurde nicht getan',
};

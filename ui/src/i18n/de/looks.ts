/** How the window looks: what Appearance offers besides, and the status bar. */
import type { Translation } from '../text';
import type { looks as english } from '../en/looks';

export const looks: Translation<typeof english> = {
  'theme.contrast': 'Hoher Kontrast',
  'appearance.window': 'Fenster',
  'appearance.status': 'Statuszeile',
  'appearance.status_hint':
    'Eine schmale Zeile am unteren Rand: was auf den Versand wartet, was heute einging und wann sich auf jedem Kanal zuletzt ein Kunde gemeldet hat.',
  'status.label': 'Status',
  'status.waits': {
    one: '{count} Nachricht wartet auf den Versand',
    other: '{count} Nachrichten warten auf den Versand',
  },
  'status.clear': 'Nichts wartet auf den Versand',
  'status.today': {
    one: '{count} Nachricht heute eingegangen',
    other: '{count} Nachrichten heute eingegangen',
  },
  'status.last': '{channel}: zuletzt {time}',
  'status.never': '{channel}: noch nichts eingegangen',
  'select.short': '{count} ausgewählt',
  'thread.said': '{name}: {text}',
  'thread.said_many': {
    one: '{count} neue Nachricht von {name}',
    other: '{count} neue Nachrichten von {name}',
  },
  'list.width': 'Breite der Liste',
  'settings.overview': 'Überblick',
  'settings.office': 'Büro',
  'settings.mine': 'Für mich',
};

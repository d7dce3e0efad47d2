/** What every page shares: actions, times, problems, the rail, the palette, forms. */
import type { Translation } from '../text';
import type { shell as english } from '../en/shell';

export const shell: Translation<typeof english> = {
  'app.name': 'Deskbell',

  'device.name': '{program} auf {system}',

  'page.not_loaded': 'Diese Seite konnte nicht geladen werden.',

  'action.back': 'Zurück',
  'action.cancel': 'Abbrechen',
  'action.close': 'Schließen',
  'action.copied': 'Kopiert',
  'action.copy': 'Kopieren',
  'action.delete': 'Löschen',
  'action.details': 'Details',
  'action.discard': 'Verwerfen',
  'action.dismiss': 'Ausblenden',
  'action.download': 'Herunterladen',
  'action.edit': 'Bearbeiten',
  'action.more': 'Weitere Aktionen',
  'action.open': 'Öffnen',
  'action.retry': 'Wiederholen',
  'action.save': 'Speichern',
  'action.take_back': 'Zurücknehmen',
  'action.try_again': 'Erneut versuchen',

  'time.now': 'jetzt',
  'time.m': '{count} min',
  'time.h': '{count} h',
  'time.d': '{count} T',
  // Stands after “seit”, “vor” and “in” only: the dative.
  'time.moment': 'einem Moment',
  'time.minutes': { one: '{count} Minute', other: '{count} Minuten' },
  'time.hours': { one: '{count} Stunde', other: '{count} Stunden' },
  'time.days': { one: '{count} Tag', other: '{count} Tagen' },
  'time.today': 'Heute',
  'time.yesterday': 'Gestern',

  'problem.unknown': 'Hier ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.',
  'problem.line_down':
    'Das Büro antwortet nicht. Bitte versuchen Sie es in einem Moment noch einmal.',
  'problem.forbidden': 'Das dürfen Sie nicht. Ein Administrator kann Ihre Rolle ändern.',
  'problem.not_found': 'Das ist nicht mehr da.',
  'problem.locked_out': {
    one: 'Zu viele falsche Passwörter. Versuchen Sie es in {count} Sekunde noch einmal.',
    other: 'Zu viele falsche Passwörter. Versuchen Sie es in {count} Sekunden noch einmal.',
  },
  'problem.locked_out_long': 'Zu viele falsche Passwörter. Versuchen Sie es in {time} noch einmal.',

  'line.all_up': 'Alle Kanäle laufen',
  'line.settings': 'Einstellungen, Kanäle',
  'line.ask': 'Um die Kanäle kümmert sich ein Administrator.',
  'line.degraded': 'Bitte prüfen: {names}',
  'line.offline': 'Offline. Sie können weiterarbeiten.',
  'line.offline_waiting': {
    one: 'Offline. Sie können weiterarbeiten; {count} Nachricht wartet.',
    other: 'Offline. Sie können weiterarbeiten; {count} Nachrichten warten.',
  },

  'rail.label': 'Bereiche',
  'rail.inbox': 'Posteingang',
  'rail.settings': 'Einstellungen',
  'rail.demo': 'Demo-Kunde',
  'rail.me': '{name}, {presence}',

  'phone.me': 'Ich',

  'presence.available': 'Verfügbar',
  'presence.away': 'Abwesend',
  'presence.business_trip': 'Dienstreise',
  'presence.do_not_disturb': 'Nicht stören',
  'presence.lunch_break': 'Mittagspause',
  'presence.off_work': 'Feierabend',

  'me.presence_failed': 'Ihr Status wurde nicht geändert',

  sign_out: 'Abmelden',

  'palette.label': 'Gehe zu',
  'palette.placeholder': 'Personen, Gespräche, Aktionen, Einstellungen …',
  'palette.folder': 'Ordner',
  'palette.none': 'Nichts gefunden.',

  'shortcuts.title': 'Tastatur',
  'shortcuts.escape': 'Text verlassen, Bereiche schließen',
  'shortcuts.send': 'Senden',
  'shortcuts.newline': 'Neue Zeile',
  'shortcuts.send_next': 'Senden und zum nächsten',

  'form.optional': '{label} (optional)',
  'form.kept': 'Gespeichert. Zum Ersetzen tippen.',
  'form.odd': 'Das sieht nicht nach „{label}“ aus.',
  'form.right': 'Sieht nach „{label}“ aus',
  'form.show': 'Anzeigen',
  'form.hide': 'Verbergen',
  'form.unsaved': 'Noch nicht gespeichert',
  'form.revert': 'Änderungen verwerfen',
  'form.saved': 'Gespeichert',

  'leave.title': 'Ohne Speichern verlassen?',
  'leave.text': 'Ihre Änderungen hier sind noch nicht gespeichert.',
  'leave.stay': 'Bleiben',
  'leave.leave': 'Verlassen',

  'period.today': 'Heute',
  'period.week': '7 Tage',
  'period.month': '30 Tage',
  'period.custom': 'Eigener Zeitraum',
  'period.from': 'Von',
  'period.to': 'Bis',
};

/** Search over everything, and inside one conversation. */
import type { Translation } from '../text';
import type { search as english } from '../en/search';

export const search: Translation<typeof english> = {
  'search.title': 'Suche',
  'search.everything': 'Alles durchsuchen',
  'search.everything_for': 'Alles nach „{words}“ durchsuchen',
  'search.placeholder': 'Nachrichten, Personen, Nummern, Dateinamen',
  'search.results': 'Ergebnisse',
  'search.tabs': 'Wo gesucht wird',
  'search.tab.messages': 'Nachrichten',
  'search.tab.sessions': 'Gespräche',
  'search.tab.contacts': 'Kontakte',
  'search.tab.files': 'Dateien',
  'search.tab_count': '{tab} {count}',
  'search.more_than': '{count}+',

  'search.filters': 'Filter',
  'search.channel': 'Kanal',
  'search.any_channel': 'Alle Kanäle',
  'search.author': 'Geschrieben von',
  'search.any_author': 'Allen',
  'search.direction': 'Richtung',
  'search.any_direction': 'Beide Richtungen',
  'search.direction_in': 'Von Kunden',
  'search.direction_out': 'Von uns',
  'search.has_file': 'Mit Dateien',
  'search.after': 'Von',
  'search.before': 'Bis',
  'search.clear_filters': 'Filter zurücksetzen',

  'search.start': 'Finden Sie alles, was je geschrieben wurde',
  'search.start_hint':
    'Tippen Sie ein Wort, einen Namen, eine Nummer oder einen Teil davon. Wörter in „Anführungszeichen“ werden nur nebeneinander gefunden.',
  'search.looking': 'Wird gesucht …',
  'search.older': 'Ältere durchsuchen',
  'search.none': 'Nichts gefunden',
  'search.none_hint':
    'Versuchen Sie es mit weniger Buchstaben oder einem anderen Wort; Akzente und Großschreibung spielen keine Rolle.',
  'search.none_filtered': 'Mit diesen Filtern nichts gefunden',
  'search.none_here': 'Hier nichts gefunden',
  'search.elsewhere': { one: '{tab}: {count} Treffer', other: '{tab}: {count} Treffer' },
  'search.behind':
    'Ältere Nachrichten werden noch für die Suche vorbereitet: {percent} sind fertig.',

  'search.by_customer': '{name}, {time}',
  'search.by_user': '{name} an {customer}, {time}',
  'search.note_by': 'Notiz von {name} zu {customer}, {time}',
  'search.nameless': 'Noch ohne Namen',
  'search.open_hint': 'Enter öffnet es an dieser Stelle',
  'search.preview': 'Vorschau',
  'search.sessions_of': 'Gespräche dieses Kontakts zeigen',

  'search.saved': 'Gespeicherte Suchen',
  'search.save': 'Diese Suche speichern',
  'search.save_name': 'Name',
  'search.save_failed': 'Die Suche wurde nicht gespeichert.',
  'search.forget': 'Gespeicherte Suche {name} entfernen',
  'search.forget_failed': 'Die Suche wurde nicht entfernt.',

  'find.label': 'In diesem Verlauf suchen',
  'find.count': '{at} von {count}',
  'find.count_more': '{at} von mehr als {count}',
  'find.none': 'Nicht gefunden',
  'find.older': 'Ältere',
  'find.newer': 'Neuere',
  'find.close': 'Schließen',

  'thread.jump_failed': 'Die Nachricht konnte nicht angezeigt werden.',
  'thread.newer_failed': 'Neuere Nachrichten konnten nicht geladen werden.',
  'thread.to_newest': 'Zu den neuesten Nachrichten',
};

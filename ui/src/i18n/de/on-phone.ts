/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': 'Sie sind offline. Was Sie sehen, ist von {time}.',
  'offline.waiting': {
    one: '{count} Nachricht wartet und geht ab, sobald die Verbindung wieder da ist.',
    other: '{count} Nachrichten warten und gehen ab, sobald die Verbindung wieder da ist.',
  },
  'offline.not_kept':
    'Dieses Gespräch liegt nicht auf diesem Gerät. Es öffnet sich, sobald die Verbindung wieder da ist.',
  'pages.newer': 'Deskbell wurde aktualisiert',
  'pages.newer_text': 'Diese Seite kommt mit der neuen Version. Was Sie geschrieben haben, bleibt.',
  'pages.reopen': 'Neu laden',
  'sign_in.passing': 'Das ist nicht mein Gerät',
  'sign_in.passing_hint':
    'Nichts bleibt darauf, und wenn der Browser geschlossen wird, sind Sie abgemeldet.',
  'sign_out.title': 'Jetzt abmelden?',
  'sign_out.waiting':
    'Was Sie ohne Verbindung geschrieben haben, ist noch nicht abgegangen. Abmelden löscht es.',
  'sign_out.confirm': 'Abmelden und löschen',
  'info.title': 'Über dieses Gespräch',
  'attach.camera': 'Foto aufnehmen',
  'attach.photo': 'Foto oder Video',
  'attach.file': 'Datei',
  'settings.larger':
    'Auf einem größeren Bildschirm geht es leichter. Ändern können Sie auch hier alles.',
};

/** Calls of live chat, as those see them who answer and call. */
import type { Translation } from '../text';
import type { voices as english } from '../en/voices';

export const voices: Translation<typeof english> = {
  'voice.visitor': 'Ein Besucher',
  'voice.rings': '{name} ruft an',
  'voice.rings_text': 'In Deskbell annehmen.',
  'voice.answered_by': '{user} hat den Anruf von {name} angenommen',
  'voice.missed': 'Verpasster Anruf von {name}',
  'voice.ended': 'Anruf mit {name} beendet · {time}',
  'voice.declined': '{name} hat Ihren Anruf abgelehnt',
  'voice.not_answered': '{name} hat Ihren Anruf nicht angenommen',
  'voice.failed': 'Der Anruf kam nicht zustande',
  'voice.failed_hint':
    'Vielleicht steht eine Firewall im Weg. Ein TURN-Server hilft: Einstellungen, Kanäle, die Website, Erweitert.',
  'voice.broken': 'Der Anruf ist abgebrochen',
  'voice.one': 'Sie sind schon in einem Anruf.',
  'voice.not_begun': 'Es kam kein Anruf zustande',
  'voice.denied':
    'Das Mikrofon ist gesperrt. Erlauben Sie es für Deskbell, im Browser neben der Adresse, und versuchen Sie es noch einmal.',
  'voice.missing':
    'Es wurde kein Mikrofon gefunden. Schließen Sie eines an und versuchen Sie es noch einmal.',
  'voice.taken':
    'Das Mikrofon kann nicht benutzt werden. Schließen Sie, was es sonst benutzt, und versuchen Sie es noch einmal.',
  'voice.insecure':
    'Browser erlauben Anrufe nur an diesem Computer oder über https. Öffnen Sie Deskbell dort.',
  'voice.ringing': 'Jemand ruft an',
  'voice.calls': 'Anrufe',
  'voice.calls_you': 'ruft Sie an',
  'voice.for_queue': 'für die Warteschlange {name}',
  'voice.answer': 'Annehmen',
  'voice.decline': 'Ablehnen',
  'voice.in_browser': 'Im Browser annehmen',
  'voice.in_browser_hint':
    'Dieses Fenster überträgt unter Linux keine Stimme. Ihr Browser öffnet diese Sitzung, dort nehmen Sie an.',
  'voice.asking':
    'Ihr Browser fragt nach dem Mikrofon: Erlauben Sie es. Nichts wird aufgezeichnet.',
  'voice.calling': 'Es klingelt bei {name} …',
  'voice.joining': 'Verbindung wird aufgebaut …',
  'voice.shaky': 'Die Verbindung ist gerade schwach.',
  'voice.muted': 'Man hört Sie nicht: Ihr Mikrofon ist aus.',
  'voice.talking': 'Im Gespräch mit {name}',
  'voice.call': 'Anruf',
  'voice.mute': 'Stumm',
  'voice.hang_up': 'Auflegen',
  'voice.elsewhere': 'Sie führen diesen Anruf in einem anderen Fenster.',
  'voice.call_visitor': 'Diesen Besucher anrufen',
  'key.answer-call': 'Einen Anruf von einer Website annehmen',
  'key.hang-up': 'Auflegen oder einen Anruf ablehnen',
  'key.mute-call': 'Das Mikrofon im Anruf aus- oder einschalten',
};

import type { Calls } from '..';

export const texts: Calls = {
  call: 'Anrufen',
  us: 'Unser Team',
  asking: 'Mikrofon erlauben',
  asking_more: 'Ihr Browser fragt danach. Nichts wird aufgezeichnet.',
  calling: 'Anruf …',
  rings: 'Es klingelt …',
  incoming: '{name} ruft an',
  joining: 'Verbindung wird aufgebaut …',
  shaky: 'Die Verbindung ist gerade schwach.',
  muted: 'Man hört Sie nicht: Ihr Mikrofon ist aus.',
  mute: 'Stumm',
  answer: 'Annehmen',
  decline: 'Ablehnen',
  cancel: 'Abbrechen',
  hang: 'Auflegen',
  again: 'Noch einmal anrufen',
  back: 'Zurückrufen',
  close: 'Schließen',
  ended: 'Anruf beendet',
  declined: 'Gerade kann niemand einen Anruf annehmen. Schreiben Sie uns hier, wir antworten.',
  missed: 'Niemand konnte Ihren Anruf annehmen. Schreiben Sie uns hier, wir antworten.',
  missed_theirs: 'Sie haben einen Anruf von {name} verpasst.',
  failed:
    'Der Anruf kam nicht zustande. Vielleicht steht eine Firewall im Weg: Versuchen Sie es in einem anderen Netz oder schreiben Sie uns hier.',
  offline: 'Gerade kann niemand einen Anruf annehmen. Schreiben Sie uns hier, wir antworten.',
  busy: 'Alle Leitungen sind belegt. Rufen Sie in ein paar Minuten noch einmal an oder schreiben Sie uns hier.',
  fast: 'Das war zu schnell. Warten Sie einen Moment und rufen Sie noch einmal an.',
  never: 'Hier sind keine Anrufe möglich. Schreiben Sie uns stattdessen.',
  down: 'Keine Verbindung. Rufen Sie noch einmal an, sobald sie wieder da ist.',
  denied:
    'Das Mikrofon ist gesperrt. Erlauben Sie es für diese Seite, neben ihrer Adresse, und rufen Sie noch einmal an.',
  missing: 'Es wurde kein Mikrofon gefunden. Schließen Sie eines an und rufen Sie noch einmal an.',
  taken:
    'Das Mikrofon kann nicht benutzt werden. Schließen Sie, was es sonst benutzt, und rufen Sie noch einmal an.',
  insecure: 'Browser erlauben Anrufe nur auf Seiten mit https.',
};

import type { Texts } from '.';

export const texts: Texts = {
  title: 'Chatten Sie mit uns',
  open: 'Chat öffnen',
  close: 'Chat schließen',
  write: 'Nachricht schreiben …',
  send: 'Senden',
  picture: 'Bild anhängen',
  emoji: 'Emoji',
  more: 'Mehr',
  transcript: 'Gesprächsverlauf',
  writing: '{name} schreibt …',
  seen: 'gesehen',
  sent: 'gesendet',
  sending: 'wartet …',
  failed: 'Nicht gesendet',
  down: 'Keine Verbindung. Was Sie schreiben, bleibt erhalten und wird gesendet, sobald sie wieder da ist.',
  unread: 'Neue Nachrichten: {n}',
  gone: 'Dieses Bild ist nicht mehr verfügbar.',
};

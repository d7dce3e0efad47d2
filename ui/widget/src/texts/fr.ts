import type { Texts } from '.';

export const texts: Texts = {
  title: 'Discutez avec nous',
  open: 'Ouvrir la discussion',
  close: 'Fermer la discussion',
  write: 'Écrivez un message…',
  send: 'Envoyer',
  picture: 'Ajouter une image',
  emoji: 'Émoji',
  more: 'Plus',
  transcript: 'Transcription de la discussion',
  writing: '{name} écrit…',
  seen: 'vu',
  sent: 'envoyé',
  sending: 'en attente…',
  failed: 'Non envoyé',
  down: 'Pas de connexion. Ce que vous écrivez est conservé et part dès qu’elle revient.',
  unread: 'Nouveaux messages : {n}',
  gone: 'Cette image n’est plus disponible.',
};

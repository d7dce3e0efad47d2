/** Calls of live chat, as those see them who answer and call. */
import type { Translation } from '../text';
import type { voices as english } from '../en/voices';

export const voices: Translation<typeof english> = {
  'voice.visitor': 'Un visiteur',
  'voice.rings': '{name} appelle',
  'voice.rings_text': 'Répondez dans Deskbell.',
  'voice.answered_by': '{user} a répondu à l’appel de {name}',
  'voice.missed': 'Appel manqué de {name}',
  'voice.ended': 'Appel avec {name} terminé · {time}',
  'voice.declined': '{name} a refusé votre appel',
  'voice.not_answered': '{name} n’a pas répondu à votre appel',
  'voice.failed': 'L’appel n’a pas pu être établi',
  'voice.failed_hint':
    'Un pare-feu le bloque peut-être. Un serveur TURN aide : Paramètres, Canaux, le site web, Avancé.',
  'voice.broken': 'L’appel a été coupé',
  'voice.one': 'Vous êtes déjà en appel.',
  'voice.not_begun': 'L’appel n’a pas eu lieu',
  'voice.denied':
    'Le microphone est bloqué. Autorisez-le pour Deskbell, dans le navigateur à côté de l’adresse, puis réessayez.',
  'voice.missing': 'Aucun microphone trouvé. Branchez-en un, puis réessayez.',
  'voice.taken': 'Le microphone ne peut pas être utilisé. Fermez ce qui l’utilise, puis réessayez.',
  'voice.insecure':
    'Les navigateurs n’autorisent les appels que sur cet ordinateur ou en https. Ouvrez Deskbell ainsi.',
  'voice.ringing': 'Quelqu’un appelle',
  'voice.calls': 'Appels',
  'voice.calls_you': 'vous appelle',
  'voice.for_queue': 'pour la file {name}',
  'voice.answer': 'Répondre',
  'voice.decline': 'Refuser',
  'voice.in_browser': 'Répondre dans le navigateur',
  'voice.in_browser_hint':
    'Sous Linux, cette fenêtre ne transmet pas la voix. Votre navigateur ouvre cette session, où vous pouvez répondre.',
  'voice.asking': 'Votre navigateur demande le microphone : autorisez-le. Rien n’est enregistré.',
  'voice.calling': 'Ça sonne chez {name}…',
  'voice.joining': 'Connexion…',
  'voice.shaky': 'La connexion est faible en ce moment.',
  'voice.muted': 'On ne vous entend pas : votre microphone est coupé.',
  'voice.talking': 'En appel avec {name}',
  'voice.call': 'Appel',
  'voice.mute': 'Couper le micro',
  'voice.hang_up': 'Raccrocher',
  'voice.elsewhere': 'Vous êtes dans cet appel dans une autre fenêtre.',
  'voice.call_visitor': 'Appeler ce visiteur',
  'key.answer-call': 'Répondre à un appel d’un site web',
  'key.hang-up': 'Raccrocher ou refuser un appel',
  'key.mute-call': 'Couper ou rétablir le micro pendant un appel',
};

/** A phone in the hand: without a line, sheets, signing out of a device. */
import type { Translation } from '../text';
import type { onPhone as english } from '../en/on-phone';

export const onPhone: Translation<typeof english> = {
  'offline.since': 'Vous êtes hors ligne. Ce que vous voyez date de {time}.',
  'offline.waiting': {
    one: '{count} message attend et partira au retour de la connexion.',
    other: '{count} messages attendent et partiront au retour de la connexion.',
  },
  'offline.not_kept':
    'Cette conversation n’est pas sur cet appareil. Elle s’ouvrira au retour de la connexion.',
  'pages.newer': 'Deskbell a été mis à jour',
  'pages.newer_text': 'Cette page arrive avec la nouvelle version. Ce que vous avez écrit reste.',
  'pages.reopen': 'Recharger',
  'sign_in.passing': 'Cet appareil n’est pas le mien',
  'sign_in.passing_hint': 'Rien n’y est conservé, et fermer le navigateur vous déconnecte.',
  'sign_out.title': 'Se déconnecter maintenant ?',
  'sign_out.waiting':
    'Ce que vous avez écrit hors ligne n’est pas encore parti. La déconnexion l’efface.',
  'sign_out.confirm': 'Se déconnecter et effacer',
  'info.title': 'Informations sur la discussion',
  'attach.camera': 'Prendre une photo',
  'attach.photo': 'Photo ou vidéo',
  'attach.file': 'Fichier',
  'settings.larger': 'C’est plus facile sur un grand écran. Tout se modifie aussi ici.',
};

/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'newer.send_at': 'Envoyer : {time}',
  'newer.hint_at':
    'Lisez d’abord. {key} garde votre réponse pour l’heure prévue, Esc vous laisse continuer à écrire.',
  'enter.title': 'Enter dans la zone de texte',
  'enter.auto': 'Selon l’appareil : nouvelle ligne sur écran tactile, sinon envoi',
  'enter.send': 'Enter envoie, Maj+Enter commence une nouvelle ligne',
  'enter.line': 'Enter commence une nouvelle ligne, Ctrl+Enter envoie',
  'new.country': 'Pays',
  'new.country_own': 'Le nôtre',
  'attach.shrink': 'Compresser à la bonne taille',
  'attach.not_shrunk': '{name} n’a pas pu être assez réduite.',
  'attach.mms': 'Au-delà de {size}, les opérateurs peuvent réduire les images.',
};

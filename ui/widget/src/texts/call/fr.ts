import type { Calls } from '..';

export const texts: Calls = {
  call: 'Appelez-nous',
  us: 'Notre équipe',
  asking: 'Autorisez le microphone',
  asking_more: 'Votre navigateur le demande. Rien n’est enregistré.',
  calling: 'Appel en cours…',
  rings: 'Ça sonne…',
  incoming: '{name} vous appelle',
  joining: 'Connexion…',
  shaky: 'La connexion est faible en ce moment.',
  muted: 'On ne vous entend pas : votre microphone est coupé.',
  mute: 'Couper le micro',
  answer: 'Répondre',
  decline: 'Refuser',
  cancel: 'Annuler',
  hang: 'Raccrocher',
  again: 'Rappeler',
  back: 'Rappeler',
  close: 'Fermer',
  ended: 'Appel terminé',
  declined:
    'Personne ne peut prendre d’appel en ce moment. Écrivez-nous ici, nous vous répondrons.',
  missed: 'Personne n’a pu prendre votre appel. Écrivez-nous ici, nous vous répondrons.',
  missed_theirs: 'Vous avez manqué un appel de {name}.',
  failed:
    'L’appel n’a pas abouti. Un pare-feu le bloque peut-être : essayez un autre réseau ou écrivez-nous ici.',
  offline: 'Personne ne peut prendre d’appel en ce moment. Écrivez-nous ici, nous vous répondrons.',
  busy: 'Toutes les lignes sont occupées. Rappelez dans quelques minutes ou écrivez-nous ici.',
  fast: 'C’était trop rapide. Attendez un instant, puis rappelez.',
  never: 'Les appels ne sont pas possibles ici. Écrivez-nous.',
  down: 'Pas de connexion. Rappelez dès qu’elle est rétablie.',
  denied:
    'Le microphone est bloqué. Autorisez-le pour cette page, à côté de son adresse, puis rappelez.',
  missing: 'Aucun microphone trouvé. Branchez-en un, puis rappelez.',
  taken: 'Le microphone ne peut pas être utilisé. Fermez ce qui l’utilise, puis rappelez.',
  insecure: 'Les navigateurs n’autorisent les appels que sur les pages en https.',
};

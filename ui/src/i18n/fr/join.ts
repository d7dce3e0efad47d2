import type { Translation } from '../text';
import type { join as english } from '../en/join';

/** How colleagues and phones come in: invitations, the office network, codes to scan. */
export const join: Translation<typeof english> = {
  'invite.title': 'Inviter un collègue',
  'invite.button': 'Inviter par lien',
  'invite.about':
    'Votre collègue choisit son nom et son mot de passe. Le lien fonctionne une fois, pendant une semaine.',
  'invite.name': 'Pour qui est-ce ?',
  'invite.name_hint': 'Seulement pour vous y retrouver. Peut rester vide.',
  'invite.make': 'Créer le lien',
  'invite.ready': 'Le lien est prêt',
  'invite.ready_about':
    'Envoyez-le, ou faites scanner le code avec un téléphone. Il n’est affiché que maintenant.',
  'invite.link': 'Lien',
  'invite.code': 'Code contenant le lien d’invitation',
  'invite.closed':
    'Seul cet ordinateur peut joindre cette adresse. Ouvrez d’abord l’accès au réseau du bureau dans Réseau, puis créez un lien.',
  'invite.open_network': 'Ouvrir l’accès au réseau du bureau',
  'invite.open': 'Invitations en cours',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'Tout le monde · {role}',
  'invite.until': 'expire : {time}',
  'invite.take_back': 'Retirer',
  'invite.taken_back': 'Le lien ne fonctionne plus',
  'invite.failed': 'L’invitation n’a pas été modifiée',

  'joining.title': 'Rejoindre {business}',
  'joining.text': '{name} vous invite. Choisissez un nom de connexion et un mot de passe.',
  'joining.submit': 'Rejoindre',
  'joining.gone': 'Cette invitation ne fonctionne plus',
  'joining.gone_text':
    'Elle a été utilisée, retirée, ou date de plus d’une semaine. Demandez-en une nouvelle. Si vous avez déjà rejoint l’équipe, connectez-vous.',
  'joining.to_sign_in': 'Se connecter',
  'joining.signed_in':
    'Vous utilisez ici le compte {name}. Déconnectez-vous d’abord si quelqu’un d’autre rejoint l’équipe.',

  'insecure.text':
    'Cette connexion n’est pas chiffrée : d’autres personnes sur ce réseau pourraient lire. Ne l’utilisez que sur un réseau de confiance.',

  'lan.title': 'Réseau du bureau',
  'lan.switch': 'Autoriser l’accès depuis le réseau du bureau',
  'lan.switch_about':
    'Les navigateurs, les téléphones et les fenêtres Deskbell du même réseau peuvent alors se connecter ici.',
  'lan.address': 'Adresse pour votre équipe',
  'lan.code': 'Code contenant l’adresse pour votre équipe',
  'lan.scan': 'Ou scannez-le avec un téléphone sur le même Wi-Fi.',
  'lan.plain':
    'Rien n’est chiffré en chemin dans votre réseau. Cela convient dans vos propres locaux, pas dans un café. Pour le chiffrement, donnez à l’espace son propre nom derrière un proxy avec un certificat.',
  'lan.stuck': 'Impossible d’ouvrir l’accès : {problem}',

  'phone.title': 'Sur votre téléphone',
  'phone.text':
    'Scannez ceci avec l’appareil photo de votre téléphone et connectez-vous. En https, la page peut aussi être ajoutée à l’écran d’accueil.',
  'phone.closed':
    'Les téléphones ne peuvent pas encore joindre cet espace. Un administrateur peut leur ouvrir l’accès.',
};

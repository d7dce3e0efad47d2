import type { Translation } from '../text';
import type { shell as english } from '../en/shell';

/** What every page shares: actions, times, problems, the rail, the palette, forms. */
export const shell: Translation<typeof english> = {
  'app.name': 'Deskbell',

  'device.name': '{program} sur {system}',

  'page.not_loaded': 'Impossible de charger cette page.',

  'action.back': 'Retour',
  'action.cancel': 'Annuler',
  'action.close': 'Fermer',
  'action.copied': 'Copié',
  'action.copy': 'Copier',
  'action.delete': 'Supprimer',
  'action.details': 'Détails',
  'action.discard': 'Abandonner',
  'action.dismiss': 'Ignorer',
  'action.download': 'Télécharger',
  'action.edit': 'Modifier',
  'action.more': 'Autres actions',
  'action.open': 'Ouvrir',
  'action.retry': 'Réessayer',
  'action.save': 'Enregistrer',
  'action.take_back': 'Retirer',
  'action.try_again': 'Réessayer',

  'time.now': 'à l’instant',
  'time.m': '{count} min',
  'time.h': '{count} h',
  'time.d': '{count} j',
  'time.moment': 'un instant',
  'time.minutes': { one: '{count} minute', other: '{count} minutes' },
  'time.hours': { one: '{count} heure', other: '{count} heures' },
  'time.days': { one: '{count} jour', other: '{count} jours' },
  'time.today': 'Aujourd’hui',
  'time.yesterday': 'Hier',

  'problem.unknown': 'Une erreur s’est produite. Veuillez réessayer.',
  'problem.line_down': 'Le bureau ne répond pas. Veuillez réessayer dans un instant.',
  'problem.forbidden': 'Vous n’avez pas ce droit. Un administrateur peut modifier votre rôle.',
  'problem.not_found': 'Cet élément n’existe plus.',
  'problem.locked_out': {
    one: 'Trop de mots de passe erronés. Réessayez dans {count} seconde.',
    other: 'Trop de mots de passe erronés. Réessayez dans {count} secondes.',
  },
  'problem.locked_out_long': 'Trop de mots de passe erronés. Réessayez dans {time}.',

  'line.all_up': 'Tous les canaux fonctionnent',
  'line.settings': 'Paramètres, Canaux',
  'line.ask': 'Un administrateur s’occupe des canaux.',
  'line.degraded': 'À surveiller : {names}',
  'line.offline': 'Hors ligne. Vous pouvez continuer à travailler.',
  'line.offline_waiting': {
    one: 'Hors ligne. Vous pouvez continuer à travailler ; {count} message attend.',
    other: 'Hors ligne. Vous pouvez continuer à travailler ; {count} messages attendent.',
  },

  'rail.label': 'Rubriques',
  'rail.inbox': 'Boîte de réception',
  'rail.settings': 'Paramètres',
  'rail.demo': 'Client de démo',
  'rail.me': '{name}, {presence}',

  'phone.me': 'Moi',

  'presence.available': 'Disponible',
  'presence.away': 'Absent',
  'presence.business_trip': 'En déplacement',
  'presence.do_not_disturb': 'Ne pas déranger',
  'presence.lunch_break': 'Pause déjeuner',
  'presence.off_work': 'Hors service',

  'me.presence_failed': 'Votre statut n’a pas changé',

  sign_out: 'Se déconnecter',

  'palette.label': 'Aller à',
  'palette.placeholder': 'Personnes, conversations, actions, paramètres…',
  'palette.folder': 'Dossier',
  'palette.none': 'Aucun résultat.',

  'shortcuts.title': 'Clavier',
  'shortcuts.escape': 'Quitter le texte, fermer les panneaux',
  'shortcuts.send': 'Envoyer',
  'shortcuts.newline': 'Nouvelle ligne',
  'shortcuts.send_next': 'Envoyer et passer à la suivante',

  'form.optional': '{label} (facultatif)',
  'form.kept': 'Enregistré. Saisissez du texte pour le remplacer.',
  'form.odd': 'Cela ne ressemble pas à ceci : {label}.',
  'form.right': 'Format reconnu : {label}',
  'form.show': 'Afficher',
  'form.hide': 'Masquer',
  'form.unsaved': 'Pas encore enregistré',
  'form.revert': 'Annuler les modifications',
  'form.saved': 'Enregistré',

  'leave.title': 'Quitter sans enregistrer ?',
  'leave.text': 'Vos modifications sur cette page ne sont pas encore enregistrées.',
  'leave.stay': 'Rester',
  'leave.leave': 'Quitter',

  'period.today': 'Aujourd’hui',
  'period.week': '7 jours',
  'period.month': '30 jours',
  'period.custom': 'Personnalisé',
  'period.from': 'Du',
  'period.to': 'Au',
};

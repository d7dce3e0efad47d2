import type { Translation } from '../text';
import type { search as english } from '../en/search';

/** Search over everything, and inside one conversation. */
export const search: Translation<typeof english> = {
  'search.title': 'Recherche',
  'search.everything': 'Rechercher partout',
  'search.everything_for': 'Rechercher partout « {words} »',
  'search.placeholder': 'Messages, personnes, numéros, noms de fichiers',
  'search.results': 'Résultats',
  'search.tabs': 'Où chercher',
  'search.tab.messages': 'Messages',
  'search.tab.sessions': 'Conversations',
  'search.tab.contacts': 'Contacts',
  'search.tab.files': 'Fichiers',
  'search.tab_count': '{tab} {count}',
  'search.more_than': '{count}+',

  'search.filters': 'Filtres',
  'search.channel': 'Canal',
  'search.any_channel': 'Tous les canaux',
  'search.author': 'Écrit par',
  'search.any_author': 'Tout le monde',
  'search.direction': 'Sens',
  'search.any_direction': 'Dans les deux sens',
  'search.direction_in': 'Des clients',
  'search.direction_out': 'De nous',
  'search.has_file': 'Avec des fichiers',
  'search.after': 'Du',
  'search.before': 'Au',
  'search.clear_filters': 'Effacer les filtres',

  'search.start': 'Retrouvez tout ce qui a été dit',
  'search.start_hint':
    'Saisissez un mot, un nom, un numéro ou une partie. Mettez des mots entre « guillemets » pour les trouver côte à côte.',
  'search.looking': 'Recherche…',
  'search.older': 'Chercher dans les plus anciens',
  'search.none': 'Aucun résultat',
  'search.none_hint':
    'Essayez moins de lettres ou un autre mot ; les accents et les majuscules ne comptent pas.',
  'search.none_filtered': 'Aucun résultat avec ces filtres',
  'search.none_here': 'Aucun résultat ici',
  'search.elsewhere': { one: '{tab} : {count} résultat', other: '{tab} : {count} résultats' },
  'search.behind':
    'Les messages plus anciens sont encore en préparation pour la recherche : {percent} terminé.',

  'search.by_customer': '{name}, {time}',
  'search.by_user': '{name} à {customer}, {time}',
  'search.note_by': 'Note par {name} sur {customer}, {time}',
  'search.nameless': 'Pas encore de nom',
  'search.open_hint': 'Enter l’ouvre à cet endroit',
  'search.preview': 'Aperçu',
  'search.sessions_of': 'Afficher ses conversations',

  'search.saved': 'Recherches enregistrées',
  'search.save': 'Enregistrer cette recherche',
  'search.save_name': 'Nom',
  'search.save_failed': 'La recherche n’a pas été enregistrée.',
  'search.forget': 'Retirer la recherche enregistrée {name}',
  'search.forget_failed': 'La recherche n’a pas été retirée.',

  'find.label': 'Rechercher dans cette conversation',
  'find.count': '{at} sur {count}',
  'find.count_more': '{at} sur plus de {count}',
  'find.none': 'Introuvable',
  'find.older': 'Plus ancien',
  'find.newer': 'Plus récent',
  'find.close': 'Fermer',

  'thread.jump_failed': 'Impossible d’afficher le message.',
  'thread.newer_failed': 'Impossible de charger les messages plus récents.',
  'thread.to_newest': 'Aller aux messages les plus récents',
};

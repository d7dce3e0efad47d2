import type { Translation } from '../text';
import type { together as english } from '../en/together';

/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
export const together: Translation<typeof english> = {
  'folder.mentions': 'Mentions',
  'empty.mentions': 'Personne ne vous a mentionné.',
  'empty.mentions_hint': 'Les notes où un collègue écrit @ et votre nom apparaissent ici.',
  'list.mention': '{name} vous mentionne dans une note',
  'list.draft': 'Brouillon : {text}',
  'list.draft_by': { one: 'Brouillon par {names}', other: 'Brouillons par {names}' },
  'list.writing': { one: '{names} écrit…', other: '{names} écrivent…' },

  'company.label': 'Collègues présents ici',
  'company.viewing': { one: '{names} regarde', other: '{names} regardent' },
  'company.writing': '{name} écrit',
  'company.writing_note': '{name} écrit une note',
  'company.draft': 'Brouillon par {name}',
  'company.draft_note': 'Brouillon de note par {name}',

  'mention.label': 'Collègues à mentionner',
  'mention.becomes_note':
    'Les clients ne voient jamais le nom des collègues : ce texte devient une note.',
  'mention.switched': 'C’est maintenant une note : seule l’équipe la voit.',
  'mention.brings_in': 'pourra lire à partir de là',
  'mention.nobody': 'Aucun collègue de ce nom ne voit cette conversation.',
  'mention.button': 'Mentionner un collègue',

  'draft.replaced': 'Vous avez écrit autre chose ici sur un autre appareil :',
  'draft.take_back': 'L’ajouter',
  'draft.drop': 'L’abandonner',

  'newer.title': {
    one: 'Du nouveau est arrivé pendant que vous écriviez',
    other: '{count} nouveautés sont arrivées pendant que vous écriviez',
  },
  'newer.hint': 'Lisez d’abord. {key} envoie votre réponse, Esc vous laisse continuer à écrire.',
  'newer.customer': '{name} : {text}',
  'newer.colleague': '{name} a répondu : {text}',
  'newer.note': 'Note par {name} : {text}',
  'newer.send': 'Envoyer quand même',
  'newer.back': 'Continuer à écrire',

  'story.brought_in': 'Accès donné à {names} par {name} dans une note',

  'business.customer_language': 'Langue de vos clients',
  'business.customer_language_hint': 'Dans laquelle on leur dit quand vous rouvrez.',
  'business.drafts_visible': 'Montrer ce que les collègues écrivent',
  'business.drafts_visible_hint':
    'Désactivé : les autres voient que quelqu’un a commencé une réponse, mais pas son texte.',
};

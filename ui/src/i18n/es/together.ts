/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
import type { Translation } from '../text';
import type { together as english } from '../en/together';

export const together: Translation<typeof english> = {
  'folder.mentions': 'Menciones',
  'empty.mentions': 'Nadie te mencionó.',
  'empty.mentions_hint': 'Aquí aparecen las notas en las que un compañero escribe @ y tu nombre.',
  'list.mention': '{name} te mencionó en una nota',
  'list.draft': 'Borrador: {text}',
  'list.draft_by': { one: 'Borrador de {names}', other: 'Borradores de {names}' },
  'list.writing': { one: '{names} está escribiendo…', other: '{names} están escribiendo…' },

  'company.label': 'Compañeros aquí',
  'company.viewing': { one: '{names} la está viendo', other: '{names} la están viendo' },
  'company.writing': '{name} está escribiendo',
  'company.writing_note': '{name} está escribiendo una nota',
  'company.draft': 'Borrador de {name}',
  'company.draft_note': 'Borrador de nota de {name}',

  'mention.label': 'Compañeros que puedes mencionar',
  'mention.becomes_note':
    'Los clientes nunca ven nombres de compañeros: esto se convierte en una nota.',
  'mention.switched': 'Ahora es una nota: solo la ve el equipo.',
  'mention.brings_in': 'podrá leerla desde ese momento',
  'mention.nobody': 'Ningún compañero con ese nombre ve esta sesión.',
  'mention.button': 'Mencionar a un compañero',

  'draft.replaced': 'Escribiste otra cosa aquí en otro dispositivo:',
  'draft.take_back': 'Añadirlo',
  'draft.drop': 'Descartarlo',

  'newer.title': {
    one: 'Llegó algo mientras escribías',
    other: 'Llegaron {count} cosas mientras escribías',
  },
  'newer.hint': 'Léelo. {key} envía tu respuesta, Esc te deja seguir escribiendo.',
  'newer.customer': '{name}: {text}',
  'newer.colleague': '{name} respondió: {text}',
  'newer.note': 'Nota de {name}: {text}',
  'newer.send': 'Enviar de todos modos',
  'newer.back': 'Seguir escribiendo',

  'story.brought_in': '{name} incluyó a {names} con una nota',

  'business.customer_language': 'Idioma de sus clientes',
  'business.customer_language_hint': 'En él se les dice cuándo vuelve a abrir.',
  'business.drafts_visible': 'Mostrar lo que escriben los compañeros',
  'business.drafts_visible_hint':
    'Desactivado: los demás ven que alguien ha empezado una respuesta, pero no su texto.',
};

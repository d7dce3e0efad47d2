import type { together as english } from '../en/together';
import type { Translation } from '../text';

export const together: Translation<typeof english> = {
  'folder.mentions': 'Menções',
  'empty.mentions': 'Ninguém mencionou você.',
  'empty.mentions_hint': 'As notas em que um colega escreve @ e seu nome aparecem aqui.',
  'list.mention': '{name} mencionou você em uma nota',
  'list.draft': 'Rascunho: {text}',
  'list.draft_by': { one: 'Rascunho de {names}', other: 'Rascunhos de {names}' },
  'list.writing': { one: '{names} está escrevendo…', other: '{names} estão escrevendo…' },

  'company.label': 'Colegas aqui',
  'company.viewing': { one: '{names} está vendo', other: '{names} estão vendo' },
  'company.writing': '{name} está escrevendo',
  'company.writing_note': '{name} está escrevendo uma nota',
  'company.draft': 'Rascunho de {name}',
  'company.draft_note': 'Rascunho de uma nota de {name}',

  'mention.label': 'Colegas para mencionar',
  'mention.becomes_note': 'Os clientes nunca veem nomes de colegas: isto vira uma nota.',
  'mention.switched': 'Agora isto é uma nota: só a equipe vê.',
  'mention.brings_in': 'pode acompanhar a partir daí',
  'mention.nobody': 'Nenhum colega com esse nome vê este atendimento.',
  'mention.button': 'Mencionar um colega',

  'draft.replaced': 'Você escreveu outra coisa aqui em outro dispositivo:',
  'draft.take_back': 'Acrescentar',
  'draft.drop': 'Descartar',

  'newer.title': {
    one: 'Algo chegou enquanto você escrevia',
    other: '{count} coisas chegaram enquanto você escrevia',
  },
  'newer.hint': 'Leia. {key} envia sua resposta, Esc deixa você continuar escrevendo.',
  'newer.customer': '{name}: {text}',
  'newer.colleague': '{name} respondeu: {text}',
  'newer.note': 'Nota de {name}: {text}',
  'newer.send': 'Enviar mesmo assim',
  'newer.back': 'Continuar escrevendo',

  'story.brought_in': '{name} trouxe {names} com uma nota',

  'business.customer_language': 'Idioma dos seus clientes',
  'business.customer_language_hint': 'Nele é dito a eles quando você abre de novo.',
  'business.drafts_visible': 'Mostrar o que os colegas estão escrevendo',
  'business.drafts_visible_hint':
    'Desligado: os outros veem que alguém começou uma resposta, mas não o texto.',
};

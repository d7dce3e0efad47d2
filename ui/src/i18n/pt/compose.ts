/** Writing: what waits, how it is sent, what goes along. */
import type { Translation } from '../text';
import type { compose as english } from '../en/compose';

export const compose: Translation<typeof english> = {
  'newer.send_at': 'Enviar: {time}',
  'newer.hint_at':
    'Leia. {key} guarda sua resposta para a hora marcada, Esc deixa você continuar escrevendo.',
  'enter.title': 'Enter na caixa de texto',
  'enter.auto': 'Conforme o aparelho: nova linha em telas de toque, senão envia',
  'enter.send': 'Enter envia, Shift+Enter começa uma nova linha',
  'enter.line': 'Enter começa uma nova linha, Ctrl+Enter envia',
  'new.country': 'País',
  'new.country_own': 'O nosso',
  'attach.shrink': 'Comprimir para caber',
  'attach.not_shrunk': 'Não foi possível reduzir {name} o suficiente.',
  'attach.mms': 'Acima de {size}, as operadoras podem reduzir as imagens.',
};

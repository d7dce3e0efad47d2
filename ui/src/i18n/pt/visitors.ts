/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': 'Visitante · {page}',
  'visitor.id': 'Visitante {id}',
  'chat.website': 'Site',
  'story.ended_visitor': 'Encerrado pelo visitante',
  'past.visitor': 'a anterior foi encerrada pelo visitante',
  'visitor.online': 'Na página',
  'visitor.away': 'Em outra aba',
  'visitor.left': 'Saiu',
  'visitor.left_hint': '{name} saiu da página e verá a sua resposta na próxima visita.',
  'visitor.away_hint': '{name} está em outra aba e ouve quando você responde.',
  'visitor.writes': 'escrevendo…',
  'visitor.writes_name': '{name} está escrevendo…',
  'visitor.ended': 'Este chat terminou. A próxima mensagem do visitante abre um novo.',
  'visitor.ended_self': 'O visitante encerrou este chat. A próxima mensagem dele abre um novo.',
};

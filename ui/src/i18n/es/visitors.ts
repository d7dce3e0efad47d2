/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': 'Visitante · {page}',
  'visitor.id': 'Visitante {id}',
  'chat.website': 'Sitio web',
  'story.ended_visitor': 'Terminado por el visitante',
  'past.visitor': 'la anterior la terminó el visitante',
  'visitor.online': 'En la página',
  'visitor.away': 'En otra pestaña',
  'visitor.left': 'Se fue',
  'visitor.left_hint': '{name} dejó la página y verá su respuesta en la próxima visita.',
  'visitor.away_hint': '{name} está en otra pestaña y oye cuando usted responde.',
  'visitor.writes': 'escribiendo…',
  'visitor.writes_name': '{name} está escribiendo…',
  'visitor.ended': 'Este chat ha terminado. El próximo mensaje del visitante abre uno nuevo.',
  'visitor.ended_self': 'El visitante terminó este chat. Su próximo mensaje abre uno nuevo.',
};

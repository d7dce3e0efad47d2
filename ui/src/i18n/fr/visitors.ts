/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': 'Visiteur · {page}',
  'visitor.id': 'Visiteur {id}',
  'chat.website': 'Site web',
  'story.ended_visitor': 'Terminé par le visiteur',
  'past.visitor': 'la précédente a été terminée par le visiteur',
  'visitor.online': 'Sur la page',
  'visitor.away': 'Dans un autre onglet',
  'visitor.left': 'Parti',
  'visitor.left_hint': '{name} a quitté la page et verra votre réponse à la prochaine visite.',
  'visitor.away_hint': '{name} est dans un autre onglet et entend que vous répondez.',
  'visitor.writes': 'écrit…',
  'visitor.writes_name': '{name} écrit…',
  'visitor.ended': 'Ce chat est terminé. Le prochain message du visiteur en ouvre un nouveau.',
  'visitor.ended_self': 'Le visiteur a terminé ce chat. Son prochain message en ouvre un nouveau.',
};

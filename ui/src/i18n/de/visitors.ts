/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': 'Besucher · {page}',
  'visitor.id': 'Besucher {id}',
  'chat.website': 'Website',
  'story.ended_visitor': 'Vom Besucher beendet',
  'past.visitor': 'das davor beendete der Besucher',
  'visitor.online': 'Auf der Seite',
  'visitor.away': 'In einem anderen Tab',
  'visitor.left': 'Fort',
  'visitor.left_hint':
    '{name} hat die Seite verlassen und sieht Ihre Antwort beim nächsten Besuch.',
  'visitor.away_hint': '{name} ist in einem anderen Tab und hört, wenn Sie antworten.',
  'visitor.writes': 'schreibt …',
  'visitor.writes_name': '{name} schreibt …',
  'visitor.ended':
    'Dieser Chat ist beendet. Die nächste Nachricht des Besuchers öffnet einen neuen.',
  'visitor.ended_self':
    'Der Besucher hat diesen Chat beendet. Seine nächste Nachricht öffnet einen neuen.',
};

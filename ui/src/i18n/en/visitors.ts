/** Visitors of a website, as their agents see them. */
export const visitors = {
  'visitor.page': 'Visitor · {page}',
  'visitor.id': 'Visitor {id}',
  'chat.website': 'Website',
  'story.ended_visitor': 'Ended by the visitor',
  'past.visitor': 'the one before was ended by the visitor',
  'visitor.online': 'On the page',
  'visitor.away': 'In another tab',
  'visitor.left': 'Left',
  'visitor.left_hint': '{name} has left the page and will see your answer on the next visit.',
  'visitor.away_hint': '{name} is in another tab and hears that you answer.',
  'visitor.writes': 'typing…',
  'visitor.writes_name': '{name} is typing…',
  'visitor.ended': 'This chat has ended. The visitor’s next message opens a new one.',
  'visitor.ended_self': 'The visitor ended this chat. Their next message opens a new one.',
} as const;

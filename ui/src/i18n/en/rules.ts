/** What rules say to people: what waits, who reads along, a session as a whole. */
export const rules = {
  'end.waiting': {
    one: '{count} message waits for later: it will not be sent.',
    other: '{count} messages wait for later: they will not be sent.',
  },
  'labels.many': {
    one: 'Label {count} session',
    other: 'Label {count} sessions',
  },
  'transfer.follow': 'Keep me as a reader',
  'transfer.follow_hint': 'You see what happens and can write notes, but not answer.',
  'story.follows': '{name} reads along',
  'whole.all': 'Show all',
  'whole.older': 'Show older',
  'whole.links': 'Links',
  'whole.failed': 'What happened before could not be loaded',
  'contacts.notes_older': 'Show older notes',
  'contacts.notes_failed': 'Older notes could not be loaded',
  'past.new': 'New session',
  'past.earlier': 'Earlier session',
  'past.silence': 'the one before closed by silence',
  'past.agent': 'the one before was ended',
  'past.administrator': 'the one before was ended by an administrator',
} as const;

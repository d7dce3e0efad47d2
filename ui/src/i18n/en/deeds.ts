/** Buttons of notifications, and what a link asks for. */
export const deeds = {
  'deed.reply': 'Reply',
  'deed.snooze': 'Snooze 20 min',
  'deed.ask_pick_up': 'Pick up the session with {name}?',
  'deed.ask_snooze': 'Snooze the session with {name}?',
  'deed.ask_text': 'A link asks for this. Say yes only if you wanted it.',
  'deed.yes_pick_up': 'Pick up',
  'deed.yes_snooze': 'Snooze 20 min',
  'deed.failed': 'What the notification asked for was not done',
} as const;

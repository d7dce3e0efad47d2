/** Keys: names of actions, and what is said while they are changed. */
export const keys = {
  'key.reply-or-note': 'Between reply and note',
  'key.place': 'Folder or view {number}',
  'key.ctrl': 'Ctrl',
  'key.shift': 'Shift',
  'key.delete': 'Del',
  'keyboard.character':
    '{keys} writes a character. While you write, use it together with Ctrl or Alt.',
  'shortcuts.more': 'Always the same',
} as const;

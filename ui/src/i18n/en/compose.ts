/** Writing: what waits, how it is sent, what goes along. */
export const compose = {
  'newer.send_at': 'Send at {time}',
  'newer.hint_at': 'Read it. {key} keeps your answer for its time, Esc lets you go on writing.',
  'enter.title': 'Enter in the text box',
  'enter.auto': 'As the device: a new line on touch screens, else it sends',
  'enter.send': 'Enter sends, Shift+Enter begins a new line',
  'enter.line': 'Enter begins a new line, Ctrl+Enter sends',
  'new.country': 'Country',
  'new.country_own': 'Ours',
  'attach.shrink': 'Compress to fit',
  'attach.not_shrunk': '{name} could not be made small enough.',
  'attach.mms': 'Above {size} carriers may shrink pictures on the way.',
} as const;

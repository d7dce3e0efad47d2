/** What every page shares: actions, times, problems, the rail, the palette, forms. */
export const shell = {
  'app.name': 'Deskbell',

  'device.name': '{program} on {system}',

  'page.not_loaded': 'This page could not be loaded.',

  'action.back': 'Back',
  'action.cancel': 'Cancel',
  'action.close': 'Close',
  'action.copied': 'Copied',
  'action.copy': 'Copy',
  'action.delete': 'Delete',
  'action.details': 'Details',
  'action.discard': 'Discard',
  'action.dismiss': 'Dismiss',
  'action.download': 'Download',
  'action.edit': 'Edit',
  'action.more': 'More actions',
  'action.open': 'Open',
  'action.retry': 'Retry',
  'action.save': 'Save',
  'action.take_back': 'Take back',
  'action.try_again': 'Try again',

  'time.now': 'now',
  'time.m': '{count}m',
  'time.h': '{count}h',
  'time.d': '{count}d',
  'time.moment': 'a moment',
  'time.minutes': { one: '{count} minute', other: '{count} minutes' },
  'time.hours': { one: '{count} hour', other: '{count} hours' },
  'time.days': { one: '{count} day', other: '{count} days' },
  'time.today': 'Today',
  'time.yesterday': 'Yesterday',

  'problem.unknown': 'Something went wrong here. Please try again.',
  'problem.line_down': 'The office does not answer. Please try again in a moment.',
  'problem.forbidden': 'You may not do that. An administrator can change your role.',
  'problem.not_found': 'It is not there any more.',
  'problem.locked_out': {
    one: 'Too many wrong passwords. Try again in {count} second.',
    other: 'Too many wrong passwords. Try again in {count} seconds.',
  },
  'problem.locked_out_long': 'Too many wrong passwords. Try again in {time}.',

  'line.all_up': 'All channels up',
  'line.settings': 'Settings, Channels',
  'line.ask': 'An administrator looks after the channels.',
  'line.degraded': 'Needs a look: {names}',
  'line.offline': 'Offline. You can keep working.',
  'line.offline_waiting': {
    one: 'Offline. You can keep working; {count} message waits.',
    other: 'Offline. You can keep working; {count} messages wait.',
  },

  'rail.label': 'Sections',
  'rail.inbox': 'Inbox',
  'rail.settings': 'Settings',
  'rail.demo': 'Demo customer',
  'rail.me': '{name}, {presence}',

  'phone.me': 'Me',

  'presence.available': 'Available',
  'presence.away': 'Away',
  'presence.business_trip': 'Business trip',
  'presence.do_not_disturb': 'Do not disturb',
  'presence.lunch_break': 'Lunch break',
  'presence.off_work': 'Off work',

  'me.presence_failed': 'Your presence did not change',

  sign_out: 'Sign out',

  'palette.label': 'Go to',
  'palette.placeholder': 'People, sessions, actions, settings…',
  'palette.folder': 'Folder',
  'palette.none': 'Nothing found.',

  'shortcuts.title': 'Keyboard',
  'shortcuts.escape': 'Leave the text, close panels',
  'shortcuts.send': 'Send',
  'shortcuts.newline': 'New line',
  'shortcuts.send_next': 'Send and go to the next',

  'form.optional': '{label} (optional)',
  'form.kept': 'Saved. Type to replace it.',
  'form.odd': 'That does not look like the {label}.',
  'form.right': 'Looks like the {label}',
  'form.show': 'Show',
  'form.hide': 'Hide',
  'form.unsaved': 'Not saved yet',
  'form.revert': 'Undo changes',
  'form.saved': 'Saved',

  'leave.title': 'Leave without saving?',
  'leave.text': 'What you changed here is not saved yet.',
  'leave.stay': 'Stay',
  'leave.leave': 'Leave',

  'period.today': 'Today',
  'period.week': '7 days',
  'period.month': '30 days',
  'period.custom': 'Custom',
  'period.from': 'From',
  'period.to': 'To',
} as const;

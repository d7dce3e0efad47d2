/** How the window looks: what Appearance offers besides, and the status bar. */
export const looks = {
  'theme.contrast': 'High contrast',
  'appearance.window': 'Window',
  'appearance.status': 'Status bar',
  'appearance.status_hint':
    'A thin line below: what waits to be sent, what came in today, and when each channel last heard of a customer.',
  'status.label': 'Status',
  'status.waits': {
    one: '{count} message waits to be sent',
    other: '{count} messages wait to be sent',
  },
  'status.clear': 'Nothing waits to be sent',
  'status.today': { one: '{count} message in today', other: '{count} messages in today' },
  'status.last': '{channel}: last in {time}',
  'status.never': '{channel}: nothing in yet',
  'select.short': '{count} selected',
  'thread.said': '{name}: {text}',
  'thread.said_many': {
    one: '{count} new message from {name}',
    other: '{count} new messages from {name}',
  },
  'list.width': 'Width of the list',
  'settings.overview': 'Overview',
  'settings.office': 'Office',
  'settings.mine': 'For me',
} as const;

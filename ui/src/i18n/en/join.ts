/** How colleagues and phones come in: invitations, the office network, codes to scan. */
export const join = {
  'invite.title': 'Invite a colleague',
  'invite.button': 'Invite by link',
  'invite.about': 'They choose their own name and password. The link works once, for a week.',
  'invite.name': 'Whom is it for?',
  'invite.name_hint': 'Only so that you recognise it. May stay empty.',
  'invite.make': 'Make the link',
  'invite.ready': 'The link is ready',
  'invite.ready_about':
    'Send it to them, or let them scan the code with their phone. It is shown only now.',
  'invite.link': 'Link',
  'invite.code': 'Code with the link to join',
  'invite.closed':
    'Only this computer reaches this address. Let your office network in under Network first, then make a link.',
  'invite.open_network': 'Open the office network',
  'invite.open': 'Open invitations',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': 'Anyone · {role}',
  'invite.until': 'until {time}',
  'invite.take_back': 'Take back',
  'invite.taken_back': 'The link does not work any more',
  'invite.failed': 'The invitation was not changed',

  'joining.title': 'Join {business}',
  'joining.text': '{name} invites you. Choose a name to sign in with, and a password.',
  'joining.submit': 'Join',
  'joining.gone': 'This invitation does not work any more',
  'joining.gone_text':
    'It was used, taken back, or is older than a week. Ask for a new one. If you have joined already, sign in.',
  'joining.to_sign_in': 'Sign in',
  'joining.signed_in': 'You are signed in here as {name}. Sign out first if somebody else joins.',

  'insecure.text':
    'This connection is not encrypted: others in this network could read along. Use it only in a network that you trust.',

  'lan.title': 'Office network',
  'lan.switch': 'Let colleagues in your office network in',
  'lan.switch_about':
    'Browsers, phones and Deskbell windows in the same network can then sign in here.',
  'lan.address': 'Address for your team',
  'lan.code': 'Code with the address for your team',
  'lan.scan': 'Or scan it with a phone in the same Wi-Fi.',
  'lan.plain':
    'Nothing is encrypted on the way through your network. That is fine in an office of your own, not in a café. For encryption give the desk a name of its own behind a proxy with a certificate.',
  'lan.stuck': 'It could not be opened: {problem}',

  'phone.title': 'On your phone',
  'phone.text':
    'Scan this with your phone’s camera and sign in. Over https the page can also be added to the home screen.',
  'phone.closed': 'Phones can’t reach this desk yet. An administrator can let them in.',
} as const;

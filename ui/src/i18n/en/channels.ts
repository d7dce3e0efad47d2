/** Settings: channels, their wizard and their numbers. */
export const channels = {
  'channels.purpose': 'The numbers and accounts through which customers write to you.',
  'channels.period': 'Time of the figures',
  'channels.name': 'Name',
  'channels.status': 'Status',
  'channels.numbers': 'Numbers',
  'channels.destination': 'Goes to',
  'channels.sent': 'Sent',
  'channels.received': 'Received',
  'channels.failed': 'Failed',
  'channels.total': 'Total sent',
  'channels.actions': 'Actions for {name}',
  'channels.check': 'Check now',
  'channels.disable': 'Switch off',
  'channels.enable': 'Switch on',
  'channels.draft': 'Not finished',
  'channels.disabled': 'Switched off',
  'channels.act_failed': 'That did not work',
  'channels.delete_title': 'Delete {name}?',
  'channels.delete_text':
    'It stops receiving and sending, and its credentials are forgotten. Its conversations stay.',
  'channels.delete_there': 'Remove the address at {provider} too: it would go on sending to it.',
  'channels.end_sessions': 'End its open sessions too',
  'channels.end_sessions_hint': 'A channel with open sessions can’t be deleted otherwise.',
  'channels.refused': {
    one: '{count} request was refused: {why}',
    other: '{count} requests were refused: {why}',
  },
  'channels.refused_why':
    'Are the secrets kept here still those at {provider}, and is the public address the one that it calls?',
  'channels.refused_last': 'Last at {time}.',
  'channels.last': 'last {time}',
  'channels.last_hint': 'The last one, whatever the chosen time',

  'refusal.signature': {
    one: '{count} with a wrong signature',
    other: '{count} with a wrong signature',
  },
  'refusal.foreign': { one: '{count} for another account', other: '{count} for another account' },
  'refusal.clock': {
    one: '{count} too old or from the future',
    other: '{count} too old or from the future',
  },
  'refusal.password': {
    one: '{count} with a wrong password',
    other: '{count} with a wrong password',
  },
  'refusal.no_password': { one: '{count} without a password', other: '{count} without a password' },
  'refusal.address': { one: '{count} from another address', other: '{count} from other addresses' },
  'refusal.unknown_address': {
    one: '{count} whose address a tunnel hides',
    other: '{count} whose address a tunnel hides',
  },

  'health.unauthorized':
    'The provider does not accept these credentials. Compare them with its site.',
  'health.service_unavailable':
    'The provider has trouble of its own. Messages wait here and leave by themselves.',
  'health.request_failed':
    'The provider could not be reached. Check the internet connection, and the address if you entered one yourself.',
  'health.slowed':
    'Slowed down to {rate} a second: the provider asked for fewer. It speeds up by itself.',
  'health.paused': 'Pauses for a moment: the provider asked for fewer. It goes on by itself.',
  'health.unknown': 'The provider answered in a way that Deskbell does not know.',

  'wizard.title': 'New {provider} channel',
  'wizard.purpose': 'Customers text your number; your team answers here.',
  'wizard.steps': 'Steps',
  'wizard.provider': 'Provider',
  'wizard.credentials': 'Credentials',
  'wizard.webhook': 'Webhook',
  'wizard.numbers': 'Numbers',
  'wizard.options': 'Options',
  'wizard.test': 'Test',
  'wizard.check': 'Check and continue',
  'wizard.check_again': 'Check again',
  'wizard.more_fields': 'More fields',
  'wizard.anyway': 'Continue anyway',
  'wizard.continue': 'Continue',
  'wizard.without_number': 'Go on without a number',
  'wizard.switch_on': 'Save and switch on',
  'wizard.done': 'Done',
  'wizard.to_list': 'All channels',
  'wizard.name_hint': 'What your team calls it, for example “Shop number”.',
  'wizard.advanced': 'Advanced',
  'wizard.base_url': 'Base URL',
  'wizard.base_url_hint': 'Only for regional hosts, gateways and tests. Empty: the provider’s own.',
  'wizard.webhook_url': 'Webhook URL',
  'wizard.webhook_hint': 'It never changes, even when you close this page.',
  'wizard.webhook_text':
    '{provider} sends every customer’s message to this address. Enter it there as described beside.',
  'wizard.webhook_text_sets':
    '{provider} sends every customer’s message to this address. If you would rather enter it by hand, it is described beside.',
  'wizard.no_public': 'This desk has no public address yet, so providers can’t reach it.',
  'wizard.set_public': 'Set one under Network',
  'wizard.no_address': 'Your desk has no public address yet.',
  'wizard.guide': 'On {provider}’s site',
  'wizard.guide_gateway': 'At your gateway',
  'wizard.notes': 'Good to know',
  'wizard.portal': 'Sign in at {host}',
  'wizard.copy_value': 'Copy {value}',
  'wizard.unconfirmed': 'Not confirmed by {provider}',
  'wizard.unconfirmed_about':
    'No public source says these for certain. If one of them is wrong, tell us: it is quickly mended.',
  'wizard.search_provider': 'Find your provider',
  'wizard.search_provider_hint': 'Name of the company',
  'wizard.group_named': 'Providers',
  'wizard.group_other': 'Any other provider',
  'wizard.no_provider':
    'No provider here is called “{name}”. If it can speak JSON over HTTPS, connect it as above.',
  'wizard.other_provider': 'Choose another',

  'webhook.set': 'Set it for me',
  'webhook.set_again': 'Set it again',
  'webhook.setting': 'Telling {provider}…',
  'webhook.set_about': 'Deskbell tells {provider} to send messages here.',
  'webhook.is_set': 'Set at {provider} {time} ago.',
  'webhook.is_other': '{provider} still has another address: {url}',
  'webhook.is_missing': 'Added since it was set at {provider}: {numbers}',
  'webhook.needs_public': 'It can be set for you once the desk has a public address.',
  'webhook.needs_numbers': 'It can be set for you once the channel has a number.',
  'webhook.left': 'What only you can do at {provider}:',

  'guard.title': 'Protect this address',
  'guard.signing_always':
    '{provider} signs what it sends, and anything else is refused. These locks come on top, if you want them.',
  'guard.signing_address_only':
    '{provider} signs this address, but mostly not what it sends: whoever sees one webhook could send another. One of these locks makes it safer.',
  'guard.signing_with_secret':
    '{provider} signs what it sends once you have entered the secret for it. Without it these locks keep strangers out.',
  'guard.signing_never':
    '{provider} signs nothing: whoever learns this address could write to you as a customer. It cannot be guessed, and one of these locks makes it safer still.',
  'guard.networks': 'Only from these addresses',
  'guard.networks_hint': 'One a line, as 192.0.2.7 or 192.0.2.0/27. Empty: from anywhere.',
  'guard.publish': 'Use the addresses that {provider} publishes',
  'guard.blind':
    'Behind a tunnel or a proxy every caller looks like the tunnel itself, and everything would be refused. Say how yours tells who calls.',
  'guard.blind_title': 'Refuse every message?',
  'guard.blind_ask': 'Behind a tunnel every message will be refused. Save all the same?',
  'guard.blind_save': 'Save all the same',
  'guard.blind_set': 'Under Network',
  'guard.user': 'User name',
  'guard.password': 'Password',
  'guard.invent': 'Make up a password',
  'guard.address': 'The address with both in it',
  'guard.address_hint':
    'Where {provider} has no fields for a name and a password. Copy it now: the password is not shown again.',
  'guard.tell':
    'Enter this name and password at {provider} too: until then its messages are refused here.',
  'guard.user_hint':
    'Enter both at {provider} too: in fields of their own, or within the address, https://name:password@… Both empty: not asked for.',

  'numbers.about':
    'Your numbers at this provider. Every new session goes to the person or queue that you choose.',
  'numbers.add': 'Add a number',
  'numbers.new': 'New number',
  'numbers.drop': 'Remove this number',
  'numbers.address': 'Number or sender id',
  'numbers.number': 'Number',
  'numbers.number_hint': 'With + and country code.',
  'numbers.address_hint':
    'With + and country code; or a name of up to 11 characters, which customers can’t answer.',
  'numbers.short_code': 'A short code.',
  'numbers.no_sender_id': '{provider} takes numbers only, no names.',
  'numbers.sender_id_long': 'A name has at most 11 characters.',
  'numbers.fetch': 'Fetch my numbers',
  'numbers.fetch_about': '{provider} lists the numbers of your account.',
  'numbers.fetching': 'Asking {provider}…',
  'numbers.none': 'Your account at {provider} has no numbers that can text. Get one there first.',
  'numbers.found': {
    one: '{count} number in your account',
    other: '{count} numbers in your account',
  },
  'numbers.added': 'added',
  'numbers.in_channel': 'already in the channel “{name}”',
  'numbers.needed':
    'Add a number first, or go on without: you can’t receive anything until there is one.',
  'numbers.take': { one: 'Add {count} number', other: 'Add {count} numbers' },
  'numbers.one_way': 'A sender id: customers can’t answer it.',
  'numbers.destination_hint': 'Who gets its new sessions.',
  'numbers.to_queue': 'Queue: {name}',
  'numbers.starters': 'May start sessions:',

  'options.rate': 'Messages per second',
  'options.rate_hint':
    'More than that wait in order. {rate} suits a new account at {provider}; when it asks for fewer, Deskbell slows down by itself.',
  'options.auto_close': 'Close after days of silence',
  'options.auto_close_hint': 'Counted from the last message of either side. Empty: never.',
  'options.never': 'never',
  'options.file_text': 'Text with files',
  'options.file_text_hint': 'Goes along when someone sends a file without a word.',

  'options.answers_keywords':
    '{provider} answers STOP, START and HELP by itself. You see those messages here, and nobody who stopped can be written to.',
  'options.keywords':
    '{provider} leaves answering STOP and HELP to you. Nobody who stopped can be written to; an answer by itself is up to you.',
  'options.stop_text': 'Answer to STOP',
  'options.stop_text_hint': 'Sent once when someone opts out. Empty: no answer.',
  'options.help_text': 'Answer to HELP',
  'options.help_text_hint': 'Sent when someone asks for HELP. Empty: no answer.',
  'options.propose': 'Use this',
  'options.stop_text_proposal':
    '{business}: you are unsubscribed and will get no more messages. Text START to hear from us again.',
  'options.help_text_proposal':
    '{business}: a person answers here. Text STOP to get no more messages.',

  'test.in': 'Can a customer reach you?',
  'test.waiting': 'Text HELLO to {number}. Waiting for it…',
  'test.heard': 'It arrived. Customers can reach you.',
  'test.last': 'The last message before came {time} ago.',
  'test.no_number': 'Add a number first.',
  'test.one_way': 'Customers can’t answer a sender id, so there is nothing to wait for.',
  'test.out': 'Can you reach a customer?',
  'test.my_number': 'Your own mobile number',
  'test.send': 'Send me a test',
  'test.text': 'This is a test from {name}. It works.',
  'test.sent': 'On its way to {number}. Look at your phone.',
  'test.failed': 'It did not arrive at {number}.',
  'test.delivered': 'It arrived at {number}.',
  'test.again': 'Send another',
  'test.open': 'Open the session',
} as const;

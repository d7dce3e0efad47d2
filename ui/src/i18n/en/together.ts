/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
export const together = {
  'folder.mentions': 'Mentions',
  'empty.mentions': 'Nobody named you.',
  'empty.mentions_hint': 'Notes in which a colleague writes @ and your name appear here.',
  'list.mention': '{name} named you in a note',
  'list.draft': 'Draft: {text}',
  'list.draft_by': { one: 'Draft by {names}', other: 'Drafts by {names}' },
  'list.writing': { one: '{names} is writing…', other: '{names} are writing…' },

  'company.label': 'Colleagues here',
  'company.viewing': { one: '{names} is viewing', other: '{names} are viewing' },
  'company.writing': '{name} is writing',
  'company.writing_note': '{name} is writing a note',
  'company.draft': 'Draft by {name}',
  'company.draft_note': 'Draft of a note by {name}',

  'mention.label': 'Colleagues to name',
  'mention.becomes_note': 'Customers never see names of colleagues: this becomes a note.',
  'mention.switched': 'This is a note now: only the team sees it.',
  'mention.brings_in': 'can read along from then on',
  'mention.nobody': 'No colleague of that name sees this session.',
  'mention.button': 'Name a colleague',

  'draft.replaced': 'You wrote something else here on another device:',
  'draft.take_back': 'Add it',
  'draft.drop': 'Drop it',

  'newer.title': {
    one: 'Something came while you wrote',
    other: '{count} things came while you wrote',
  },
  'newer.hint': 'Read it. {key} sends your answer, Esc lets you go on writing.',
  'newer.customer': '{name}: {text}',
  'newer.colleague': '{name} answered: {text}',
  'newer.note': 'Note by {name}: {text}',
  'newer.send': 'Send anyway',
  'newer.back': 'Go on writing',

  'story.brought_in': '{name} brought in {names} by a note',

  'business.customer_language': 'Language of your customers',
  'business.customer_language_hint': 'In which the desk tells them when you open again.',
  'business.drafts_visible': 'Show what colleagues are writing',
  'business.drafts_visible_hint':
    'Off: others see that somebody has begun an answer, but not its text.',
} as const;

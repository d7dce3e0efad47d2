// The inbox as it is worked in: lists, threads, what stands beside and above them.

const there = async (visitor, hash, what) => {
  await visitor.go(`inbox/${hash}`);
  await visitor.at(what).first().waitFor();
};
const lena = (visitor, { session }) => there(visitor, `recent/${session.id}`, 'composer-text');
const write = (visitor, words) => visitor.at('composer-text').fill(words);
const empty = (visitor) => write(visitor, '');

/** The ordinary view of README, and what is beside it. */
const LISTS = [
  {
    name: 'inbox', says: 'The inbox: folders, conversations, a thread, and who it is with', sample: true, wide: true,
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.bubble('I’m here until six').waitFor();
      await visitor.at('thread').locator('img').waitFor();
    },
  },
  {
    name: 'inbox-waiting', says: 'A conversation that nobody has yet: P picks it up',
    show: (visitor, { sessions }) => there(visitor, `unowned/${sessions['Omar Haddad'].id}`, 'pick-up'),
  },
  {
    name: 'inbox-nothing-open', says: 'Nothing is open yet',
    show: (visitor) => there(visitor, 'recent', 'session-row'),
  },
  {
    name: 'inbox-failed', says: 'A message that was refused: why, and what to do',
    show: async (visitor, { sessions }) => {
      await there(visitor, `recent/${sessions['Ines Duarte'].id}`, 'failed');
      await visitor.at('failed').getByRole('button', { name: 'Details' }).click().catch(() => undefined);
    },
  },
  {
    name: 'inbox-scheduled', says: 'A message that waits for tomorrow morning',
    show: (visitor, { sessions }) => there(visitor, `recent/${sessions['Paul Novak'].id}`, 'scheduled'),
  },
  {
    name: 'inbox-filter-typing', says: 'Filters are typed with completion',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('search').fill('label:');
      await visitor.at('proposal').first().waitFor();
    },
    after: (visitor) => visitor.at('search').fill(''),
  },
  {
    name: 'inbox-filter', wide: true, says: 'What a list is narrowed to stands above it, and can be kept as a view',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('label-filter').first().click();
      await visitor.at('filter-chip').waitFor();
      await visitor.at('filter-unanswered').click();
      await visitor.at('view-save').waitFor();
    },
  },
  {
    name: 'inbox-mentions', says: 'Mentions: notes that name you',
    show: (visitor, { sessions }) => there(visitor, `mentions/${sessions['Grace Kim'].id}`, 'named'),
  },
  {
    name: 'inbox-snoozed', says: 'Snoozed, with the time at which it comes back',
    show: (visitor, { sessions }) => there(visitor, `snoozed/${sessions['Aiko Mori'].id}`, 'row-snoozed'),
  },
  {
    name: 'inbox-attention', says: 'Needs attention: a delivery that nobody could read, kept as it came',
    show: async (visitor) => {
      await there(visitor, 'attention/deliveries', 'delivery');
      await visitor.at('delivery').getByRole('button').first().click();
      await visitor.at('delivery').locator('pre').waitFor();
    },
  },
  { name: 'inbox-empty', says: 'A list with nothing in it', show: (visitor) => there(visitor, 'campaign', 'empty-state') },
  {
    name: 'inbox-no-result', says: 'A search that finds nothing says for what it looked',
    show: (visitor) => there(visitor, 'recent?q=tandem&unread=true', 'empty-state'),
  },
  {
    name: 'inbox-selection', says: 'Several at once',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      for (const name of ['Grace Kim', 'Ines Duarte', 'Ben Castle']) await visitor.row(name).click({ modifiers: ['Control'] });
      await visitor.at('selection-bar').waitFor();
    },
    after: (visitor) => visitor.at('selection-clear').click(),
  },
  {
    name: 'inbox-menu', says: 'Everything that can be done with a session, by a click of the right button',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.row('Grace Kim').click({ button: 'right' });
      await visitor.at('context-menu').waitFor();
    },
  },
];

const COMPOSER = [
  {
    name: 'inbox-note', says: 'A note: only the team sees it',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('tab-note').click();
      await write(visitor, 'She pays on delivery, as always.');
    },
    after: async (visitor) => {
      await empty(visitor);
      await visitor.at('tab-reply').click();
    },
  },
  {
    name: 'inbox-mention', says: '@ names a colleague in a note',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('tab-note').click();
      await visitor.at('composer-text').pressSequentially('@');
      await visitor.at('mention-option').first().waitFor();
    },
    after: async (visitor) => {
      await empty(visitor);
      await visitor.at('tab-reply').click();
    },
  },
  {
    name: 'inbox-slash', says: 'A quick reply is found while you type',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('composer-text').pressSequentially('/');
      await visitor.at('quick-reply').first().waitFor();
    },
    after: empty,
  },
  {
    name: 'inbox-send-menu', says: 'Send, and what follows',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await write(visitor, 'On our way!');
      await visitor.at('send-more').click();
    },
    after: empty,
  },
  {
    name: 'inbox-later-menu', says: 'Send it later',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await write(visitor, 'Good morning, Lena! It is on its way.');
      await visitor.at('later-open').click();
    },
    after: empty,
  },
  {
    name: 'inbox-counter', says: 'What makes a text expensive is said before it is sent',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await write(visitor, 'It’s all here: the saddle, the post and the bolts. We can be with you at “half past three”, would that suit you?');
      await visitor.at('replace-plain').waitFor();
    },
    after: empty,
  },
  {
    name: 'inbox-message-actions', wide: true, says: 'A message under the pointer: quote, copy, forward to a note, details',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.bubble('Hello! My new saddle').hover();
      await visitor.at('message-actions').waitFor();
    },
  },
  {
    name: 'inbox-find', says: 'Find in this conversation',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.press('Escape');
      await visitor.press('Control+f');
      await visitor.at('find-text').fill('saddle');
      await visitor.at('find-count').waitFor();
    },
    after: (visitor) => visitor.at('find-close').click(),
  },
];

/** The looks that people choose under Appearance. */
const LOOKS = ['compact', 'comfortable'].map((density) => ({
  name: `inbox-${density}`,
  says: density === 'compact' ? 'Compact: a line for each session' : 'Comfortable: two lines of each',
  prefers: { density },
  show: lena,
}));

export const INBOX = [...LISTS, ...COMPOSER, ...LOOKS];

// Everything that opens over the inbox.

const lena = async (visitor, { session }) => {
  await visitor.go(`inbox/recent/${session.id}`);
  await visitor.at('composer-text').waitFor();
  await visitor.at('thread').focus();
};

/** Over Lena's session, by a key. */
function byKey(name, says, keys, what, then = async () => {}) {
  return {
    name, says,
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      for (const key of [keys].flat()) await visitor.press(key);
      await visitor.at(what).first().waitFor();
      await then(visitor, shop);
    },
  };
}

/** Over Lena's session, by a button. */
function byClick(name, says, button, what, then = async () => {}) {
  return {
    name, says,
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at(button).first().click();
      await visitor.at(what).first().waitFor();
      await then(visitor, shop);
    },
  };
}

export const DIALOGS = [
  byKey('palette', 'Ctrl K: people, sessions, actions, settings', 'Control+k', 'palette', (visitor) => visitor.at('palette').fill('se')),
  byKey('shortcuts', '? shows the keys', '?', 'shortcuts'),
  byKey('new-session', 'A new session', 'Shift+N', 'new-session-dialog', async (visitor) => {
    await visitor.at('new-to').fill('+12025550101');
    await visitor.at('new-text').fill('Good morning! Your cargo bike is ready.');
  }),
  byKey('transfer', 'Transfer to a colleague or a queue', 't', 'transfer-target', (visitor) => visitor.at('transfer-target').first().click()),
  byKey('snooze', 'Snooze', 'z', 'snooze-dialog'),
  byKey('end', 'End a session', 'Shift+E', 'end-confirm'),
  byKey('labels-dialog', 'Labels of a session, made while typing', 'l', 'tag'),
  byKey('add-to-contacts', 'Add to contacts', 'a', 'add-to-contacts'),
  byClick('quick-replies-dialog', 'Quick replies with what they will say', 'replies-open', 'reply-choice'),
  // No picture of it: where the pictures are made there may be no letters for emoji.
  { ...byClick('emoji', 'Emoji, found by their names', 'emoji-open', 'emoji-choice'), pictured: false },
  byClick('presence-menu', 'Where I am', 'rail-me', 'menu-presence'),
  byClick('team', 'The team: who is where and has how much', 'rail-team', 'team-row'),
  byClick('lines', 'All lines at a glance', 'rail-line', 'lines'),
  byKey('presence', 'Where I am, and until when', 'Control+Shift+D', 'presence-dialog', (visitor) => visitor.at('presence-lunch_break').check({ force: true })),
  {
    name: 'later-dialog', says: 'A moment of your own for a message',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('composer-text').fill('Good morning, Lena! It is on its way.');
      await visitor.at('later-open').click();
      await visitor.at('menu-later-pick').click();
      await visitor.at('later-dialog').getByTestId('later-when').waitFor();
    },
    after: async (visitor) => {
      await visitor.press('Escape');
      await visitor.at('composer-text').fill('');
    },
  },
  {
    name: 'about-message', wide: true, says: 'What is known of a message',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.bubble('Oh no, sorry').hover();
      await visitor.at('action-details').click();
      await visitor.at('about-message').locator('dl').waitFor();
    },
  },
  {
    name: 'picture', wide: true, says: 'A picture, large',
    show: async (visitor, shop) => {
      await lena(visitor, shop);
      await visitor.at('thread').getByRole('button').filter({ has: visitor.page.locator('img') }).first().click();
      await visitor.at('picture').waitFor();
    },
  },
  {
    name: 'save-view', wide: true, says: 'A filter is kept as a view, for you or for everyone',
    show: async (visitor) => {
      await visitor.go('inbox/recent');
      await visitor.at('label-filter').first().click();
      await visitor.at('filter-unanswered').click();
      await visitor.at('view-save').click();
      await visitor.at('view-name').fill('Broken e-bikes');
    },
  },
];

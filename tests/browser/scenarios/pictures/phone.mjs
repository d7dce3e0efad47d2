// The main screens at the width of a phone.

const thread = async (visitor, session) => {
  await visitor.go(`inbox/recent/${session.id}`);
  await visitor.at('thread-name').waitFor();
};

export const PHONE = [
  {
    name: 'phone', says: 'The inbox on a phone', sample: true,
    show: async (visitor) => {
      await visitor.go('inbox/recent');
      await visitor.at('session-row').first().waitFor();
    },
  },
  {
    name: 'phone-thread', says: 'A conversation on a phone',
    show: async (visitor, shop) => {
      await thread(visitor, shop.session);
      await visitor.at('composer-text').waitFor();
    },
  },
  {
    name: 'phone-waiting', says: 'Pick up, for a thumb',
    show: async (visitor, { sessions }) => {
      await thread(visitor, sessions['Omar Haddad']);
      await visitor.at('pick-up').waitFor();
    },
  },
  {
    name: 'phone-menu', says: 'What can be done with it',
    show: async (visitor, shop) => {
      await thread(visitor, shop.session);
      await visitor.at('thread-more').tap();
      await visitor.at('menu-details').waitFor();
    },
  },
  {
    name: 'phone-details', says: 'Details on a phone',
    show: async (visitor, shop) => {
      await thread(visitor, shop.session);
      await visitor.at('thread-more').tap();
      await visitor.at('menu-details').tap();
      await visitor.at('details').waitFor();
    },
    after: (visitor) => visitor.press('Escape'),
  },
  {
    name: 'phone-search', says: 'Search on a phone',
    show: async (visitor) => {
      await visitor.go('search?q=saddle&in=messages');
      await visitor.at('search-hit').first().waitFor();
    },
  },
  {
    name: 'phone-contacts', says: 'Contacts on a phone',
    show: async (visitor) => {
      await visitor.go('contacts');
      await visitor.at('contact-row').first().waitFor();
    },
  },
  {
    name: 'phone-contact', says: 'A contact on a phone',
    show: async (visitor, { session }) => {
      await visitor.go(`contacts/${session.contact_id}`);
      await visitor.at('contact-heading').waitFor();
    },
  },
  {
    name: 'phone-settings', says: 'Settings on a phone',
    show: async (visitor) => {
      await visitor.go('settings');
      await visitor.at('phone-presence').waitFor();
    },
  },
  {
    name: 'phone-channels', says: 'Channels on a phone',
    show: async (visitor) => {
      await visitor.go('settings/channels');
      await visitor.at('channel-row').first().waitFor();
    },
  },
  {
    name: 'phone-notifications', says: 'Notifications on a phone',
    show: async (visitor) => {
      await visitor.go('settings/notifications');
      await visitor.at('alerts-matrix').waitFor();
    },
  },
];

// Search and contacts; and the inbox in other languages and looks.

const lena = async (visitor, { session }) => {
  await visitor.go(`inbox/recent/${session.id}`);
  await visitor.at('composer-text').waitFor();
  await visitor.at('thread').locator('img').waitFor();
};
const contact = async (visitor, { session }) => {
  await visitor.go(`contacts/${session.contact_id}`);
  await visitor.at('contact-heading').waitFor();
  await visitor.at('contact-note').first().waitFor();
};

export const PAGES = [
  {
    name: 'search-begin', says: 'Search over everything that was ever said',
    show: async (visitor) => {
      await visitor.go('search');
      await visitor.at('search-everything').fill('');
      await visitor.at('saved-search').first().waitFor();
    },
  },
  {
    name: 'search', says: 'Hits in their context, with what was said around them',
    show: async (visitor) => {
      await visitor.go('search?q=saddle&in=messages');
      await visitor.at('search-hit').first().waitFor();
      await visitor.at('search-preview').locator('[aria-current=true]').waitFor();
    },
  },
  {
    name: 'search-nothing', says: 'Nothing found',
    show: async (visitor) => {
      await visitor.go('search?q=unicycle&in=messages');
      await visitor.at('empty-state').first().waitFor();
    },
  },
  {
    name: 'contacts', says: 'Contacts',
    show: async (visitor) => {
      await visitor.go('contacts');
      await visitor.at('contact-row').first().waitFor();
    },
  },
  { name: 'contact', says: 'A contact: numbers, facts, notes, what was said before', show: contact },
  {
    name: 'contact-form', says: 'A contact is changed',
    show: async (visitor, shop) => {
      await contact(visitor, shop);
      await visitor.at('contact-page-edit').click();
      await visitor.at('form-name').waitFor();
    },
    after: (visitor) => visitor.at('form-cancel').click(),
  },
];

/** Whoever reads from right to left, needs stronger contrast, or has longer words. */
export const OTHERS = [
  { name: 'inbox-arabic', says: 'From right to left: Arabic', prefers: { language: 'ar' }, show: lena },
  {
    name: 'settings-arabic', says: 'The settings in Arabic', prefers: { language: 'ar' },
    show: async (visitor) => {
      await visitor.go('settings/notifications');
      await visitor.at('alerts-matrix').waitFor();
    },
  },
  { name: 'inbox-german', says: 'In German', prefers: { language: 'de' }, show: lena },
  { name: 'inbox-contrast', says: 'High contrast', prefers: { theme: 'contrast' }, show: lena },
  {
    name: 'settings-contrast', says: 'The settings in high contrast', prefers: { theme: 'contrast' },
    show: async (visitor) => {
      await visitor.go('settings/appearance');
      await visitor.at('theme-contrast').waitFor();
    },
  },
];

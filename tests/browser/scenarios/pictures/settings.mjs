// Every page of the settings and what opens over them.

const page = (name, says, hash, what, then = async () => {}) => ({
  name, says,
  show: async (visitor, shop) => {
    await visitor.go(`settings/${hash}`);
    await visitor.at(what).first().waitFor();
    await then(visitor, shop);
  },
});
const over = (name, says, hash, button, what, then) => page(name, says, hash, button, async (visitor, shop) => {
  await visitor.at(button).first().click();
  await visitor.at(what).first().waitFor();
  await then?.(visitor, shop);
});

const NUMBERS = [
  {
    ...page('settings', 'Channels with their lights and figures', 'channels', 'channel-row', (visitor) =>
      visitor.at('channel-row', { hasText: 'Workshop line' }).waitFor()),
    sample: true,
  },
  page('providers', 'Choosing a provider', 'channels/new', 'provider-telnyx'),
  {
    name: 'channel', says: 'A channel that is in use',
    show: async (visitor, { shop }) => {
      await visitor.go(`settings/channels/${shop.id}`);
      await visitor.at('channel-name').waitFor();
    },
  },
  over('channel-menu', 'What can be done with a channel', 'channels', 'channel-menu', 'menu-delete'),
];

async function dropTelnyx({ admin }) {
  for (const { id, provider } of await admin.get('/channels')) {
    if (provider === 'telnyx') await admin.delete(`/channels/${id}`);
  }
}

/** The steps of the wizard, at Telnyx: each picture goes on where the one before stood. */
const WIZARD = [
  {
    name: 'wizard-credentials', says: 'Adding a channel: credentials',
    show: async (visitor, { desk }) => {
      const { values, secrets, base_url } = await desk.account('telnyx');
      // What the look before this one has set up, if it did not come to its last step.
      await dropTelnyx(desk);
      await visitor.go('settings/channels/new');
      await visitor.at('provider-telnyx').click();
      await visitor.at('channel-name').fill('Second shop');
      await visitor.at('field-api_key').fill(secrets.api_key);
      await visitor.at('field-public_key').fill(values.public_key);
      if (!(await visitor.at('base-url').isVisible())) await visitor.page.getByText('Advanced').click();
      await visitor.at('base-url').fill(base_url);
    },
  },
  {
    name: 'wizard-numbers', says: 'Adding a channel: the numbers of the account',
    show: async (visitor) => {
      await visitor.at('wizard-next').click();
      await visitor.at('numbers-fetch').click();
      await visitor.at('numbers-take').click();
      await visitor.at('number').first().waitFor();
    },
  },
  {
    name: 'wizard', says: 'Adding a channel: the webhook, set with a click', sample: true,
    show: async (visitor) => {
      await visitor.at('wizard-next').click();
      await visitor.at('webhook-set').click();
      await visitor.at('webhook-result').waitFor();
    },
  },
  {
    name: 'wizard-guard', says: 'Adding a channel: locks for its address',
    show: async (visitor) => {
      await visitor.at('guard').locator('summary').click();
      await visitor.at('guard-publish').click();
    },
    after: (visitor) => visitor.at('guard-networks').fill(''),
  },
  {
    name: 'wizard-options', says: 'Adding a channel: options',
    show: async (visitor) => {
      await visitor.at('wizard-next').click();
      await visitor.at('rate').waitFor();
    },
  },
  {
    name: 'wizard-test', says: 'Adding a channel: the test',
    show: async (visitor) => {
      await visitor.at('wizard-next').click();
      await visitor.at('test-waiting').waitFor();
    },
    after: (_, { desk }) => dropTelnyx(desk),
  },
].map((one) => ({ ...one, goesOn: one.name !== 'wizard-credentials' }));

const TEAM = [
  page('settings-queues', 'Queues', 'queues', 'queue-row'),
  over('queue-form', 'A queue: how it is picked up, and by whom', 'queues', 'queue-edit', 'queue-name'),
  page('settings-people', 'People', 'people', 'person-row'),
  over('person-form', 'A new person', 'people', 'person-add', 'person-name'),
  over('invite', 'An invitation', 'people', 'invite-open', 'invite-dialog'),
  page('settings-hours', 'Office hours', 'hours', 'week', (visitor) => visitor.at('tester-answer').waitFor()),
  over('holiday-form', 'A holiday', 'hours', 'holiday-add', 'holiday-name'),
  page('settings-contact-fields', 'Fields of the address book', 'contacts', 'field-row'),
  over('field-form', 'A field of the address book', 'contacts', 'field-edit', 'field-name'),
  page('settings-business', 'Business', 'business', 'business-name'),
  page('settings-network', 'Network', 'network', 'public-url'),
  page('settings-labels', 'Labels', 'labels', 'label-row'),
  over('label-form', 'A label', 'labels', 'label-edit', 'label-name'),
  page('settings-replies', 'Quick replies', 'replies', 'reply-row'),
  over('reply-form', 'A quick reply, and how it will read', 'replies', 'reply-edit', 'reply-form-preview'),
];

const MINE = [
  page('settings-calling', 'Calling', 'calling', 'call-method-tel'),
  page('settings-notifications', 'Notifications: what rings, where and when', 'notifications', 'alerts-matrix'),
  page('settings-keyboard', 'Keyboard: every key can be changed', 'keyboard', 'key-row'),
  page('settings-appearance', 'Appearance', 'appearance', 'theme-light'),
  page('settings-account', 'My account', 'account', 'devices'),
  page('settings-about', 'About', 'about', 'settings', (visitor) => visitor.page.locator('h1').waitFor()),
  {
    ...page('save-bar', 'What is not saved yet says so, and leaving asks', 'business', 'business-name', async (visitor) => {
      await visitor.at('business-name').fill('Northside Bikes & Co');
      await visitor.at('save-bar').waitFor();
      await visitor.at('settings-network').click();
      await visitor.at('leave-confirm').waitFor();
    }),
    after: (visitor) => visitor.at('leave-confirm').click(),
  },
];

export const SETTINGS = [...NUMBERS, ...WIZARD, ...TEAM, ...MINE];

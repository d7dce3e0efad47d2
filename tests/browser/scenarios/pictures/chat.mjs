// Live chat: its settings beside the real widget, the first steps, and a visitor in the inbox.

import { until } from '../../desk.mjs';
import { Guest } from '../../guest.mjs';
import { humming } from '../../voices.mjs';

/** The shop's chat, made when the first picture needs it. */
async function site(shop) {
  if (shop.site) return shop.site;
  const { admin } = shop.desk;
  const draft = await admin.post('/channels', { provider: 'livechat' });
  const settings = await admin.get(`/channels/${draft.id}/chat`);
  const [queue] = await admin.get('/queues');
  const { appearance, messages } = settings;
  await admin.ask('PUT', `/channels/${draft.id}/chat`, {
    ...settings,
    domains: ['www.northside-bikes.example', '*.northside-bikes.example'],
    appearance: { ...appearance, icon: 2, title: 'Northside Bikes', subtitle: 'We usually answer within minutes', agent_info: 'name' },
    messages: { ...messages, pre_chat: { ...messages.pre_chat, consent: 'I agree to the privacy policy.' } },
  });
  shop.site = await admin.patch(`/channels/${draft.id}`, {
    name: 'Website chat',
    numbers: [{ address: 'www.northside-bikes.example', destination: { kind: 'queue', id: queue.id }, starters: [] }],
    state: 'active',
  });
  shop.tested = (await admin.get(`/channels/${draft.id}/chat/snippet`)).test_path;
  return shop.site;
}

const tab = (name, says, id, what, then = async () => {}) => ({
  name, says,
  show: async (visitor, shop) => {
    const { id: channel } = await site(shop);
    await visitor.go('settings/overview');
    await visitor.at('checklist').waitFor();
    await visitor.go(`settings/channels/${channel}?tab=${id}`);
    await visitor.at(what).first().waitFor();
    await visitor.page.waitForTimeout(500);
    await then(visitor);
  },
});

const TABS = [
  { name: 'overview', says: 'Overview: first steps, and the light of each channel', show: async (visitor, shop) => {
    await site(shop);
    await visitor.go('settings/overview');
    await visitor.at('site-figures').waitFor();
  } },
  tab('chat-general', 'Live chat: where it shows, and who gets it', 'basics', 'site-domain'),
  tab('chat-look', 'Live chat: its look, with the real widget beside it', 'appearance', 'site-title'),
  tab('chat-messages', 'Live chat: questions before it, and what it says by itself', 'messages', 'site-language', async (visitor) => {
    if ((await visitor.at('site-fields').count()) === 0) await visitor.turn('site-pre-chat');
    await visitor.page.waitForTimeout(400);
  }),
  tab('chat-install', 'Live chat: the way into a website', 'install', 'site-snippet'),
];
// What was switched on for a picture is not to be asked about.
TABS[3].after = async (visitor) => {
  if ((await visitor.page.getByRole('button', { name: 'Undo changes' }).count()) > 0) await visitor.page.getByRole('button', { name: 'Undo changes' }).click();
  else await visitor.turn('site-pre-chat', false);
};

/** A visitor who asked, and is writing the next line. */
async function visit(browser, shop) {
  await site(shop);
  const guest = await Guest.come(browser, shop.desk.workspace + shop.tested);
  await guest.open();
  await guest.say('What does the yearly plan cost?');
  await guest.widget.locator('textarea').pressSequentially('And is it');
  return guest;
}

const inbox = (browser) => ({
  name: 'inbox-visitor', says: 'A visitor of the website writes: where they are, and what is known of them',
  show: async (visitor, shop) => {
    shop.guest = await visit(browser, shop);
    await visitor.go('inbox/recent');
    await visitor.open('Visitor');
    await visitor.at('visitor-state').first().waitFor();
    await visitor.at('visitor-writing').waitFor();
  },
  // The next picture has a visitor of its own.
  after: async (_, shop) => {
    await shop.guest.leave();
    const { sessions } = await shop.desk.admin.get('/sessions?folder=all&limit=100');
    for (const one of sessions.filter(({ provider, status }) => provider === 'livechat' && status === 'open')) {
      await shop.desk.admin.post(`/sessions/${one.id}/end`);
    }
  },
});

/** Somebody on the test page calls. */
async function caller(browser, shop) {
  const { id } = await site(shop);
  const { admin } = shop.desk;
  await admin.put(`/channels/${id}/chat`, { ...(await admin.get(`/channels/${id}/chat`)), mode: 'chat_and_calls' });
  const guest = await Guest.come(browser, shop.desk.workspace + shop.tested, { scripts: [humming], permissions: ['microphone'] });
  await guest.open();
  await guest.say('Can I talk to somebody about a wheel?');
  await guest.widget.getByRole('button', { name: 'Call us' }).click();
  return guest;
}

/** `then`: what happens once it rings. */
const call = (browser, name, says, then = async () => {}) => ({
  name, says,
  show: async (visitor, shop) => {
    await visitor.go('inbox/recent');
    shop.guest = await caller(browser, shop);
    await visitor.at('call-card').waitFor();
    // Cards of the picture before.
    for (let at = 0; at < 5 && (await visitor.at('toast').count()) > 0; at += 1) {
      await visitor.at('toast').first().getByRole('button').last().click();
    }
    await then(visitor);
  },
  after: async (visitor, shop) => {
    if ((await visitor.at('call-hang-up').count()) > 0) await visitor.at('call-hang-up').click();
    await shop.guest.widget.getByRole('button', { name: /Hang up|Close$/ }).first().click();
    await shop.guest.leave();
    await until('it rings no more', async () => (await visitor.at('call-card').count()) + (await visitor.at('call-bar').count()) === 0);
    const { sessions } = await shop.desk.admin.get('/sessions?folder=all&limit=100');
    for (const one of sessions.filter(({ provider, status }) => provider === 'livechat' && status === 'open')) {
      await shop.desk.admin.post(`/sessions/${one.id}/end`);
    }
  },
});
const ringing = (browser, name) => call(browser, name, 'A visitor of the website calls, whatever is on the screen');
const talking = (browser, name) => call(browser, name, 'In a call: how long, mute and hang up', async (visitor) => {
  await visitor.context.grantPermissions(['notifications', 'microphone']);
  await visitor.page.evaluate(humming);
  await visitor.at('call-answer').click();
  await visitor.at('call-time').filter({ hasText: /0:0[2-9]/ }).waitFor();
});

export const chat = (browser) => [...TABS, inbox(browser), ringing(browser, 'inbox-call-rings'), talking(browser, 'inbox-call')];
export const chatOnPhone = (browser) => [
  { ...TABS[0], name: 'phone-overview' },
  { ...TABS[2], name: 'phone-chat-look' },
  { ...inbox(browser), name: 'phone-visitor' },
  ringing(browser, 'phone-call-rings'),
  talking(browser, 'phone-call'),
];

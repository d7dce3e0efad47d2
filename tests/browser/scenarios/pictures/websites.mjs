// The chat as visitors of a website see it, from a real desk.

import { randomUUID } from 'node:crypto';

import { until } from '../../desk.mjs';
import { Visitor } from '../../visitor.mjs';
import { humming } from '../../voices.mjs';
import { html, Website, Widget } from '../../website.mjs';

const SHOP = `<style>
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 48px 56px; font: 17px/1.6 Georgia, serif; background: light-dark(#fff, #131416); color: light-dark(#333, #c9c9c9); }
  h1 { font-size: 40px; font-weight: 400; margin: 0 0 12px; }
  p { max-width: 52ch; }
</style>`;
const PAGE = `<main><h1>Northside Bikes</h1><p>Frames that fit, brakes that hold, and a workshop where you may watch.
Open from ten to six, on Sundays until four.</p><p>We repair every bicycle, whoever sold it. Most are ready the next day.</p></main>`;
const ARABIC = `<main><h1>دراجات الشمال</h1><p>هياكل تناسبك، ومكابح تثق بها، وورشة يمكنك أن تراقب فيها العمل. نفتح من العاشرة حتى السادسة.</p></main>`;
const CLOSED = { zone: 'UTC', mode: 'weekly', days: [[], [], [], [], [], [], []], channels: [] };
const ALWAYS = { ...CLOSED, mode: 'always' };

/** A desk with a website, and Sofia who answers there. */
export async function website(desk) {
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const sofia = (await desk.person('Sofia Ortiz', 'agent', [front.id])).api;
  const site = await desk.site({ kind: 'queue', id: front.id }, ({ appearance, messages }) => {
    Object.assign(appearance, { title: 'Northside Bikes', subtitle: 'usually answers in 2 minutes' });
    messages.first_answer.on = false;
  });
  const pages = await Website.open();
  pages.page('/', html(site.snippet, { title: 'Northside Bikes', head: SHOP, body: PAGE }));
  pages.page('/ar', html(site.snippet, { title: 'دراجات', head: SHOP, body: ARABIC, lang: 'ar' }));
  return { desk, admin, sofia, site, pages };
}

/** A visitor writes these, and Sofia answers each. */
async function talk(visitor, place, turns) {
  const chat = new Widget(visitor);
  const { sofia } = place;
  await chat.open();
  for (const [asks, answers] of turns) {
    await chat.say(asks);
    await chat.taken(asks);
    const session = await until('the session', async () => {
      const { sessions } = await sofia.get('/sessions?folder=recent&limit=100');
      return sessions.find((one) => one.preview === asks);
    });
    if (!session.owner_id) await sofia.post(`/sessions/${session.id}/pick-up`);
    await sofia.post(`/sessions/${session.id}/messages`, { text: answers, client_key: randomUUID() });
    await chat.sees(answers);
  }
  return chat;
}

const PLAN = [
  ['What does the yearly service cost?', 'Hello! It is 96 a year for one bicycle: brakes, gears and a new chain when it is due.'],
  ['And if I bring two?', 'Then the second one is 60.'],
];
/** Sofia at her desk, with a microphone, and a visitor whose chat has a button to call. */
async function atDesk(visitor, place) {
  const { desk, site, sofia, admin } = place;
  await desk.chat(site, (settings) => {
    settings.mode = 'chat_and_calls';
  });
  const [{ id }] = (await admin.get('/users')).filter(({ name }) => name === 'Sofia Ortiz');
  await admin.patch(`/users/${id}`, { may_call: true });
  place.page = await Visitor.comeIn(visitor.context.browser(), desk, sofia, { name: 'sofia', scripts: [humming], permissions: ['notifications', 'microphone'] });
  await visitor.page.reload();
  return place.page;
}
/** She goes, and whoever is called has hung up. */
async function leaves(place) {
  await place.page.leave();
  await place.desk.chat(place.site, (settings) => {
    settings.mode = 'chat';
  });
}
async function rings(visitor, place) {
  const chat = await talk(visitor, place, PLAN.slice(0, 1));
  await atDesk(visitor, place);
  await place.page.row('Visitor').first().click();
  await until('she may call', async () => (await place.page.at('call-back').getAttribute('aria-disabled')) === 'false');
  await place.page.at('call-back').click();
  await chat.at('.phone', { hasText: 'is calling' }).waitFor();
  return chat;
}
const CALLER = { scripts: [humming], permissions: ['microphone'] };

const SMALL = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const change = ({ desk, site }, how) => desk.chat(site, how);

/** `path`: the page; `options`: of the browser; `looks`: what is set up before it and put back behind. */
export const WEBSITES = [
  {
    name: 'widget-talk', says: 'The chat on a website',
    show: (visitor, place) => talk(visitor, place, PLAN),
  },
  {
    name: 'widget-bar', says: 'As a bar, on the left, in another colour',
    before: (place) => change(place, ({ appearance }) => Object.assign(appearance, { launcher: 'bar', side: 'left', colour: '#ffd400', icon: 6 })),
    show: (visitor) => new Widget(visitor).launcher().waitFor(),
  },
  {
    name: 'widget-bar-open', says: 'The same, open', goesOn: true,
    show: async (visitor) => {
      const chat = new Widget(visitor);
      await chat.open();
      await chat.named('Emoji').click();
      await chat.at('.palette').waitFor();
    },
    after: (place) => change(place, ({ appearance }) => Object.assign(appearance, { launcher: 'bubble', side: 'right', colour: '#1f5b4c', icon: 1 })),
  },
  {
    name: 'widget-questions', says: 'Questions before a chat',
    before: (place) => change(place, ({ messages }) => {
      messages.pre_chat.on = true;
      messages.pre_chat.consent = 'I agree that my details are used to answer me.';
    }),
    show: async (visitor) => {
      const chat = new Widget(visitor);
      await chat.open();
      await chat.at('form').waitFor();
    },
  },
  {
    name: 'widget-away', says: 'Nobody is there: a message is left',
    before: ({ admin }) => admin.put('/hours', CLOSED),
    show: async (visitor) => {
      const chat = new Widget(visitor);
      await chat.open();
      await chat.at('form').waitFor();
    },
    after: async (place) => {
      await place.admin.put('/hours', ALWAYS);
      await change(place, ({ messages }) => Object.assign(messages.pre_chat, { on: false, consent: '' }));
    },
  },
  {
    name: 'widget-arabic', says: 'From right to left', path: '/ar',
    show: (visitor, place) => talk(visitor, place, [['متى تفتحون يوم الأحد؟', 'من العاشرة حتى الرابعة. أهلاً بك!']]),
  },
  {
    name: 'widget-call', says: 'A visitor talks with an agent', options: CALLER,
    show: async (visitor, place) => {
      const chat = await talk(visitor, place, PLAN);
      await atDesk(visitor, place);
      await chat.named('Call us').click();
      await place.page.at('call-answer').click();
      await chat.at('.phone .clock', { hasText: /0:0[2-9]/ }).waitFor();
    },
    after: leaves,
  },
  {
    name: 'widget-called', says: 'An agent calls back while the chat is closed', options: CALLER,
    show: async (visitor, place) => {
      const chat = await rings(visitor, place);
      await chat.launcher().click();
      await chat.at('.phone.afloat').waitFor();
    },
    after: leaves,
  },
  {
    name: 'widget-phone', says: 'On a phone', options: SMALL,
    show: (visitor, place) => talk(visitor, place, PLAN),
  },
];

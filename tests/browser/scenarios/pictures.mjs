// The pictures of README and documents, with a week of a bicycle shop in them. By itself
// (`run.mjs pictures`) it renews docs/images and docs/screens.md; among the others it only tries
// that they can be made. DESKBELL_PICTURES_ONLY=inbox,snooze takes a few, DESKBELL_PICTURES_IN=de
// takes all in another language, to be looked at.

import { bind } from './pictures/album.mjs';
import { chat, chatOnPhone } from './pictures/chat.mjs';
import { DIALOGS } from './pictures/dialogs.mjs';
import { INBOX } from './pictures/inbox.mjs';
import { OTHERS, PAGES } from './pictures/pages.mjs';
import { PHONE } from './pictures/phone.mjs';
import { SETTINGS } from './pictures/settings.mjs';
import { furnish } from './pictures/shop.mjs';
import { DOOR, FIRST } from './pictures/strangers.mjs';
import { asked, calm, isWanted, language, take } from './pictures/take.mjs';
import { website, WEBSITES } from './pictures/websites.mjs';

/** All pictures take their time; a few of them do not. */
export const limit = asked ? 1_800_000 : 300_000;

/** A desk without the demo says so when it is asked for. */
const EXPECTED = [/status of 404 .*\/demo/, /AudioContext encountered an error/];
const SCHEMES = ['light', 'dark'];
const SMALL = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Screens that go on where another stood are taken with all those before them. */
function chosen(screens) {
  const last = screens.findLastIndex((one) => isWanted(one));
  return screens.filter((one, at) => isWanted(one) || (at < last && goesOnTo(screens, at)));
}

function goesOnTo(screens, at) {
  for (let next = at + 1; next < screens.length && screens[next].goesOn; next += 1) {
    if (isWanted(screens[next])) return true;
  }
  return false;
}

async function show({ check, visitor, shop, scheme, screen }) {
  await check(`${screen.name}, ${scheme}`, async () => {
    await screen.show(visitor, shop);
    if (isWanted(screen)) await take(visitor, `${screen.name}-${scheme}`);
    await screen.after?.(visitor, shop);
  });
  if (!screen.goesOn) await calm(visitor);
}

/** The same people again and again: those who prefer something come anew with it. */
async function walk(stage, shop, screens, options = {}) {
  const { check, member } = stage;
  const { admin } = shop.desk;
  const groups = new Map();
  for (const one of chosen(screens)) {
    const prefers = JSON.stringify(one.prefers ?? {});
    groups.set(prefers, [...(groups.get(prefers) ?? []), one]);
  }
  for (const scheme of SCHEMES) {
    for (const [prefers, group] of groups) {
      await shop.desk.prefer(admin, { ...(language && { language }), ...JSON.parse(prefers) });
      const visitor = await member(shop.desk, admin, { name: `hanna-${scheme}`, scheme, expected: EXPECTED, ...options });
      for (const screen of group) await show({ check, visitor, shop, scheme, screen });
      await visitor.leave();
    }
  }
  await shop.desk.prefer(admin, {});
}

async function strangers(stage, shop) {
  const { admin } = shop.desk;
  if (DOOR.some(isWanted)) {
    await admin.patch('/settings', { lan: true });
    const { token } = await admin.post('/invites', { name: 'Mia Sand', role: 'agent', queues: [] });
    shop.invitation = `${shop.desk.workspace}/#/join/${token}`;
  }
  for (const scheme of SCHEMES) {
    const fresh = chosen(FIRST);
    if (fresh.length > 0) {
      const desk = await stage.desk(`-new-${scheme}`);
      const visitor = await stage.visitor(desk, { name: `newcomer-${scheme}`, scheme });
      for (const screen of fresh) await show({ check: stage.check, visitor, shop, scheme, screen });
      await visitor.leave();
    }
    if (!DOOR.some(isWanted)) continue;
    const visitor = await stage.visitor(shop.desk, { name: `stranger-${scheme}`, scheme });
    for (const screen of chosen(DOOR)) await show({ check: stage.check, visitor, shop, scheme, screen });
    await visitor.leave();
  }
}

/** On the other side: a website, and whoever looks at it. */
async function websites(stage) {
  if (!WEBSITES.some(isWanted) || language) return;
  const place = await website(await stage.desk('-website'));
  for (const scheme of SCHEMES) {
    let visitor;
    for (const screen of WEBSITES) {
      const { name, path = '/', options = {}, goesOn = false } = screen;
      await stage.check(`${name}, ${scheme}`, async () => {
        await screen.before?.(place);
        if (!goesOn) {
          await visitor?.leave();
          visitor = await stage.visitor(place.desk, { name, scheme, viewport: { width: 900, height: 720 }, at: place.pages.url(path), ...options });
        }
        await screen.show(visitor, place);
        if (isWanted(screen)) await take(visitor, `${name}-${scheme}`);
        await screen.after?.(place);
      });
    }
    await visitor.leave();
  }
  place.pages.close();
}

export default async function pictures(stage) {
  const shop = await furnish(await stage.desk());
  await walk(stage, shop, [...INBOX, ...DIALOGS, ...PAGES, ...SETTINGS]);
  if (!language) await walk(stage, shop, OTHERS);
  await walk(stage, shop, PHONE, SMALL);
  const [CHAT, CHAT_ON_PHONE] = [chat(stage.browser), chatOnPhone(stage.browser)];
  await walk(stage, shop, CHAT);
  await walk(stage, shop, CHAT_ON_PHONE, SMALL);
  await strangers(stage, shop);
  await websites(stage);
  if (!asked || language) return;
  await bind([
    { title: 'The inbox', screens: INBOX },
    { title: 'Over the inbox', screens: DIALOGS },
    { title: 'Search and contacts', screens: PAGES },
    { title: 'Settings', screens: SETTINGS },
    { title: 'Live chat', screens: CHAT },
    { title: 'Other languages and looks', screens: OTHERS },
    { title: 'On a phone', screens: [...PHONE, ...CHAT_ON_PHONE], wide: 260 },
    { title: 'The first run, and the door', screens: [...FIRST, ...DOOR] },
    { title: 'On a website', screens: WEBSITES },
  ]);
}

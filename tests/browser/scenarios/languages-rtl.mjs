// Every main screen in a language that is twice as long as English, and in one that is written from
// right to left: nothing overflows, nothing of ours is untranslated, the layout is mirrored.

import assert from 'node:assert/strict';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
/** Written without Latin letters: what is left of those is ours, or somebody else's work. */
const OURS = { name: 'Ελένη Παππά', business: 'Ποδήλατα', queue: 'Ταμείο', label: 'Αργεί', text: 'Είναι έτοιμο;' };
const LENA = '+12025550147';

/**
 * Whose words are not of the pages: keys as they stand on the keyboard, names of providers, what
 * the core says in its own sentences, and what is spelled the same everywhere.
 */
const SOMEBODY_ELSES = {
  keys: 'kbd, .keys',
  dates: 'time, .at, option',
  'names of languages, countries and zones': 'select, output',
  'technical words': 'code, .mono, textarea, [data-testid=about-licences]',
  'providers and their health': '[data-testid=provider-label], .light, .health',
  'names of devices, which they give themselves': '[data-testid=devices] .name',
  'what the customer and the core wrote': '[data-testid=message], [data-testid=event], .preview',
};
/** Proper names, and signs that no language changes. */
const NAMES = /\b(Deskbell|Demo|Twilio|SMS|MMS|WhatsApp|Messenger|API|URL|QR|JSON|CSV|GitHub|SQLite|MIT|Apache|GMT|UTC|am|pm|KB|MB|GB|eleni|tel|sip|callto|https?|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Chrome|Linux|HeadlessChrome)\b/g;

const PLACE = /https?:\S+/g;
const ID = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

const PAGES = [
  'contacts', 'search', 'settings/channels', 'settings/queues', 'settings/people', 'settings/contacts', 'settings/hours', 'settings/business',
  'settings/network', 'settings/labels', 'settings/replies', 'settings/calling', 'settings/notifications', 'settings/keyboard',
  'settings/appearance', 'settings/account', 'settings/about',
];

/** Runs in the page: what is to be seen or read aloud, without what is left out. */
function words(without) {
  const out = new Set();
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && one.checkVisibility();
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest(`script, style, ${without}`) || !seen(parent)) continue;
    out.add(node.textContent.trim());
  }
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (one.closest(without) || !seen(one)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) out.add(one.getAttribute(name)?.trim() ?? '');
  }
  return [...out].filter(Boolean);
}

/** What remains once everything bracketed, and every proper name, is taken away. */
function untranslated(texts) {
  return texts.filter((text) => {
    let rest = text;
    for (let before = ''; before !== rest; ) {
      before = rest;
      rest = rest.replace(/\[[^[\]]*\]/g, ' ');
    }
    // The key that does the same stands behind a name.
    rest = rest.replace(/\([^()]*\)/g, ' ').replace(ID, ' ').replace(PLACE, ' ').replace(NAMES, ' ');
    return /[A-Za-z]{2,}/.test(rest);
  });
}

/** Runs in the page: what is wider than the place it has. */
function wide() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page: ${document.documentElement.scrollWidth} > ${innerWidth}`);
  for (const one of document.querySelectorAll('main, aside, nav, section, .page, dialog[open]')) {
    // A row of filters is pushed along by a thumb.
    if (one.classList.contains('chips')) continue;
    const style = getComputedStyle(one);
    // The edge that is pulled to make it wider stands half outside.
    const edge = one.querySelector(':scope > [role=separator]') ? 4 : 1;
    if (one.scrollWidth > one.clientWidth + edge && ['auto', 'scroll', 'visible'].includes(style.overflowX) && one.clientWidth > 0) {
      found.push(`${one.tagName.toLowerCase()}.${one.className} ${one.dataset.testid ?? ''}: ${one.scrollWidth} > ${one.clientWidth}`);
    }
  }
  return found;
}

export default async function languages({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp({ name: OURS.name, login: 'eleni', business: OURS.business });
  const front = (await admin.get('/queues'))[0];
  await admin.patch(`/queues/${front.id}`, { name: OURS.queue });
  const channel = await desk.twilio({ kind: 'queue', id: front.id }, { name: OURS.business });
  const label = await admin.post('/labels', { name: OURS.label, colour: 'red' });
  await desk.text(channel, LENA, OURS.text);
  const session = await desk.session(LENA);
  await admin.post(`/sessions/${session.id}/pick-up`);
  await admin.patch(`/contacts/${session.contact_id}`, { name: OURS.name });
  await admin.post(`/sessions/${session.id}/messages`, { client_key: 'languages-text', text: OURS.text });
  await admin.post(`/sessions/${session.id}/messages`, { client_key: 'languages-note', text: OURS.label, note: true });
  assert.ok(label.id);
  const without = Object.values(SOMEBODY_ELSES).join(', ');

  for (const language of ['pseudo', 'ar']) {
    await desk.prefer(admin, { language });
    for (const [size, viewport, scheme] of [['desktop', DESKTOP, 'light'], ['phone', PHONE, 'dark']]) {
      const eleni = await member(desk, admin, { name: `${language}-${size}`, viewport, scheme });
      const { page } = eleni;
      const problems = [];
      const looked = async (where) => {
        problems.push(...(await page.evaluate(wide)).map((one) => `${where}: too wide: ${one}`));
        if (language === 'pseudo') problems.push(...untranslated(await page.evaluate(words, without)).map((one) => `${where}: not translated: ${one}`));
        // What axe finds does not hang on how long the words are: once in the dark is enough.
        if (language === 'ar' || size === 'desktop') problems.push(...(await eleni.barriers()).map((one) => `${where}: ${one}`));
      };
      const settled = () => page.waitForFunction(() => (document.querySelector('.content')?.innerText ?? '').trim() !== '');
      const clean = () => assert.deepEqual(problems.splice(0), []);

      await check(`the inbox with a thread, ${language}, ${size}`, async () => {
        await page.waitForFunction((lang) => document.documentElement.lang === lang, language === 'ar' ? 'ar' : 'en-GB');
        await eleni.row(OURS.name).waitFor();
        await looked('list');
        await eleni.open(OURS.name);
        await eleni.bubble(OURS.text).first().waitFor();
        await looked('thread');
        await eleni.at('thread-more').click();
        await looked('menu');
        await eleni.press('Escape');
        await eleni.picture(`language-${language}-${size}`);
        clean();
      });
      await check(`every page, ${language}, ${size}`, async () => {
        for (const hash of PAGES) {
          await eleni.go(hash);
          await settled();
          await looked(hash);
        }
        clean();
      });
      if (size === 'desktop') {
        await check(`the dialogs, ${language}`, async () => {
          await eleni.go('inbox/recent');
          await eleni.open(OURS.name);
          await eleni.at('thread').focus();
          for (const key of ['?', 'Shift+N', 'Control+k', 'Control+Shift+D', 't', 'z', 'l', 'Shift+E']) {
            await eleni.press(key);
            await page.locator('dialog[open]').waitFor();
            await looked(`dialog of ${key}`);
            await eleni.press('Escape');
            await page.locator('dialog[open]').waitFor({ state: 'hidden' });
          }
          clean();
        });
      }
      if (language === 'ar' && size === 'desktop') {
        await check('from right to left everything is mirrored', async () => {
          assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
          const x = async (id) => (await eleni.at(id).first().boundingBox()).x;
          assert.ok((await x('folder-recent')) > (await x('session-list')), 'folders are right of the list');
          assert.ok((await x('session-list')) > (await x('thread-pane')), 'the list is right of the thread');
          const middle = async (direction) => {
            const box = await page.locator(`[data-testid=message][data-direction=${direction}]`).first().boundingBox();
            return box.x + box.width / 2;
          };
          assert.ok((await middle('in')) > (await middle('out')), 'the customer stands on the right');
          // Numbers are read from left to right wherever they stand.
          assert.match(await eleni.at('thread-line').innerText(), /Ποδήλατα/);
        });
      }
      await eleni.leave();
    }
  }
}

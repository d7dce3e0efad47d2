// The chat on all kinds of pages of somebody else: strict, hostile, moving, framed, slow, foreign.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';
import { html, STRANGER, Website, Widget } from '../website.mjs';

/** Rules and globals of a page that was never meant to have a guest. */
const RESETS = `<style>
  :root > *, :root > * * { all: unset !important; display: none !important; font: 40px/1 cursive !important; opacity: .1 !important; }
  :root { --accent: red; --ground: red; --ink: red; }
  div, section, button, textarea, deskbell-chat { position: static !important; visibility: hidden !important; transform: scale(3) !important; }
</style>`;
const GLOBALS = `<script>
  Array.prototype.toJSON = function () { return 'spoiled'; };
  Object.prototype.surplus = 'x';
  Array.prototype.surplus = 'x';
  String.prototype.toJSON = function () { return 'spoiled'; };
  window.name = 'hostile'; window.$ = window._ = window.t = window.e = () => { throw new Error('not yours'); };
  window.define = () => { throw new Error('no module for you'); }; window.define.amd = {};
</script>`;
/** Runs once the launcher is there. */
function spoil() {
  const no = () => {
    throw new Error('taken away');
  };
  window.fetch = window.WebSocket = window.setTimeout = window.clearTimeout = no;
  JSON.parse = JSON.stringify = no;
  document.createElement = document.createElementNS = no;
}

export default async function chatPages({ check, desk: open, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const site = await desk.site({ kind: 'queue', id: front.id });
  const website = await Website.open();
  const sessions = async () => (await admin.get('/sessions?folder=all&limit=100')).sessions;
  const { script_url: script } = site;

  /** Somebody chats on this page, and the desk hears it. */
  const chats = async (name, path, text, prepare = async () => {}) => {
    const visitor = await come(desk, { name, at: website.url(path) });
    const chat = new Widget(visitor);
    await chat.launcher().waitFor();
    await prepare(visitor, chat);
    await chat.open();
    await chat.sees('Hello! How can we help you?');
    await chat.say(text);
    await chat.taken(text);
    await until('the desk has it', async () => (await sessions()).some((one) => one.preview === text));
    return { visitor, chat };
  };

  await check('a plain page: no shift, no globals, no styles, nothing that was not opened', async () => {
    website.page('/plain', html(`<script>globalThis.before = Object.keys(window)</script>${site.snippet}`));
    const visitor = await come(desk, { name: 'plain', at: 'about:blank' });
    const asked = [];
    visitor.page.on('request', (request) => asked.push(request.url()));
    const plainly = [];
    visitor.page.on('response', (answer) => {
      if (/\/chat\/.*\.js$/.test(answer.url()) && answer.headers()['content-encoding'] !== 'gzip') plainly.push(answer.url());
    });
    await visitor.page.addInitScript(() => {
      globalThis.shifts = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) globalThis.shifts += one.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await visitor.page.goto(website.url('/plain'));
    const chat = new Widget(visitor);
    await chat.launcher().waitFor();
    const ours = asked.filter((url) => url.includes('/chat/')).map((url) => url.split('/').at(-1));
    assert.deepEqual(ours, ['widget.js', 'look'], 'the launcher takes two requests');
    assert.deepEqual(await visitor.page.evaluate(() => Object.keys(localStorage)), [], 'nothing is kept yet');
    const places = () => visitor.page.evaluate(() => [...document.body.children].map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();
    assert.equal(await visitor.page.evaluate(() => globalThis.shifts), 0);
    await chat.open();
    assert.deepEqual(await places(), before, 'nothing of the page has moved');
    await chat.say('From a plain page');
    await chat.taken('From a plain page');
    const left = await visitor.page.evaluate(() => ({
      globals: Object.keys(window).filter((key) => !globalThis.before.includes(key) && key !== 'before'),
      styles: document.querySelectorAll('style, link[rel=stylesheet]').length + document.adoptedStyleSheets.length,
      body: document.body.children.length,
    }));
    assert.deepEqual(left, { globals: [], styles: 0, body: 4 });
    assert.deepEqual(plainly, [], 'scripts travel compressed');
  });

  await check('a page with a strict policy, with just the lines that the desk names', async () => {
    const policy = ["default-src 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", ...site.csp].join('; ');
    website.page('/strict', html(site.snippet), { 'content-security-policy': policy });
    const { visitor, chat } = await chats('strict', '/strict', 'From a strict page');
    await chat.attach([{ name: 'point.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64') }]);
    await chat.say('With a picture');
    await chat.taken('With a picture');
    await visitor.page.reload();
    const image = chat.bubble('With a picture').locator('img');
    await image.waitFor();
    await until('the picture is drawn', () => image.evaluate((one) => one.complete && one.naturalWidth > 0));
  });

  await check('a page with hostile resets and globals', async () => {
    website.page('/hostile', html(site.snippet, { head: RESETS + GLOBALS }));
    const { visitor, chat } = await chats('hostile', '/hostile', 'From a hostile page', async (one) => {
      await one.page.evaluate(spoil);
    });
    const look = await chat.panel().evaluate((panel) => {
      const style = getComputedStyle(panel);
      const { width, height, right, bottom } = panel.getBoundingClientRect();
      return { shown: style.display, opacity: style.opacity, ground: style.backgroundColor, width, high: height > 400, inside: right <= innerWidth && bottom <= innerHeight };
    });
    assert.deepEqual(look, { shown: 'flex', opacity: '1', ground: 'rgb(255, 255, 255)', width: 364, high: true, inside: true });
    assert.equal(await visitor.page.evaluate(() => getComputedStyle(document.querySelector('deskbell-chat')).opacity), '1');
  });

  await check('a single-page app that replaces its body, and even all of its page', async () => {
    website.page('/app', html(site.snippet));
    const { visitor, chat } = await chats('app', '/app', 'From an app');
    await visitor.page.evaluate(() => {
      history.pushState(null, '', '/app/cart');
      document.title = 'Cart';
      document.body.replaceWith(document.createElement('body'));
    });
    await chat.say('Still here');
    await chat.taken('Still here');
    const [session] = (await sessions()).filter((one) => one.preview === 'Still here');
    await until('the page is known', async () => {
      const { page } = await admin.get(`/sessions/${session.id}/visitor`);
      return page?.title === 'Cart' && page.url.endsWith('/app/cart');
    });
    await visitor.page.evaluate(() => document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body')));
    await chat.say('And after that');
    await chat.taken('And after that');
  });

  await check('a snippet that stands in the page twice', async () => {
    website.page('/twice', html(site.snippet + site.snippet));
    const { visitor } = await chats('twice', '/twice', 'From a page with two');
    assert.equal(await visitor.page.locator('deskbell-chat').count(), 1);
  });

  await check('inside a frame, with and without storage', async () => {
    website.page('/framed', html(site.snippet));
    website.page('/frames', html('', { body: '<iframe src="/framed" width="600" height="700"></iframe>' }));
    const visitor = await come(desk, { name: 'framed', at: website.url('/frames') });
    const chat = new Widget(visitor, visitor.page.frameLocator('iframe'));
    await chat.open();
    await chat.say('From a frame');
    await chat.taken('From a frame');
    website.page('/sealed', html('', { body: '<iframe src="/framed" sandbox="allow-scripts" width="600" height="700"></iframe>' }));
    visitor.expect(/CORS|net::ERR_FAILED|status of 403/);
    await visitor.page.goto(website.url('/sealed'));
    await visitor.page.waitForTimeout(1_500);
    assert.equal(await visitor.page.frameLocator('iframe').locator('deskbell-chat').count(), 0, 'a page without an origin gets nothing');
  });

  await check('a slow line: the page first, then the chat', async () => {
    website.page('/slow', html(site.snippet));
    const visitor = await come(desk, { name: 'slow', at: 'about:blank' });
    const line = await visitor.context.newCDPSession(visitor.page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', { offline: false, latency: 800, downloadThroughput: 6_000, uploadThroughput: 6_000 });
    await visitor.page.goto(website.url('/slow'));
    const chat = new Widget(visitor);
    await chat.launcher().click();
    assert.equal(await chat.launcher().getAttribute('aria-busy'), 'true', 'it says that it is coming');
    await chat.panel().waitFor();
    await chat.say('From far away');
    await chat.taken('From far away');
  });

  await check('a page that rests in the browser’s memory has no line, and wakes with it', async () => {
    website.page('/rest', html(site.snippet));
    const { visitor, chat } = await chats('rest', '/rest', 'Before I left');
    // As the browser tells it; the browser of these tests keeps no pages in memory.
    const turn = (kind) => visitor.page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), kind);
    await turn('pagehide');
    await chat.at('.notice', { hasText: 'No connection' }).waitFor();
    await turn('pageshow');
    await chat.say('Back again');
    await chat.taken('Back again');
    assert.equal(await chat.at('.notice').textContent(), '');
  });

  await check('a page of another website gets nothing', async () => {
    const before = (await sessions()).length;
    website.page('/foreign', html(site.snippet));
    const visitor = await come(desk, { name: 'foreign', at: 'about:blank', expected: [/CORS|net::ERR_FAILED|status of 403|WebSocket connection/] });
    const warned = new Promise((done) => visitor.page.on('console', (one) => one.type() === 'warning' && done(one.text())));
    await visitor.page.goto(website.url('/foreign', STRANGER));
    assert.match(await warned, /No chat: is this page’s domain in the settings/);
    assert.equal(await visitor.page.locator('deskbell-chat').count(), 0);
    const tried = await visitor.page.evaluate(async (base) => {
      const look = await fetch(`${base}look`).then(() => 'read', () => 'refused');
      const line = await new Promise((done) => {
        const socket = new WebSocket(`${base.replace('http', 'ws')}socket`);
        socket.onopen = () => done('open');
        socket.onerror = () => done('refused');
      });
      return { look, line };
    }, script.replace('widget.js', ''));
    assert.deepEqual(tried, { look: 'refused', line: 'refused' });
    assert.equal((await sessions()).length, before);
  });

  await check('by keyboard alone, and Tab goes round on a phone', async () => {
    website.page('/keys', html(site.snippet));
    const visitor = await come(desk, { name: 'keys', at: website.url('/keys'), viewport: { width: 390, height: 780 } });
    const chat = new Widget(visitor);
    await chat.launcher().focus();
    await visitor.press('Enter');
    await chat.panel().waitFor();
    const focus = () => visitor.page.evaluate(() => {
      const { activeElement: on } = document.querySelector('deskbell-chat').shadowRoot;
      return on?.ariaLabel ?? on?.tagName;
    });
    await until('the focus', async () => (await focus()) === 'Write a message…');
    const stops = [];
    for (let times = 0; times < 6; times++) {
      await visitor.press('Tab');
      stops.push(await focus());
    }
    assert.deepEqual(stops, ['Emoji', 'Close chat', 'Chat transcript', 'Add a picture', 'Write a message…', 'Emoji']);
    assert.equal(await chat.panel().getAttribute('aria-modal'), 'true');
    await visitor.press('Enter');
    await chat.at('.palette').waitFor();
    await visitor.press('Enter');
    await until('an emoji', async () => (await chat.text().inputValue()) === '😀');
    await visitor.press('Escape');
    await chat.panel().waitFor({ state: 'hidden' });
    await until('the focus is back', async () => (await focus()) === 'Open chat');
  });

  await check('no barriers: light, dark, from right to left, on a phone, with questions', async () => {
    await desk.chat(site, ({ messages }) => (messages.pre_chat.on = true));
    website.page('/bare', html(site.snippet, { body: '<main><h1>The shop</h1></main>' }));
    website.page('/arabic', html(site.snippet, { lang: 'ar', body: '<main><h1>المتجر</h1></main>' }));
    const looks = [
      ['light', '/bare', { scheme: 'light' }],
      ['dark', '/bare', { scheme: 'dark' }],
      ['arabic', '/arabic', { scheme: 'light' }],
      ['phone', '/bare', { scheme: 'dark', viewport: { width: 390, height: 780 } }],
    ];
    for (const [name, path, options] of looks) {
      const visitor = await come(desk, { name, at: website.url(path), ...options });
      const chat = new Widget(visitor);
      await chat.open();
      await chat.at('form').waitFor();
      assert.deepEqual(await visitor.barriers(), [], `${name}, questions`);
      await chat.at('form button').click();
      await chat.text().fill('Hello https://www.shop.example/prices');
      await chat.text().press('Enter');
      await chat.at('.m.own small').waitFor();
      await chat.at('header button').first().click();
      await chat.at('.menu').waitFor();
      assert.deepEqual(await visitor.barriers(), [], `${name}, talking`);
      const small = await chat.at('button').filter({ visible: true }).evaluateAll((all) =>
        all.map((one) => [one.ariaLabel ?? one.textContent, Math.min(one.offsetWidth, one.offsetHeight)]).filter(([, side]) => side < 44));
      assert.deepEqual(small, [], `${name}: a finger hits every button`);
      assert.equal(await chat.at('.w').getAttribute('dir'), name === 'arabic' ? 'rtl' : 'ltr');
    }
  });
  website.close();
}

// Calls of live chat: two browsers, each with a microphone, talk through the desk's two lines.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';
import { LIMIT } from '../visitor.mjs';
import { heard, hears, listenIn, loudness, mute, talking } from '../voices.mjs';
import { html, Website, Widget } from '../website.mjs';

export const limit = 600_000 * Number(process.env.DESKBELL_PATIENCE ?? 1);

/** Runs in the page: the desktop window of a system whose webview has no WebRTC. */
function asWindow(workspace) {
  delete globalThis.RTCPeerConnection;
  globalThis.opened = [];
  globalThis.isTauri = true;
  const invoke = async (command, given) => {
    if (command === 'host') return { address: workspace, joined: false, desktop: true };
    if (command === 'open_external') globalThis.opened.push(given.url);
    return command === 'autostart' ? false : 1;
  };
  globalThis.__TAURI_INTERNALS__ = { invoke, transformCallback: () => 1 };
}

const LATE = /status of 409 .*\/candidates/;

export default async function chatCalls({ check, desk: open, launch, member, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  // Nobody but the two of the queue takes calls.
  const front = await desk.queue('Workshop', 'manual', []);
  const people = { ana: await desk.person('Ana Lopez', 'agent', [front.id]), ben: await desk.person('Ben Ito', 'agent', [front.id]) };
  for (const { id } of Object.values(people)) await admin.patch(`/users/${id}`, { may_call: true });
  const site = await desk.site({ kind: 'queue', id: front.id }, (settings) => {
    settings.appearance.title = 'Northside Bikes';
  });
  const website = await Website.open();
  website.page('/', html(site.snippet, { title: 'City bikes' }));
  website.page('/prices', html(site.snippet, { title: 'Prices' }));

  // Two browsers: what one of them keeps is none of the other's.
  const theirs = await launch(talking());
  const public_ = await launch(talking(website.url('/')));
  const scripts = [listenIn];
  const ana = await member(desk, people.ana.api, { name: 'ana', browser: theirs, scripts });
  const ben = await member(desk, people.ben.api, { name: 'ben', browser: theirs, scripts, scheme: 'dark' });
  const ada = await come(desk, { name: 'ada', browser: public_, scripts, at: website.url('/') });
  // What a colleague took is asked for once more, and is not theirs to see; a used link is none.
  ben.expect(/status of 404 .*\/sessions\//);
  // A way to be reached that is on its way while the other end hangs up comes too late.
  for (const one of [ana, ben]) one.expect(LATE);
  const chat = new Widget(ada);
  const strip = () => chat.at('.phone').filter({ visible: true });
  const says = (text) => strip().filter({ hasText: text }).waitFor();
  const gone = (who) => who.at('call-card').waitFor({ state: 'detached' });
  const session = async () => (await admin.get('/sessions?folder=all&limit=100')).sessions.find((one) => one.status === 'open');
  /** A line of the timeline; many that stand together are folded. */
  const line = async (who, text) => {
    await until(`the line ${text}`, async () => {
      const folded = who.at('events').last();
      if ((await folded.count()) > 0) await folded.click();
      return (await who.at('event', { hasText: text }).count()) > 0;
    });
  };
  /** The desk looks from time to time who is there to answer, and slows down who calls again and again. */
  const rings = async () => {
    await chat.named('Call us').waitFor({ timeout: 2 * LIMIT });
    await chat.named('Call us').click();
    await until('it rings there', async () => {
      if ((await strip().filter({ hasText: 'too fast' }).count()) > 0) {
        await ada.page.waitForTimeout(5_000);
        await chat.named('Call again').click();
      }
      return (await strip().filter({ hasText: 'Ringing…' }).count()) > 0;
    }, 60_000);
  };
  const ends = async (who = ana) => {
    await who.at('call-hang-up').click();
    await who.at('call-bar').waitFor({ state: 'detached' });
    await says('Call ended');
    await chat.named('Close').click();
    await strip().waitFor({ state: 'hidden' });
  };

  await check('a site whose visitors only write has no button, and loads nothing of calls', async () => {
    const asked = [];
    ada.page.on('request', (request) => asked.push(request.url()));
    await chat.open();
    await chat.sees('Hello! How can we help you?');
    assert.equal(await chat.named('Call us').count(), 0);
    assert.deepEqual(asked.filter((url) => /\/(call|phone|\w\w-call)-/.test(url)), []);
    ada.page.removeAllListeners('request');
  });

  await check('with calls it has one, where a browser allows microphones', async () => {
    await desk.chat(site, (settings) => {
      settings.mode = 'chat_and_calls';
    });
    await ada.page.reload();
    await chat.named('Call us').waitFor();
    const eve = await come(desk, { name: 'eve', at: website.url('/') });
    const plain = new Widget(eve);
    await plain.open();
    await plain.sees('Hello! How can we help you?');
    assert.equal(await eve.page.evaluate(() => isSecureContext), false);
    assert.equal(await plain.named('Call us').count(), 0, 'not on a page over http');
    await eve.leave();
  });

  await check('a visitor’s call rings at all who may take it, wherever they are', async () => {
    await ben.go('contacts');
    await chat.named('Call us').click();
    await says('Ringing…');
    for (const who of [ana, ben]) {
      await who.at('call-card').waitFor();
      await until('the page is told', async () => /Website · City bikes/.test(await who.at('call-where').textContent()));
      assert.match(await who.page.title(), /is calling$/);
      await until('it rings', () => who.page.evaluate(() => globalThis.rung > 0));
    }
    assert.equal(await chat.named('Call us').count(), 0, 'one call at a time');
    assert.deepEqual(await ana.barriers(), []);
    assert.deepEqual(await ben.barriers(), []);
    assert.deepEqual(await ada.barriers(), []);
  });

  await check('one answers and has the session, the other sees who', async () => {
    await ana.at('call-answer').click();
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
    await gone(ben);
    await ben.at('toast', { hasText: 'Ana Lopez answered the call' }).waitFor();
    assert.doesNotMatch(await ben.page.title(), /is calling/);
    await says('Ana Lopez');
    assert.equal((await session()).owner_id, people.ana.id);
  });

  await check('packets go both ways, and both see how long they talk', async () => {
    await ana.page.locator('[data-testid="call-bar"][data-stage="talking"]').waitFor();
    const both = [await hears(ana), await hears(ada)];
    for (const one of both) assert.equal(one.state, 'connected');
    console.log(`        packets received: agent ${both[0].packets}, visitor ${both[1].packets}`);
    await ana.at('call-time', { hasText: /^0:0[2-9]|0:[1-9]/ }).waitFor();
    await strip().locator('.clock', { hasText: /^0:\d\d$/ }).waitFor();
    assert.deepEqual(await ana.barriers(), []);
    assert.deepEqual(await ada.barriers(), []);
  });

  await check('either may mute themselves, and be heard again', async () => {
    const loud = await loudness(ada);
    assert.ok(loud > 0, 'the agent is heard');
    await ana.at('call-mute').click();
    await ana.at('call-line', { hasText: 'your microphone is off' }).waitFor();
    await ada.page.waitForTimeout(500);
    const quiet = await loudness(ada);
    assert.ok(quiet < loud / 100, `the agent is not heard: ${quiet} of ${loud}`);
    await ana.press('Alt+m');
    await until('the agent is heard again', async () => (await loudness(ada, 500)) > loud / 10);
    await chat.named('Mute').click();
    await says('your microphone is off');
    await ana.page.waitForTimeout(500);
    assert.ok((await loudness(ana)) < loud / 100, 'the visitor is not heard');
    await chat.named('Mute').click();
    await until('the visitor is heard again', async () => (await loudness(ana, 500)) > loud / 10);
  });

  await check('they go on talking while both lines to the desk break, and while the chat is closed', async () => {
    const before = { ana: await heard(ana), ada: await heard(ada) };
    for (const who of [ana, ada]) await who.page.evaluate(() => globalThis.lines.forEach((one) => one.close()));
    await chat.launcher().click();
    await chat.panel().waitFor({ state: 'hidden' });
    await chat.at('.phone.afloat').waitFor();
    await hears(ana);
    await hears(ada);
    assert.ok((await heard(ada)).packets > before.ada.packets);
    // Longer than an end may be away.
    await ana.page.waitForTimeout(22_000);
    await hears(ana);
    await chat.launcher().click();
    await says('Ana Lopez');
  });

  await check('the call goes along through all pages of the desk', async () => {
    await ana.go('contacts');
    await ana.at('call-bar').getByRole('link').click();
    await ana.at('thread-line', { hasText: 'owned by you' }).waitFor();
  });

  await check('hung up by the agent: both see that it is over, the thread how long it was', async () => {
    await ends();
    await line(ana, /\d:\d\d/);
    await until('nothing is recorded any more', () => ana.page.evaluate(() => globalThis.peers.every((one) => one.connectionState === 'closed')));
    await until('the same there', () => ada.page.evaluate(() => globalThis.peers.every((one) => one.connectionState === 'closed')));
  });

  await check('the agent calls back in the open session, and the visitor answers', async () => {
    await until('the button', async () => (await ana.at('call-back').getAttribute('aria-disabled')) !== 'true');
    await ana.at('call-back').click();
    await says('Ana Lopez is calling');
    const rung = await ada.page.evaluate(() => globalThis.rung);
    await until('it rings', () => ada.page.evaluate((before) => globalThis.rung > before, rung - 1));
    assert.deepEqual(await ada.barriers(), []);
    await chat.named('Answer').click();
    await hears(ana);
    await hears(ada);
    await chat.named('Hang up').click();
    await says('Call ended');
    await ana.at('call-bar').waitFor({ state: 'detached' });
    await chat.named('Close').click();
  });

  await check('a second tab rings along, and stops when the first answers', async () => {
    const second = await ada.context.newPage();
    await second.goto(website.url('/prices'));
    const other = new Widget(ada, second);
    if (!(await other.panel().isVisible())) await other.open();
    await other.sees('Hello! How can we help you?');
    await ana.press('Escape');
    await ana.at('call-back').click();
    await other.at('.phone', { hasText: 'Ana Lopez is calling' }).waitFor();
    await chat.named('Answer').click();
    await other.at('.phone').waitFor({ state: 'hidden' });
    await hears(ana);
    await second.close();
    await hears(ana);
    await ends();
  });

  await check('the visitor declines, and the agent is told', async () => {
    await ana.at('call-back').click();
    await says('Ana Lopez is calling');
    await chat.named('Decline').click();
    await strip().waitFor({ state: 'hidden' });
    await ana.at('toast', { hasText: 'declined your call' }).waitFor();
    await ana.at('call-bar').waitFor({ state: 'detached' });
    await line(ana, /declined/);
  });

  await check('the owner declines, and the visitor is asked to write', async () => {
    await rings();
    await ana.at('call-card').waitFor();
    assert.equal(await ben.at('call-card').count(), 0, 'it rings at the owner only');
    await ana.press('Alt+h');
    await gone(ana);
    await says('Write to us here');
    await chat.named('Close').click();
  });

  await check('over an open dialog a call can be declined as well', async () => {
    await ana.press('?');
    await ana.page.locator('dialog[open]').waitFor();
    await rings();
    await ana.at('call-decline').click();
    await gone(ana);
    await ana.page.locator('dialog[open]').waitFor();
    await ana.press('Escape');
    await says('Write to us here');
    await chat.named('Close').click();
  });

  await check('who gives up is missed, and can be called back', async () => {
    await rings();
    await says('Ringing…');
    await ana.at('call-card').waitFor();
    await chat.named('Hang up').click();
    await gone(ana);
    await ana.at('toast', { hasText: 'You missed a call' }).waitFor();
    await strip().waitFor({ state: 'hidden' });
  });

  await check('nobody answers: after half a minute the visitor hears it, in the chat too', async () => {
    await rings();
    await ana.at('call-card').waitFor();
    await strip().filter({ hasText: 'Nobody could take your call' }).waitFor({ timeout: 40_000 });
    await chat.sees('we could not take your call');
    await gone(ana);
    await chat.named('Call again').click();
    await ana.at('call-card').waitFor();
    await ana.at('call-answer').click();
    await hears(ada);
  });

  await check('above the most calls of the site others are asked to wait', async () => {
    await desk.chat(site, (settings) => {
      settings.max_calls = 1;
    });
    const cleo = await come(desk, { name: 'cleo', browser: public_, scripts, at: website.url('/') });
    const hers = new Widget(cleo);
    await hers.open();
    await hers.named('Call us').click();
    await hers.at('.phone', { hasText: 'All lines are busy' }).waitFor();
    await desk.chat(site, (settings) => {
      settings.max_calls = 5;
    });
    await cleo.leave();
  });

  await check('the visitor goes to another page: the call is over at once', async () => {
    await ada.page.goto(website.url('/prices'));
    await ana.at('call-bar').waitFor({ state: 'detached' });
    await chat.named('Call us').waitFor();
  });

  await check('without a microphone both are told what to do, and it goes on ringing', async () => {
    const dora = await come(desk, { name: 'dora', browser: public_, scripts: [mute], at: website.url('/') });
    const hers = new Widget(dora);
    await hers.open();
    await hers.named('Call us').click();
    await hers.at('.phone', { hasText: 'The microphone is blocked' }).waitFor();
    assert.deepEqual(await dora.barriers(), []);
    await dora.leave();
    await ana.page.evaluate(mute);
    await rings();
    await ana.at('call-answer').click();
    await ana.at('call-silence', { hasText: 'The microphone is blocked' }).waitFor();
    assert.equal(await ana.at('call-card').count(), 1);
    await ana.at('call-decline').click();
    await gone(ana);
    await chat.named('Close').click();
  });

  await check('on a phone the ring has the whole width, and nothing of it is a barrier', async () => {
    const small = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await ben.leave();
    for (const scheme of ['light', 'dark']) {
      const bo = await member(desk, people.ana.api, { name: `phone-${scheme}`, browser: theirs, scripts, scheme, ...small });
      bo.expect(LATE);
      await rings();
      await bo.at('call-card').waitFor();
      const { x, width } = await bo.at('call-card').boundingBox();
      assert.deepEqual([x, width], [0, 390]);
      assert.deepEqual(await bo.barriers(), []);
      await bo.at('call-answer').click();
      await hears(bo);
      assert.deepEqual(await bo.barriers(), []);
      await bo.at('call-hang-up').click();
      await says('Call ended');
      await chat.named('Close').click();
      await bo.leave();
    }
  });

  await check('a window without WebRTC answers in the browser, signed in to the same session', async () => {
    await ana.page.goto('about:blank');
    const shell = await member(desk, people.ana.api, {
      name: 'window', browser: theirs, scripts: [{ content: `(${asWindow})(${JSON.stringify(desk.workspace)})` }],
    });
    await rings();
    await shell.at('call-in-browser').click();
    const [link] = await until('the link', () => shell.page.evaluate(() => globalThis.opened.length > 0 && globalThis.opened));
    assert.match(link, /\/#\/enter\//);
    const browser = await come(desk, { name: 'browser', browser: theirs, scripts, at: link });
    await browser.at('call-answer').click();
    await hears(browser);
    await hears(ada);
    await browser.at('thread-line', { hasText: 'owned by you' }).waitFor();
    assert.match(browser.page.url(), new RegExp(`/#/inbox/recent/${(await session()).id}$`));
    const again = await come(desk, { name: 'again', browser: theirs, at: link, expected: [/status of 404 .*\/sign-in\/link/] });
    await again.at('sign-in-submit').waitFor();
    await browser.at('call-hang-up').click();
    await says('Call ended');
  });
  website.close();
}

// What the chat costs a page that carries it: bytes, requests, time on the page's main thread and
// layout shift, from a real desk to a real Chromium. `node tests/browser/measure-widget.mjs [rounds]`.
// Prints a table, and fails where an aim is missed.

import { mkdir } from 'node:fs/promises';

import { Desk, kept } from './desk.mjs';
import { launch } from './visitor.mjs';
import { html, Website, Widget } from './website.mjs';

const ROUNDS = Number(process.argv[2] ?? 9);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
let missed = false;
function figure(name, value, unit, aim) {
  const met = aim === undefined || value <= aim;
  missed ||= !met;
  const words = aim === undefined ? '' : `aim <= ${aim} ${unit}: ${met ? 'met' : 'MISSED'}`;
  console.log(`  ${name.padEnd(62)}${value.toFixed(value < 100 ? 2 : 0).padStart(9)} ${unit.padEnd(6)}${words}`);
}

/** Runs in the page before everything else. */
function watch() {
  globalThis.long = 0;
  globalThis.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (globalThis.long += one.duration))).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (globalThis.shift += one.value))).observe({ type: 'layout-shift', buffered: true });
}

/** One look at a page: what it took until the launcher was there, and until the chat was open. */
async function look(browser, url, isCarrying) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send('Performance.enable');
  await line.send('Network.enable');
  let [bytes, requests] = [0, 0];
  const ours = new Set();
  line.on('Network.responseReceived', ({ requestId, response }) => response.url.includes('/chat/') && ours.add(requestId));
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!ours.has(requestId)) return;
    bytes += encodedDataLength;
    requests += 1;
  });
  const cost = async () => {
    const { metrics } = await line.send('Performance.getMetrics');
    const of = (name) => metrics.find((one) => one.name === name).value * 1_000;
    return { script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
  };
  await page.goto(url, { waitUntil: 'load' });
  const chat = new Widget({ page });
  if (isCarrying) await chat.launcher().waitFor();
  await page.waitForTimeout(400);
  const found = { closed: { ...(await cost()), bytes, requests, ...(await page.evaluate(() => ({ long: globalThis.long, shift: globalThis.shift }))) } };
  if (isCarrying) {
    const begun = Date.now();
    await chat.open();
    await chat.at('.m').waitFor();
    found.open = { took: Date.now() - begun, ...(await cost()), bytes, requests, ...(await page.evaluate(() => ({ long: globalThis.long, shift: globalThis.shift }))) };
  }
  await context.close();
  return found;
}

await mkdir(kept, { recursive: true });
const desk = await Desk.open('measure-widget');
const website = await Website.open();
const browser = await launch();
try {
  const admin = await desk.setUp();
  const site = await desk.site({ kind: 'queue', id: (await admin.get('/queues'))[0].id });
  website.page('/with', html(site.snippet));
  website.page('/without', html(''));
  const [bare, carrying] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await look(browser, website.url('/without'), false));
    carrying.push(await look(browser, website.url('/with'), true));
  }
  const of = (all, state, name) => median(all.map((one) => one[state][name]));
  const more = (state, name) => of(carrying, state, name) - of(bare, 'closed', name);
  console.log(`\nwidget (Chromium ${browser.version()}, median of ${ROUNDS})`);
  figure('bytes with headers, a page that carries it', of(carrying, 'closed', 'bytes') / 1_000, 'kB', 6);
  figure('requests', of(carrying, 'closed', 'requests'), '', 2);
  figure('script on the main thread, until the launcher is there', more('closed', 'script'), 'ms', 20);
  figure('layout and styles until then', more('closed', 'layout'), 'ms', 20);
  figure('long tasks until then', of(carrying, 'closed', 'long'), 'ms', 0);
  figure('layout shift until then', Math.max(...carrying.map((one) => one.closed.shift)), '', 0);
  figure('bytes with headers, with an open chat', of(carrying, 'open', 'bytes') / 1_000, 'kB', 13);
  figure('script on the main thread, with an open chat', more('open', 'script'), 'ms', 60);
  figure('from the press to the greeting', of(carrying, 'open', 'took'), 'ms');
} finally {
  await browser.close();
  website.close();
  await desk.close();
}
process.exit(missed ? 1 : 0);

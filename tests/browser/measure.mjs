// How the pages of a large desk feel: long tasks while scrolling ten thousand sessions and a
// conversation of a hundred thousand messages, switching conversations, and the first load.
// `cargo xtask bench ui`, or `node tests/browser/measure.mjs <data folder> [rounds]`. Prints a table;
// nothing fails by being slow.

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { Api, root } from './desk.mjs';
import { launch } from './visitor.mjs';

const [folder, rounds = '150'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/measure.mjs <data folder> [rounds]');
  process.exit(2);
}
const ROUNDS = Number(rounds);
const bin = process.env.DESKBELL_BIN_DIR ?? join(root, 'target/release');
const LOGIN = process.env.DESKBELL_LOGIN ?? 'ben';
const PASSWORD = process.env.DESKBELL_PASSWORD ?? 'correct horse battery staple';

const host = spawn(join(bin, 'deskbell-host'), [
  '--data-dir', folder, '--key-file', '--workspace-listen', '127.0.0.1:0', '--public-listen', '127.0.0.1:0',
], { stdio: ['ignore', 'pipe', 'inherit'] });
const workspace = await new Promise((done, fail) => {
  host.once('exit', (code) => fail(new Error(`the host ended with ${code}`)));
  createInterface({ input: host.stdout }).on('line', (line) => {
    const found = /^workspace: (\S+)/.exec(line);
    if (found) done(found[1]);
  });
});

const figures = [];
function figure(name, value, unit, below) {
  figures.push({ name, value, unit, aim_below: below ?? null, met: below === undefined ? null : value < below });
  const aim = below === undefined ? '' : `aim < ${below} ${unit}: ${value < below ? 'met' : 'MISSED'}`;
  console.log(`  ${name.padEnd(58)}${value.toFixed(value < 100 ? 2 : 0).padStart(10)} ${unit.padEnd(6)}${aim}`);
}
const percentile = (times, share) => [...times].sort((a, b) => a - b)[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0;

/** Runs in the page: tasks of more than 50 ms, as the browser counts them. */
function watch() {
  globalThis.tasks = [];
  new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' });
}

const browser = await launch();
try {
  const { token } = await new Api(`${workspace}/api/v1`).post('/sign-in', { login: LOGIN, password: PASSWORD });
  const api = new Api(`${workspace}/api/v1`, token);
  await api.patch('/me', { preferences: { coached: ['write', 'open', 'pick-up', 'reply', 'done'], demo: false, sound: false, notifications: false } });
  const storage = [{ name: 'deskbell.token', value: token }];
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce',
    storageState: { cookies: [], origins: [{ origin: workspace, localStorage: storage }] },
  });
  await context.addInitScript(watch);
  const page = await context.newPage();
  let bytes = 0;
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const kinds = new Map();
  cdp.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response.url));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (/\.(js|css)$/.test(kinds.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  console.log(`\nui (Chromium ${browser.version()})`);
  const opened = Date.now();
  await page.goto(`${workspace}/#/inbox/recent`);
  await page.getByTestId('session-row').first().waitFor();
  figure('first rows after opening the page', Date.now() - opened, 'ms', 1_000);
  figure('scripts and styles until then', bytes / 1_000, 'kB', 200);
  await page.waitForTimeout(4_000);

  const tasks = async (act) => {
    await page.evaluate(() => (globalThis.tasks.length = 0));
    await act();
    await page.waitForTimeout(300);
    return page.evaluate(() => globalThis.tasks.splice(0));
  };
  const told = (what, found) => {
    figure(`${what}: tasks over 50 ms`, found.length, '', 1);
    figure('  the longest', Math.max(0, ...found), 'ms', 50);
  };
  const scroll = async (id, by) => {
    const box = page.getByTestId(id);
    for (let round = 0; round < ROUNDS; round += 1) {
      await box.evaluate((one, far) => one.scrollBy(0, far), by);
      await page.waitForTimeout(30);
    }
  };
  told('scrolling the list of sessions', await tasks(() => scroll('session-list', 1_500)));
  const rows = await page.getByTestId('session-list').evaluate((one) => Math.round(one.scrollHeight / 56));
  figure('  rows that were loaded by then', rows, '');
  const box = page.getByTestId('session-list');
  const height = () => box.evaluate((one) => one.scrollHeight);
  told('scrolling on to the end of the list', await tasks(async () => {
    for (let still = 0, was = 0; still < 40; ) {
      await box.evaluate((one) => one.scrollBy(0, 6_000));
      await page.waitForTimeout(30);
      const is = await height();
      const below = await box.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight);
      still = is === was && below < 2 ? still + 1 : 0;
      was = is;
    }
  }));
  figure('  rows that were loaded by then', Math.round((await height()) / 56), '');

  const long = (await api.get('/sessions?folder=recent&limit=1')).sessions[0];
  await page.goto(`${workspace}/#/inbox/recent/${long.id}`);
  await page.getByTestId('message').first().waitFor();
  await page.waitForTimeout(500);
  told('scrolling a very long conversation up', await tasks(() => scroll('thread', -1_200)));
  const last = (await api.get(`/sessions/${long.id}/messages?limit=1`)).messages[0];
  const middle = await api.get(`/sessions/${long.id}/messages?around=${Math.floor(last.seq / 2)}&limit=20`);
  const place = middle.messages.find((one) => one.kind === 'message')?.seq ?? last.seq;
  const jump = Date.now();
  await page.goto(`${workspace}/#/inbox/recent/${long.id}?at=${place}`);
  await page.locator('.slot.marked').waitFor();
  figure(`to the middle of ${long.messages_in + long.messages_out} messages`, Date.now() - jump, 'ms', 200);
  told('scrolling on from there', await tasks(() => scroll('thread', 1_200)));

  const others = (await api.get('/sessions?folder=recent&limit=40')).sessions.slice(1, 31);
  // Not one after the other: nobody works down a list without a jump.
  others.sort(() => Math.random() - 0.5);
  await page.goto(`${workspace}/#/inbox/recent`);
  await page.getByTestId('session-row').first().waitFor();
  const times = [];
  const switching = await tasks(async () => {
    for (const session of [...others, ...others.slice(0, 20)]) {
      // From the choice until its messages are drawn, measured in the page itself.
      // A message that only this conversation has: the one before is still drawn for a moment.
      const { messages } = await api.get(`/sessions/${session.id}/messages?limit=20`);
      const newest = messages.findLast((one) => one.kind === 'message')?.id;
      times.push(await page.evaluate(async ([id, message]) => {
        const begun = performance.now();
        location.hash = `#/inbox/recent/${id}`;
        for (;;) {
          await new Promise(requestAnimationFrame);
          const name = document.querySelector('[data-testid=thread-pane]');
          const selected = document.querySelector(`[data-session="${id}"][aria-selected=true], #row-${CSS.escape(id)}`);
          if (name && selected && document.querySelector(`[data-message="${message}"]`) && location.hash.endsWith(id)) break;
          if (performance.now() - begun > 5_000) break;
        }
        return performance.now() - begun;
      }, [session.id, newest]));
      await page.waitForTimeout(60);
    }
  });
  figure('switching conversations, first time, half within', percentile(times.slice(0, others.length), 0.5), 'ms', 50);
  figure('  95 % within', percentile(times.slice(0, others.length), 0.95), 'ms', 50);
  figure('switching back to one that was open, half within', percentile(times.slice(others.length), 0.5), 'ms', 50);
  figure('  95 % within', percentile(times.slice(others.length), 0.95), 'ms', 50);
  told('switching', switching);
  const typed = [];
  await page.goto(`${workspace}/#/search`);
  await page.getByTestId('search-everything').waitFor();
  for (const text of ['or', 'ord', 'order', 'order to', 'order tomorrow']) {
    const answered = page.waitForResponse((answer) => answer.url().includes('/search?') && answer.ok());
    const begun = Date.now();
    await page.getByTestId('search-everything').fill(text);
    await answered;
    typed.push(Date.now() - begun);
  }
  figure('search: from a key to the answer, the pause of 120 ms in it', percentile(typed, 0.5), 'ms', 250);
  const kept = join(dirname(folder), 'ui.json');
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, JSON.stringify({ measurement: 'ui', at: Date.now(), figures }, null, 2));
} finally {
  await browser.close();
  host.removeAllListeners('exit');
  const ended = new Promise((done) => host.once('exit', done));
  host.kill('SIGTERM');
  await ended;
}

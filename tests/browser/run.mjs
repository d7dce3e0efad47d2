// The desk in a real browser, from the first run on: `cargo xtask test --only browser`, or
// `node tests/browser/run.mjs [scenario …]`. The last line says how many checks passed and failed.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { Desk, kept, PATIENCE } from './desk.mjs';
import { launch, Visitor } from './visitor.mjs';

/** In the order of a newcomer's week. */
const SCENARIOS = [
  'first-run', 'twilio', 'languages', 'languages-rtl', 'telnyx', 'guard', 'opt-outs', 'trouble', 'join', 'two-agents', 'together', 'session-life',
  'replies', 'labels', 'flow', 'contacts', 'address-book', 'import', 'merge', 'files', 'attention', 'settings', 'hours', 'calls', 'signing-in',
  'chat-settings', 'chat-newcomer', 'office-network', 'offline', 'long-thread', 'long-list', 'search', 'keyboard', 'walking', 'focus', 'offline-phone', 'alerts',
  'barriers', 'phone', 'operations', 'shared-computer', 'chat-widget', 'chat-pages', 'chat-calls',
];
/** Played by name only: they have not been seen to pass as a whole yet. */
const BY_NAME = ['pictures', 'screens'];
/** A scenario that takes longer hangs, unless it says itself how long it may take. */
const LIMIT = 180_000 * PATIENCE;
/** After so many failures in a row the rest of a scenario is not tried. */
const HOPELESS = 3;

let passed = 0;
let failed = 0;
const chosen = process.argv.slice(2);
const wrong = chosen.filter((name) => ![...SCENARIOS, ...BY_NAME].includes(name));
if (wrong.length > 0) {
  console.log(`There is no scenario ${wrong.join(', ')}; there are ${SCENARIOS.join(', ')}.`);
  process.exit(2);
}

/** Scenarios that lie in the folder and are never played. */
async function forgotten() {
  const files = await readdir(join(import.meta.dirname, 'scenarios'));
  const names = files.filter((file) => file.endsWith('.mjs')).map((file) => file.slice(0, -'.mjs'.length));
  const others = names.filter((name) => ![...SCENARIOS, ...BY_NAME].includes(name));
  const modules = await Promise.all(others.map((name) => import(`./scenarios/${name}.mjs`)));
  return others.filter((_, at) => typeof modules[at].default === 'function');
}
const unplayed = await forgotten();
if (unplayed.length > 0) {
  console.log(`Nobody plays ${unplayed.join(', ')}: name what lies in scenarios/ in SCENARIOS.`);
  process.exit(2);
}

/** What a scenario works with; everything it opens is closed behind it. */
class Stage {
  /** Failures without a success between them. */
  #inARow = 0;
  visitors = [];
  desks = [];
  browsers = [];

  constructor(name, browser) {
    this.name = name;
    this.browser = browser;
  }

  /** One fact. What fails is said at once, with a picture of what was to be seen. */
  check = async (fact, run) => {
    // What follows would only fail more slowly.
    if (this.#inARow >= HOPELESS) throw new Error(`not tried: ${fact}, and what follows`);
    const begun = Date.now();
    try {
      await run();
      passed += 1;
      this.#inARow = 0;
      console.log(`ok      ${this.name}: ${fact} (${Date.now() - begun} ms)`);
    } catch (error) {
      failed += 1;
      this.#inARow += 1;
      console.log(`FAILED  ${this.name}: ${fact}\n        ${error.stack ?? error}`);
      for (const [at, visitor] of this.visitors.entries()) {
        await visitor.picture(`failed-${this.name}-${failed}-${at}`).catch(() => undefined);
      }
    }
  };

  /** What follows does not depend on what failed. */
  hope = () => {
    this.#inARow = 0;
  };

  desk = async (suffix = '', more = []) => {
    const desk = await Desk.open(this.name + suffix, more);
    this.desks.push(desk);
    return desk;
  };

  /** A browser of its own, told more than the common one. */
  launch = async (more) => {
    const browser = await launch(more);
    this.browsers.push(browser);
    return browser;
  };

  /** Someone who is not known yet. */
  visitor = async (desk, { browser = this.browser, ...options } = {}) => {
    const visitor = await Visitor.come(browser, desk, options);
    this.visitors.push(visitor);
    return visitor;
  };

  /** Someone who signed in before. */
  member = async (desk, api, { browser = this.browser, ...options } = {}) => {
    const visitor = await Visitor.comeIn(browser, desk, api, options);
    this.visitors.push(visitor);
    return visitor;
  };

  async strike() {
    this.hope();
    const complaints = this.visitors.flatMap((visitor) => visitor.complaints.map((one) => `${visitor.name}: ${one}`));
    await this.check('no page complained, and no policy was violated', () => {
      if (complaints.length > 0) throw new Error(complaints.join('\n        '));
    });
    for (const visitor of this.visitors) await visitor.leave();
    for (const browser of this.browsers) await browser.close();
    // A scenario that ran out of time goes on failing behind this.
    this.hope();
    await this.check('the desk stopped in order', async () => {
      for (const desk of this.desks) {
        const code = await desk.close();
        if (code !== 0) throw new Error(`the host ended with ${code}`);
      }
    });
  }
}

async function play(name, browser) {
  const stage = new Stage(name, browser);
  const { default: scenario, limit: own = LIMIT } = await import(`./scenarios/${name}.mjs`);
  let late;
  const limit = new Promise((_, fail) => {
    late = setTimeout(() => fail(new Error(`not done within ${own / 1000} s`)), own);
  });
  try {
    await Promise.race([scenario(stage), limit]);
  } catch (error) {
    stage.hope();
    await stage.check('could be played to its end', () => {
      throw error;
    });
  } finally {
    clearTimeout(late);
    await stage.strike();
  }
}

await mkdir(kept, { recursive: true });
const browser = await launch();
try {
  for (const name of [...SCENARIOS, ...(chosen.length > 0 ? BY_NAME : [])]) {
    if (chosen.length === 0 || chosen.includes(name)) await play(name, browser);
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

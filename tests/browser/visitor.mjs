// One person in front of the pages: a browser context of their own, and a ledger of everything
// the page complained of. A complaint that nobody expected fails the scenario.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { kept, PASSWORD, PATIENCE, root, until } from './desk.mjs';

const require = createRequire(join(root, 'ui/package.json'));
export const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const LIMIT = 10_000 * PATIENCE;
/** A name of the desk in its office network: over plain HTTP, pages under it lack much of a browser. */
export const OFFICE = 'office.example';

/** `more`: what else the browser is told. */
export async function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      `--host-resolver-rules=MAP ${OFFICE} 127.0.0.1, MAP *.shop.example 127.0.0.1, MAP *.stranger.example 127.0.0.1`,
      ...more,
    ],
  });
}

/** Runs in the page before everything else. */
function listen() {
  globalThis.addEventListener('securitypolicyviolation', (event) =>
    console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`),
  );
  // What was heard and shown, for the scenarios to ask.
  globalThis.rung = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    globalThis.rung += 1;
    return start.apply(this, at);
  };
  globalThis.notified = [];
  const Real = globalThis.Notification;
  if (!Real) return;
  globalThis.Notification = class extends Real {
    constructor(title, options) {
      super(title, options);
      globalThis.notified.push({ title, body: options?.body });
    }
  };
}

export class Visitor {
  /** What the page complained of, other than what `expect` allows. */
  complaints = [];
  #expected = [];

  static async come(browser, desk, options = {}) {
    const { name = 'visitor', viewport = { width: 1440, height: 900 }, scheme = 'light', expected = [], scripts = [], at, ...more } = options;
    const visitor = new Visitor();
    visitor.name = name;
    visitor.desk = desk;
    visitor.expect(...expected);
    visitor.context = await browser.newContext({
      viewport, colorScheme: scheme, permissions: ['notifications'], locale: 'en-US', timezoneId: 'America/New_York',
      reducedMotion: 'reduce',
      // What a worker answers no route sees: the scenarios that are about it let it in.
      serviceWorkers: 'block', ...more,
    });
    visitor.context.setDefaultTimeout(LIMIT);
    for (const script of [listen, ...scripts]) await visitor.context.addInitScript(script);
    visitor.page = await visitor.context.newPage();
    visitor.page.on('console', (message) => message.type() === 'error' && visitor.#heard(`${message.text()} ${message.location().url}`));
    visitor.page.on('pageerror', (error) => visitor.#heard(`page error: ${error.stack ?? error}`));
    visitor.page.on('dialog', (dialog) => dialog.accept());
    await visitor.page.goto(at ?? desk.workspace);
    return visitor;
  }

  /** Comes in with a token, as someone who signed in before. */
  static async comeIn(browser, desk, api, options = {}) {
    const storage = [{ name: 'deskbell.token', value: api.token }];
    const visitor = await Visitor.come(browser, desk, {
      ...options,
      storageState: { cookies: [], origins: [{ origin: desk.workspace, localStorage: storage }] },
    });
    await visitor.at('inbox').waitFor();
    return visitor;
  }

  #heard(complaint) {
    if (!this.#expected.some((pattern) => pattern.test(complaint))) this.complaints.push(complaint);
  }

  /** From now on the browser may print this: it prints every answer above 399 as an error. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  at = (id, options) => (options ? this.page.getByTestId(id).filter(options) : this.page.getByTestId(id));
  role = (role, name, exact = false) => this.page.getByRole(role, { name, exact });
  press = (key) => this.page.keyboard.press(key);

  async go(hash) {
    await this.page.goto(`${this.desk.workspace}/#/${hash}`);
  }

  async signIn(login, password = PASSWORD) {
    await this.at('login').fill(login);
    await this.at('password').fill(password);
    await this.at('sign-in-submit').click();
  }

  /**
   * Switches, ticks or chooses as a hand does: at what is to be seen of it, in the middle of the
   * page, where neither a bar at the edge nor a toast lies over it.
   */
  async turn(control, on = true) {
    const it = typeof control === 'string' ? this.at(control) : control;
    if ((await it.isChecked()) === on) return;
    const label = it.locator('xpath=ancestor::label[1]');
    await label.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await label.click();
    await until('the switch turned', async () => (await it.isChecked()) === on);
  }

  row = (name) => this.at('session-row', { hasText: name });
  bubble = (text) => this.at('message', { hasText: text });

  /** Opens the session in the list. */
  async open(name) {
    await this.row(name).click();
    await this.at('thread-name').filter({ hasText: name }).waitFor();
  }

  /** Types an answer and sends it with Enter. */
  async say(text) {
    await this.at('composer-text').fill(text);
    // Under a finger Enter begins a line.
    if (await this.page.evaluate(() => matchMedia('(pointer: coarse)').matches)) await this.at('send').click();
    else await this.at('composer-text').press('Enter');
  }

  /** Waits until the message with this text is in a state. */
  async becomes(text, state, limit = LIMIT) {
    const states = [state].flat().map((one) => `[data-testid="message"][data-state="${one}"]`).join(',');
    await this.page.locator(states).filter({ hasText: text }).first().waitFor({ timeout: limit });
  }

  async picture(name) {
    await this.page.screenshot({ path: join(kept, `${name}.png`) });
  }

  /** Everything that axe finds wrong with the page by WCAG and its landmarks, of whatever weight, in a line each. */
  async barriers() {
    // Not as a script tag: the page's policy rightly forbids that.
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() =>
      globalThis.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        // Who jumps from landmark to landmark and by headings finds the page.
        rules: { 'landmark-one-main': { enabled: true }, 'page-has-heading-one': { enabled: true } },
      }),
    );
    return violations
      .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} — ${node.failureSummary}`));
  }

  async leave() {
    await this.context.close();
  }
}

// A small WebDriver client for the real window: tauri-driver in front, WebKitWebDriver behind.
// It finds things as people do, by role and name. It knows nothing of what the page shows.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A port on loopback that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks again and again until the answer is truthy. */
export async function until(what, ask, limit = 20_000) {
  const end = Date.now() + limit;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${limit / 1000} s for ${what}${last ? `: ${last.message}` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** tauri-driver on ports of its own. */
export class Driver {
  static async start({ driver, native, env, log }) {
    const [port, nativePort] = [await freePort(), await freePort()];
    const args = ['--port', port, '--native-port', nativePort, '--native-driver', native];
    const child = spawn(driver, args.map(String), { env, stdio: ['ignore', log, log] });
    const started = new Driver(child, `http://127.0.0.1:${port}`);
    await until('tauri-driver', () => fetch(`${started.base}/status`).then((answer) => answer.ok));
    return started;
  }

  constructor(child, base) {
    this.child = child;
    this.base = base;
  }

  async stop() {
    this.child.kill('SIGTERM');
    await until('tauri-driver to end', () => this.child.exitCode !== null || this.child.signalCode);
  }

  /** Starts the program and takes hold of its window. */
  async open(application, args) {
    const capabilities = { alwaysMatch: { 'tauri:options': { application, args } } };
    const { sessionId } = await this.ask('POST', '/session', { capabilities });
    const window = new Window(this, sessionId);
    await this.ask('POST', `/session/${sessionId}/timeouts`, { script: 20_000, pageLoad: 30_000 });
    return window;
  }

  async ask(method, path, body) {
    const answer = await fetch(this.base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  }
}

/** The window, as a person with keyboard and mouse has it. */
export class Window {
  constructor(driver, id) {
    this.driver = driver;
    this.path = `/session/${id}`;
  }

  ask(method, path, body) {
    return this.driver.ask(method, this.path + path, body);
  }

  /** Runs a function in the page and returns its result, awaited if it is a promise. */
  script(run, ...args) {
    const script = `
      const done = arguments[arguments.length - 1];
      Promise.resolve((${run}).apply(null, Array.from(arguments).slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error?.message ?? error) }));`;
    return this.ask('POST', '/execute/async', { script, args }).then((result) => {
      if (result.error !== undefined) throw new Error(result.error);
      return result.value;
    });
  }

  /** Calls one of the shell's commands, as the page would. */
  invoke(command, args = {}) {
    return this.script((c, a) => window.__TAURI_INTERNALS__.invoke(c, a), command, args);
  }

  /** What the page says, as text. */
  text() {
    return this.script(() => document.body.innerText);
  }

  title() {
    return this.ask('GET', '/title');
  }

  url() {
    return this.ask('GET', '/url');
  }

  /**
   * The first visible element with this role and name (a part of it, whatever the case), or this
   * `data-testid`, or this CSS selector; inside `within` if given. Waits for it.
   */
  find(query, limit) {
    return until(`an element ${JSON.stringify(query)}`, () => this.look(query), limit);
  }

  /** The same without waiting: `null` if it is not there. */
  async look(query) {
    const found = await this.ask('POST', '/execute/sync', {
      script: `return (${lookFor}).call(null, arguments[0])`,
      args: [query],
    });
    return found?.[ELEMENT] ?? null;
  }

  async click(query, limit) {
    await until(
      `a click on ${JSON.stringify(query)}`,
      async () => {
        const element = await this.look(query);
        if (!element) return false;
        await this.ask('POST', `/element/${element}/click`, {});
        return true;
      },
      limit,
    );
  }

  /** Types real keys into a field. */
  async type(query, text) {
    const element = await this.find(query);
    await this.ask('POST', `/element/${element}/value`, { text });
  }

  /** Empties a field, then types. */
  async fill(query, text) {
    const element = await this.find(query);
    await this.ask('POST', `/element/${element}/clear`, {});
    await this.ask('POST', `/element/${element}/value`, { text });
  }

  async says(text, limit) {
    await until(`the words “${text}”`, async () => (await this.text()).includes(text), limit);
  }

  async screenshot(file) {
    await writeFile(file, Buffer.from(await this.ask('GET', '/screenshot'), 'base64'));
  }

  async close() {
    await this.ask('DELETE', '').catch(() => undefined);
  }
}

/** Runs in the page. */
function lookFor({ role, name, testid, css, within }) {
  const roles = {
    button: 'button, [role=button], input[type=submit]',
    link: 'a[href], [role=link]',
    textbox: 'textarea, input:not([type]), input[type=text], input[type=password], input[type=email], input[type=search], input[type=tel], input[type=url], [contenteditable=true], [role=textbox], [role=searchbox]',
    heading: 'h1, h2, h3, h4, [role=heading]',
    option: 'option, [role=option]',
    listbox: '[role=listbox]',
    tab: '[role=tab]',
    dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
    checkbox: 'input[type=checkbox], [role=checkbox], [role=switch]',
    radio: 'input[type=radio], [role=radio]',
    combobox: 'select, [role=combobox]',
    article: 'article, [role=article]',
    log: '[role=log]',
    navigation: 'nav, [role=navigation]',
    status: 'output, [role=status]',
    alert: '[role=alert]',
  };
  const nameOf = (element) => {
    const labelled = element.getAttribute('aria-labelledby');
    if (labelled) {
      return labelled.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    }
    const label = element.getAttribute('aria-label');
    if (label) return label;
    if (element.labels?.length) return Array.from(element.labels, (one) => one.textContent).join(' ');
    const own = element.matches('input, textarea, select') ? '' : element.textContent.trim();
    return own || element.getAttribute('title') || element.getAttribute('placeholder') || '';
  };
  const visible = (element) =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const scope = within ? lookFor(within) : document;
  if (!scope) return null;
  const selector = css ?? (testid ? `[data-testid="${testid}"]` : (roles[role] ?? `[role="${role}"]`));
  const wanted = name?.toLowerCase();
  const fits = Array.from(scope.querySelectorAll(selector)).filter(
    (element) => visible(element) && !element.disabled,
  );
  if (wanted === undefined) return fits[0] ?? null;
  const named = fits.map((element) => [element, nameOf(element).replace(/\s+/g, ' ').trim().toLowerCase()]);
  return (named.find(([, own]) => own === wanted) ?? named.find(([, own]) => own.includes(wanted)) ?? [null])[0];
}

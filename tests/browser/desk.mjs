// A real desk for one scenario: the host on a fresh data folder and free ports, and the simulator
// that stands for its providers. Knows no browser.

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';

export const root = resolve(import.meta.dirname, '../..');
const bin = process.env.DESKBELL_BIN_DIR ?? join(root, 'target/debug');
/** Logs, and pictures of what failed. */
export const kept = join(bin, '..', 'browser');

export const PASSWORD = 'lemon cake at five';
/** What the world calls the desk. It resolves nowhere: the simulator knows the way. */
export const PUBLIC = 'https://desk.northside.example';
export const SID = 'AC0123456789abcdef0123456789abcdef';
export const AUTH_TOKEN = 'fedcba9876543210fedcba9876543210';

/** How much longer than usual everything may take, where the machine is busy. */
export const PATIENCE = Number(process.env.DESKBELL_PATIENCE ?? 1);

/** Asks until the answer is true enough, or says what did not happen. */
export async function until(what, holds, limit = 15_000) {
  const end = Date.now() + limit * PATIENCE;
  for (;;) {
    const answer = await holds();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${limit} ms`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

function start(name, args, log, env = {}) {
  const child = spawn(join(bin, name), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(log));
  const lines = createInterface({ input: child.stdout });
  return { child, lines };
}

async function firstLines(name, { child, lines }, wanted) {
  const found = {};
  const missing = () => wanted.some(([key]) => !found[key]);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => missing() && fail(new Error(`${name} ended with ${code} at once`)));
    lines.on('line', (line) => {
      for (const [key, pattern] of wanted) found[key] ??= pattern.exec(line)?.[1];
      if (!missing()) done(found);
    });
  });
}

async function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise((done) => child.once('exit', (code) => done(code)));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const code = await ended;
  clearTimeout(late);
  return code;
}

/** JSON over HTTP with a bearer token; what is refused is thrown. */
export class Api {
  constructor(base, token = null) {
    this.base = base;
    this.token = token;
  }

  async ask(method, path, body) {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  get = (path) => this.ask('GET', path);
  post = (path, body) => this.ask('POST', path, body);
  put = (path, body) => this.ask('PUT', path, body);
  patch = (path, body) => this.ask('PATCH', path, body);
  delete = (path) => this.ask('DELETE', path);
}

export class Desk {
  /** `more`: what else the host is told when it starts. */
  static async open(name, more = []) {
    const desk = new Desk();
    desk.name = name;
    desk.more = more;
    desk.dir = await mkdtemp(join(tmpdir(), `deskbell-${name}-`));
    await desk.#startHost();
    const simulator = start(
      'deskbell-simulator',
      ['--callback-to', desk.public.replace('http://', '')],
      join(kept, `${name}.simulator.log`),
    );
    desk.simulator = simulator.child;
    const { base } = await firstLines('deskbell-simulator', simulator, [['base', /^listening on (\S+)/]]);
    desk.provider = new Api(base);
    return desk;
  }

  async #startHost(workspace = '127.0.0.1:0', open = '127.0.0.1:0') {
    const host = start(
      'deskbell-host',
      ['--data-dir', join(this.dir, 'desk'), '--key-file', '--workspace-listen', workspace, '--public-listen', open, '--lan-listen', '127.0.0.1:0', ...this.more],
      join(kept, `${this.name}.host.log`),
    );
    this.host = host.child;
    const found = await firstLines('deskbell-host', host, [
      ['workspace', /^workspace: (\S+)/],
      ['open', /^public: (\S+)/],
    ]);
    this.workspace = found.workspace;
    this.public = found.open;
  }

  /** Stops the host in order and starts it again where it was. */
  async restart(pause = async () => {}) {
    await stopped(this.host);
    await pause();
    const place = (address) => address.replace('http://', '');
    await this.#startHost(place(this.workspace), place(this.public));
  }

  async close() {
    const code = await stopped(this.host);
    await stopped(this.simulator);
    await rm(this.dir, { recursive: true, force: true });
    return code;
  }

  api(token = null) {
    return new Api(`${this.workspace}/api/v1`, token);
  }

  async signIn(login, password = PASSWORD) {
    const { token } = await this.api().post('/sign-in', { login, password });
    return this.api(token);
  }

  /** The first administrator, made without the pages. */
  async setUp({ name = 'Hanna Berg', login = 'hanna', business = 'Northside Bikes', examples = false } = {}) {
    const { token } = await this.api().post('/desk/setup', {
      name, login, password: PASSWORD, business_name: business, country: 'US', examples,
    });
    this.admin = this.api(token);
    await this.admin.patch('/settings', { public_url: PUBLIC });
    // What the first run teaches is not to lie over everything else.
    await this.prefer(this.admin, {});
    return this.admin;
  }

  /** Preferences as the pages keep them. */
  async prefer(api, preferences) {
    const coached = ['write', 'open', 'pick-up', 'reply', 'done'];
    await api.patch('/me', { preferences: { coached, demo: false, checklist: false, ...preferences } });
  }

  /** A colleague who can sign in. */
  async person(name, role = 'agent', queues = []) {
    const login = name.split(' ')[0].toLowerCase();
    const user = await this.admin.post('/users', { login, name, role, password: PASSWORD, queues });
    const api = await this.signIn(login);
    await this.prefer(api, {});
    return { ...user, api };
  }

  async queue(name, mode, agents) {
    return this.admin.post('/queues', { name, mode, agents });
  }

  /** A Twilio channel whose Twilio is the simulator. */
  async twilio(destination, { name = 'Shop number', address = '+12025550123', starters = [], ...change } = {}) {
    const draft = await this.admin.post('/channels', { provider: 'twilio' });
    return this.admin.patch(`/channels/${draft.id}`, {
      name,
      values: { account_sid: SID },
      secrets: { auth_token: AUTH_TOKEN },
      base_url: this.provider.base,
      rate: 100,
      numbers: [{ address, destination, starters }],
      state: 'active',
      ...change,
    });
  }

  /** Live chat for a website; `change` is handed its settings before they are kept. */
  async site(destination, change = () => {}) {
    // Its pages come to this computer, and so do the pieces of the chat.
    await this.admin.patch('/settings', { public_url: '' });
    const draft = await this.admin.post('/channels', { provider: 'livechat' });
    await this.chat(draft, (settings) => {
      settings.domains = ['www.shop.example'];
      change(settings);
    });
    const channel = await this.admin.patch(`/channels/${draft.id}`, {
      name: 'Website',
      numbers: [{ address: 'www.shop.example', destination, starters: [] }],
      state: 'active',
    });
    return { ...channel, ...(await this.admin.get(`/channels/${draft.id}/chat/snippet`)) };
  }

  /** Chooses anew how the chat of a website is. */
  async chat(channel, change) {
    const settings = await this.admin.get(`/channels/${channel.id}/chat`);
    change(settings);
    return this.admin.put(`/channels/${channel.id}/chat`, settings);
  }

  /** What a person enters for an account at this simulated provider. */
  async account(provider) {
    const played = await this.provider.get('/control/providers');
    const found = played.find((one) => one.id === provider);
    if (!found) throw new Error(`the simulator does not play ${provider}`);
    return found.settings;
  }

  /** A channel of any provider that the simulator plays. */
  async channel(provider, destination, { address = '+12025550123', starters = [], ...change } = {}) {
    const draft = await this.admin.post('/channels', { provider });
    return this.admin.patch(`/channels/${draft.id}`, {
      name: 'Shop number',
      ...(await this.account(provider)),
      rate: 100,
      numbers: [{ address, destination, starters }],
      state: 'active',
      ...change,
    });
  }

  /** A customer's message through that provider, in its own format and signed as it signs. */
  async said(channel, from, text, more = {}) {
    return this.provider.post('/control/deliver', {
      provider: channel.provider,
      target_url: this.public + channel.webhook_path,
      public_url: PUBLIC + channel.webhook_path,
      settings: await this.account(channel.provider),
      id: randomUUID(),
      from,
      to: channel.numbers[0].address,
      text,
      ...more,
    });
  }

  /** The provider's news of a message that it was handed. */
  async news(channel, sent, status) {
    const { statuses } = await this.provider.post('/control/receipt', {
      provider: channel.provider,
      target_url: this.public + channel.webhook_path,
      public_url: PUBLIC + channel.webhook_path,
      settings: await this.account(channel.provider),
      id: sent.provider_id,
      status,
    });
    return statuses;
  }

  /** A customer's message, signed by the simulated Twilio; every delivery must be taken. */
  async text(channel, from, text, more = {}) {
    const delivered = await this.deliver(channel, from, text, more);
    for (const status of delivered.statuses) {
      if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
    }
    return delivered;
  }

  async deliver(channel, from, text, more = {}) {
    return this.provider.post('/control/deliver', {
      provider: 'twilio',
      target_url: this.public + channel.webhook_path,
      public_url: PUBLIC + channel.webhook_path,
      secret: AUTH_TOKEN,
      account_sid: SID,
      id: `SM${randomUUID().replaceAll('-', '')}`,
      from,
      to: channel.numbers[0].address,
      text,
      ...more,
    });
  }

  /** What the simulated provider was handed, in order. */
  sent = () => this.provider.get('/control/sent');

  /** How the simulated provider behaves; what is left out goes back to normal. */
  conduct = (conduct = {}) => this.provider.post('/control/faults', conduct);

  /** The demo's customer writes. */
  async customer(persona, text, photo = false) {
    await this.admin.post('/demo/messages', { persona, ...(text ? { text } : {}), photo });
  }

  /** The session with this customer, as `api` sees it. */
  async session(contact, api = this.admin, folder = 'all') {
    return until(`a session with ${contact}`, async () => {
      const { sessions } = await api.get(`/sessions?folder=${folder}&limit=100`);
      return sessions.find((one) => one.contact_name === contact || one.address === contact);
    });
  }
}

// What surrounds the window in the tests: a fresh data folder, a notification daemon, a stand-in
// for the system's browser. Everything lives in one temporary folder and goes with it.

import { spawn, execFile } from 'node:child_process';
import { openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { Driver, until } from './webdriver.mjs';

const run = promisify(execFile);
export const root = resolve(import.meta.dirname, '../..');
const bin = process.env.DESKBELL_BIN_DIR ?? join(root, 'target/debug');
/** Screenshots and logs of the last run. */
export const kept = join(bin, '..', 'desktop');

const hand = join(root, 'tests/desktop/hand.py');

export const program = (name) => join(bin, name);

export class Stage {
  static async set() {
    const stage = new Stage();
    stage.dir = await mkdtemp(join(tmpdir(), 'deskbell-desktop-'));
    await mkdir(kept, { recursive: true });
    await mkdir(join(stage.dir, 'bin'));
    // Whatever the shell hands to the system's browser is written down instead.
    const browser = join(stage.dir, 'bin/xdg-open');
    await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${join(stage.dir, 'opened')}'\n`);
    await chmod(browser, 0o755);
    stage.env = {
      ...process.env,
      PATH: `${join(stage.dir, 'bin')}:${process.env.PATH}`,
      XDG_CONFIG_HOME: join(stage.dir, 'config'),
      XDG_DATA_HOME: join(stage.dir, 'share'),
      XDG_CACHE_HOME: join(stage.dir, 'cache'),
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      GTK_USE_PORTAL: '0',
    };
    delete stage.env.DESKBELL_DATA_DIR;
    stage.log = openSync(join(kept, 'driver.log'), 'w');
    stage.children = [];
    await stage.#notifications();
    stage.driver = await Driver.start({
      driver: join(bin, '../tools/bin/tauri-driver'),
      native: '/usr/bin/WebKitWebDriver',
      env: stage.env,
      log: stage.log,
    });
    return stage;
  }

  /** A data folder that is new, or the one of this name again. */
  dataDir(name) {
    return join(this.dir, name);
  }

  /** A real notification daemon that prints what it shows. */
  async #notifications() {
    const printed = openSync(join(this.dir, 'notifications'), 'w');
    const settings = join(this.dir, 'dunstrc');
    // Where a person would choose from its menu, the line is chosen that a test asked for.
    const menu = join(this.dir, 'bin/menu');
    await writeFile(menu, `#!/bin/sh\ngrep -m1 -F -- "$(cat '${join(this.dir, 'choice')}')"\n`);
    await chmod(menu, 0o755);
    await writeFile(settings, `[global]\n    dmenu = ${menu}\n`);
    this.start('dunst', ['-print', '-conf', settings], printed);
    // Asking the daemon itself would make the bus start a second one.
    const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
    const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.Notifications'];
    await until('the notification daemon', async () => {
      const { stdout } = await run('dbus-send', [...ask, ...question], { env: this.env });
      return stdout.includes('true');
    });
  }

  start(name, args, output = this.log) {
    const child = spawn(name, args, { env: this.env, stdio: ['ignore', output, this.log] });
    this.children.push(child);
    return child;
  }

  /** Starts a program that says where it listens, and returns that address. */
  async listening(name, args) {
    const child = spawn(program(name), args, { env: this.env, stdio: ['ignore', 'pipe', this.log] });
    this.children.push(child);
    let printed = '';
    child.stdout.on('data', (data) => (printed += data));
    return until(`${name} to listen`, () => printed.match(/http:\/\/[\d.]+:\d+/)?.[0]);
  }

  /** The download folder of this computer, empty. */
  async downloads() {
    const folder = join(this.dir, 'downloads');
    await mkdir(folder, { recursive: true });
    await mkdir(this.env.XDG_CONFIG_HOME, { recursive: true });
    await writeFile(join(this.env.XDG_CONFIG_HOME, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${folder}"\n`);
    return folder;
  }

  /** The names of what was downloaded. */
  downloaded() {
    return readdir(join(this.dir, 'downloads'));
  }

  /** Everything that notifications have said so far. */
  notified() {
    return readFile(join(this.dir, 'notifications'), 'utf8');
  }

  /** Clicks the newest notification. */
  async clickNotification() {
    await run('dunstctl', ['action', '0'], { env: this.env });
  }

  /** Presses the button with this label, from the daemon's own menu. */
  async pressButton(label) {
    await writeFile(join(this.dir, 'choice'), `#${label} `);
    await run('dunstctl', ['context'], { env: this.env });
  }

  async clearNotifications() {
    await run('dunstctl', ['close-all'], { env: this.env });
  }

  /** The addresses that went to the system's browser. */
  async opened() {
    const text = await readFile(join(this.dir, 'opened'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  /** Number and title of every window on the screen. */
  async #windows() {
    const { stdout } = await run('xwininfo', ['-root', '-tree'], { env: this.env });
    return Array.from(stdout.matchAll(/^\s+(0x[0-9a-f]+) "(.*?)": \(/gm), ([, number, title]) => ({ number, title }));
  }

  /** The number of our window, which may carry how much is unread in its title. */
  async #window() {
    return (await this.#windows()).find(({ title }) => /^(\(\d+\) )?Deskbell$/.test(title))?.number;
  }

  async titles() {
    return (await this.#windows()).map(({ title }) => title).join('\n');
  }

  /** Whether our window is on the screen and not only somewhere in memory. */
  async shows() {
    const number = await this.#window();
    if (!number) return false;
    const { stdout } = await run('xwininfo', ['-id', number], { env: this.env });
    return stdout.includes('IsViewable');
  }

  /** What the cross in the corner does: asks the window to close. */
  async closeWindow() {
    await run('/usr/bin/python3', [hand, 'close', await this.#window()], { env: this.env });
  }

  /** The person turns to another window; the answer brings them back. */
  async lookAway() {
    const other = spawn('/usr/bin/python3', [hand, 'leave'], { env: this.env, stdio: ['pipe', 'pipe', this.log] });
    this.children.push(other);
    let said = '';
    other.stdout.on('data', (data) => (said += data));
    await until('another window', () => said.includes('elsewhere'));
    return () => other.stdin.end();
  }

  /** The process of the window with this data folder. */
  async processOf(dataDir) {
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const [name, ...args] = line.split('\0');
      if (name === program('deskbell') && args.includes(dataDir)) return Number(pid);
    }
    return null;
  }

  /** Our programs that still run in this stage's folder. */
  async #left() {
    const left = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (line.split('\0')[0] === program('deskbell') && line.includes(this.dir)) left.push({ pid: Number(pid), line });
    }
    return left;
  }

  /** Takes everything away; what did not end by itself is told, and ended. */
  async strike() {
    await this.driver?.stop().catch((error) => console.error(error.message));
    for (const child of this.children) child.kill('SIGTERM');
    await until('the programs to end', async () => (await this.#left()).length === 0, 10_000).catch(() => undefined);
    for (const { pid, line } of await this.#left()) {
      console.error(`left behind: ${line.replaceAll('\0', ' ')}`);
      process.kill(pid, 'SIGKILL');
    }
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

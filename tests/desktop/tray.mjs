// A desktop with a place for tray icons: closing keeps the bell ringing, the menu brings the
// window back and leaves.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { program, root } from './stage.mjs';
import { until } from './webdriver.mjs';

/** @param {(name: string, run: () => Promise<void>) => Promise<void>} check */
export async function tray(stage, check) {
  const panel = await Panel.start(stage);
  const dataDir = stage.dataDir('tray');
  const window = await stage.driver.open(program('deskbell'), ['--data-dir', dataDir]);

  // The page tells its own number once, when it is there.
  await window.find({ testid: 'welcome' });

  await check('the icon comes up with its menu', async () => {
    await until('the icon', () => panel.said.includes('icon'));
    await until('the menu', async () => (await panel.menu()).join() === 'Show Deskbell,Nothing unread,Quit');
  });

  await check('the menu tells how much is unread', async () => {
    await window.invoke('set_unread', { count: 3 });
    await until('the number', async () => (await panel.menu()).includes('3 unread'));
    await window.invoke('set_unread', { count: 0 });
    await until('no number', async () => (await panel.menu()).includes('Nothing unread'));
  });

  await check('closing hides the window and keeps the desk open', async () => {
    const visible = () => window.script(() => document.visibilityState === 'visible');
    const host = await window.invoke('host');
    await stage.closeWindow();
    await until('the window to hide', async () => !(await stage.shows()));
    assert.ok(await stage.processOf(dataDir), 'the program goes on');
    assert.deepEqual(await window.invoke('host'), host);
    await panel.click('Show Deskbell');
    await until('the window', () => stage.shows());
    await until('the page to know', visible);
  });

  await check('Quit leaves in order', async () => {
    await panel.click('Quit');
    await until('the end', async () => (await stage.processOf(dataDir)) === null);
    await window.close();
  });

  await check('started hidden, it waits in the tray', async () => {
    const icons = () => panel.said.filter((line) => line === 'icon').length;
    const before = icons();
    const hidden = stage.start(program('deskbell'), ['--hidden', '--data-dir', stage.dataDir('hidden')]);
    await until('the icon', () => icons() > before);
    assert.equal(await stage.shows(), false);
    await until('the menu', async () => (await panel.menu()).includes('Show Deskbell'));
    await panel.click('Show Deskbell');
    await until('the window', () => stage.shows());
    hidden.kill('SIGTERM');
    await until('the end', () => hidden.exitCode !== null);
    assert.equal(hidden.exitCode, 0);
  });

  await check('where the panel has gone, closing leaves', async () => {
    const lone = stage.start(program('deskbell'), ['--data-dir', stage.dataDir('lone')]);
    await until('the window', () => stage.shows());
    panel.child.kill('SIGTERM');
    await until('the panel to go', () => panel.child.exitCode !== null || panel.child.signalCode);
    await stage.closeWindow();
    await until('the end', () => lone.exitCode !== null);
    assert.equal(lone.exitCode, 0);
  });
}

/** The panel of `panel.py`, which runs with the system's Python because of its GLib. */
class Panel {
  static async start(stage) {
    const script = join(root, 'tests/desktop/panel.py');
    const child = spawn('/usr/bin/python3', [script], { env: stage.env, stdio: ['pipe', 'pipe', stage.log] });
    stage.children.push(child);
    const panel = new Panel();
    panel.child = child;
    panel.said = [];
    let rest = '';
    child.stdout.on('data', (data) => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      panel.said.push(...lines);
    });
    await until('the panel', () => panel.said.includes('ready'));
    return panel;
  }

  async #ask(line, answer) {
    const before = this.said.length;
    this.child.stdin.write(`${line}\n`);
    return until(`an answer to ${line}`, () => this.said.slice(before).find(answer), 5000);
  }

  async menu() {
    const line = await this.#ask('menu', (said) => said.startsWith('menu '));
    return line.slice('menu '.length).split('|');
  }

  async click(label) {
    const said = await this.#ask(`click ${label}`, (line) => line === 'clicked' || line.startsWith('no '));
    assert.equal(said, 'clicked', `the menu has ${label}`);
  }
}

// What only a desktop has: the commands of the shell, and what the page may not do.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { program } from './stage.mjs';
import { until } from './webdriver.mjs';

/** @param {(name: string, run: () => Promise<void>) => Promise<void>} check */
export async function shell(stage, check) {
  const dataDir = stage.dataDir('shell');
  const window = await stage.driver.open(program('deskbell'), ['--data-dir', dataDir]);

  await window.find({ testid: 'welcome' });

  await check('the page learns where the desk is, and the desk answers', async () => {
    const host = await window.invoke('host');
    assert.equal(host.joined, false);
    assert.equal(host.desktop, true);
    assert.match(host.address, /^http:\/\/127\.0\.0\.1:\d+$/);
    const answered = await window.script((address) => fetch(`${address}/`).then((a) => a.status, String), host.address);
    assert.equal(typeof answered, 'number', `the page may reach the desk: ${answered}`);
  });

  await check('the page may not reach anything else', async () => {
    const blocked = await window.script(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
          fetch('http://example.invalid/').catch(() => setTimeout(() => resolve('no violation'), 2000));
        }),
    );
    assert.equal(blocked, 'connect-src');
  });

  await check('the page may call only what it was given', async () => {
    for (const [command, args] of [
      ['plugin:opener|open_path', { path: '/etc/passwd' }],
      ['plugin:autostart|enable', {}],
      ['plugin:window|set_title', { value: 'x' }],
      ['plugin:event|emit', { event: 'x' }],
    ]) {
      await assert.rejects(window.invoke(command, args), /not allowed|not found/i, command);
    }
    await assert.rejects(window.invoke('open_external', { url: 'file:///etc/passwd' }));
    assert.deepEqual(await stage.opened(), []);
  });

  await check('links open in the system browser and the window stays', async () => {
    const before = await window.url();
    await window.invoke('open_external', { url: 'https://example.com/one' });
    await window.script(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/two', target: '_blank', id: 'two' });
      link.append('two');
      document.body.prepend(link);
    });
    await window.click({ css: '#two' });
    await window.script(() => void (location.href = 'https://example.com/three'));
    const addresses = async () => (await stage.opened()).length === 3;
    await until('three addresses', addresses).catch(() => undefined);
    assert.deepEqual((await stage.opened()).sort(), [
      'https://example.com/one',
      'https://example.com/three',
      'https://example.com/two',
    ]);
    assert.equal(await window.url(), before);
  });

  await check('the title tells how much is unread', async () => {
    await window.invoke('set_unread', { count: 41 });
    await until('the number', async () => (await stage.titles()).includes('(41) Deskbell'));
    await window.invoke('set_unread', { count: 0 });
    await until('no number', async () => !(await stage.titles()).includes('(41) Deskbell'));
  });

  await check('a notification is shown as text, and its click names the session', async () => {
    await window.script(async () => {
      const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
      window.heard = [];
      const handler = transformCallback((event) => window.heard.push(event.payload));
      await invoke('plugin:event|listen', { event: 'open-session', target: { kind: 'Any' }, handler });
    });
    const buttons = [{ id: 'pick-up', label: 'Pick up', quiet: false }];
    await window.invoke('notify', { title: 'Maria', body: '<b>ready</b> & open?', sessionId: 'session-7', buttons });
    await until('the notification', async () => /Maria/.test(await stage.notified()));
    // dunst prints the text as it was handed over: escaped, because it reads markup.
    assert.match(await stage.notified(), /&lt;b&gt;ready|<b>ready<\/b> & open/);
    await stage.clickNotification();
    await until('the click', () => window.script(() => window.heard.includes('session-7')));
    await stage.clearNotifications();
  });

  await check('a button of a notification tells the page which one', async () => {
    await window.script(async () => {
      const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
      window.pressed = [];
      const handler = transformCallback((event) => window.pressed.push(event.payload));
      await invoke('plugin:event|listen', { event: 'notification-button', target: { kind: 'Any' }, handler });
    });
    const buttons = [
      { id: 'pick-up', label: 'Pick up', quiet: false },
      { id: 'snooze', label: 'Snooze 20 min', quiet: true },
      { id: 'reply', label: 'Reply', quiet: false },
    ];
    for (const { id, label } of [buttons[1], buttons[0], buttons[2]]) {
      await window.invoke('notify', { title: `Greg ${id}`, body: 'Hello?', sessionId: 'session-8', buttons });
      await until('the notification', async () => (await stage.notified()).includes(`Greg ${id}`));
      await stage.pressButton(label);
      await until(`the press of ${id}`, () => window.script((wanted) => window.pressed.some((one) => one.button === wanted && one.session_id === 'session-8'), id));
      await stage.clearNotifications();
    }
    assert.deepEqual(await window.script(() => window.pressed.map((one) => one.button)), ['snooze', 'pick-up', 'reply']);
  });

  await check('the log folder opens, and it is there', async () => {
    await window.invoke('open_log_folder');
    await until('the folder', async () => (await stage.opened()).some((path) => path.startsWith(dataDir)));
  });

  await check('start at login can be switched on and off', async () => {
    assert.equal(await window.invoke('autostart'), false);
    await window.invoke('set_autostart', { on: true });
    assert.equal(await window.invoke('autostart'), true);
    await window.invoke('set_autostart', { on: false });
    assert.equal(await window.invoke('autostart'), false);
  });

  await check('what is no address of a desk is not joined', async () => {
    for (const address of ['ftp://desk', 'http://desk/path', 'a b']) {
      await assert.rejects(window.invoke('join', { address }), /address of a desk/);
    }
  });

  await check('told to stop, the window leaves in order and keeps its place', async () => {
    const pid = await stage.processOf(dataDir);
    assert.ok(pid, 'the process is there');
    process.kill(pid, 'SIGTERM');
    await until('the end', async () => (await stage.processOf(dataDir)) === null);
    assert.match(await readFile(join(dataDir, 'window.json'), 'utf8'), /"main"/);
    await window.close();
  });

  await check('a second start shows the first window and ends', async () => {
    const first = stage.start(program('deskbell'), []);
    await until('the first', async () => (await stage.titles()).includes('Deskbell'));
    const second = spawn(program('deskbell'), [], { env: stage.env, stdio: 'ignore' });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    assert.equal(code, 0);
    assert.equal(first.exitCode, null, 'the first goes on');
    first.kill('SIGTERM');
    await until('the end of the first', () => first.exitCode !== null);
    assert.equal(first.exitCode, 0);
  });

  await check('a damaged database is said in a window, not in a crash', async () => {
    const damaged = stage.dataDir('damaged');
    await mkdir(damaged);
    await writeFile(join(damaged, 'deskbell.db'), 'this is no database, and long enough to be sure of it '.repeat(200));
    const trouble = await stage.driver.open(program('deskbell'), ['--data-dir', damaged]);
    await until('the trouble window', async () => {
      const [handle] = await trouble.ask('GET', '/window/handles');
      await trouble.ask('POST', '/window', { handle });
      return (await trouble.text()).includes('could not open your desk');
    });
    assert.match(await trouble.text(), new RegExp(damaged));
    const pid = await stage.processOf(damaged);

    // The way out that the page offers: mend it, try again.
    await rm(join(damaged, 'deskbell.db'));
    // The program leaves before it could answer the click.
    await trouble.click({ role: 'link', name: 'Try again' }, 1000).catch(() => undefined);
    await until('a new start', async () => ![null, pid].includes(await stage.processOf(damaged)));
    await until('the desk', () => readFile(join(damaged, 'deskbell.db')));
    await until('the window', async () => (await stage.titles()).includes('Deskbell'));
    process.kill(await stage.processOf(damaged), 'SIGTERM');
    await until('the end', async () => (await stage.processOf(damaged)) === null);
    await trouble.close();
  });

  await check('a desk that was joined is reached, and no other', async () => {
    const desks = await Promise.all(['127.0.0.2', '127.0.0.3'].map(desk));
    const joined = stage.dataDir('joined');
    await mkdir(joined);
    await writeFile(join(joined, 'desktop.json'), JSON.stringify({ join: desks[0].address }));
    const guest = await stage.driver.open(program('deskbell'), ['--data-dir', joined]);
    try {
      assert.deepEqual(await guest.invoke('host'), { address: desks[0].address, joined: true, desktop: true });
      const reach = (address) => guest.script((a) => fetch(a).then((answer) => answer.text(), () => 'blocked'), address);
      assert.equal(await reach(desks[0].address), 'a desk');
      assert.equal(await reach(desks[1].address), 'blocked');
      await assert.rejects(readFile(join(joined, 'deskbell.db')), 'no desk of its own is opened');
    } finally {
      await guest.close();
      for (const { server } of desks) server.close();
    }
  });
}

/** Stands for another machine's desk: it answers every page. */
function desk(host) {
  const server = createServer((_request, response) => {
    response.setHeader('access-control-allow-origin', '*').end('a desk');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve({ server, address: `http://${host}:${server.address().port}` }));
  });
}

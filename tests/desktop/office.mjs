// A colleague's window: it joins the desk of another computer, and files from there come to the
// download folder of this one.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { kept, program } from './stage.mjs';
import { until } from './webdriver.mjs';

const PASSWORD = 'ring the bell twice';
const PRICES = 'Saddle 49\nFrame 380\n';

/** @param {(name: string, run: () => Promise<void>) => Promise<void>} check */
export async function office(stage, check) {
  const address = await stage.listening('deskbell-host', [
    '--data-dir', stage.dataDir('office'), '--key-file', '--workspace-listen', '127.0.0.1:0', '--public-listen', '127.0.0.1:0',
  ]);
  const ana = await desk(address);
  const session = await ana.customerWith('prices.txt', PRICES);
  const dataDir = stage.dataDir('guest');
  const downloads = await stage.downloads();

  let window = await stage.driver.open(program('deskbell'), ['--data-dir', dataDir]);
  await check('an address where no desk is keeps the page, and says so', async () => {
    await window.click({ testid: 'choose-join' });
    await window.type({ testid: 'join-address' }, 'not an address');
    await window.click({ role: 'button', name: 'Join' });
    await until('the sentence', () => window.look({ role: 'alert' }));
  });

  await check('with the address of the office the window starts anew, at that desk', async () => {
    const pid = await stage.processOf(dataDir);
    assert.ok(pid, 'the process is there');
    await window.fill({ testid: 'join-address' }, address.replace('http://', ''));
    // The program leaves before it could answer the click.
    await window.click({ role: 'button', name: 'Join' }, 2000).catch(() => undefined);
    await until('a new start', async () => ![null, pid].includes(await stage.processOf(dataDir)));
    assert.deepEqual(JSON.parse(await readFile(join(dataDir, 'desktop.json'), 'utf8')).join, address);
    await until('the window', () => stage.shows());
    process.kill(await stage.processOf(dataDir), 'SIGTERM');
    await until('the end', async () => (await stage.processOf(dataDir)) === null);
    await window.close();
  });

  window = await stage.driver.open(program('deskbell'), ['--data-dir', dataDir]);
  await check('the next start asks who one is there, and shows the office’s inbox', async () => {
    assert.deepEqual(await window.invoke('host'), { address, joined: true, desktop: true });
    await window.type({ testid: 'login' }, 'ana');
    await window.type({ testid: 'password' }, PASSWORD);
    await window.click({ testid: 'sign-in-submit' });
    await window.find({ testid: 'inbox' });
    await window.script((id) => void (location.hash = `#/inbox/recent/${id}`), session);
    await window.find({ testid: 'file' });
  });

  await check('a file of the office comes to this computer’s downloads, and is said', async () => {
    await window.click({ testid: 'file' });
    await window.says('Saved prices.txt to your downloads');
    assert.equal(await readFile(join(downloads, 'prices.txt'), 'utf8'), PRICES);
  });

  await check('a second one of that name takes no other’s place', async () => {
    await writeFile(join(downloads, 'prices.txt'), 'mine');
    await window.click({ testid: 'file' });
    await window.says('to your downloads');
    await until('both', async () => (await stage.downloaded()).length === 2);
    assert.equal(await readFile(join(downloads, 'prices.txt'), 'utf8'), 'mine');
  });

  await window.screenshot(join(kept, 'office.png'));
  await window.close();
}

/** The desk of the office, set up through the API. */
async function desk(address) {
  let token = null;
  const ask = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
      body: type === 'application/json' ? body && JSON.stringify(body) : body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  ({ token } = await ask('POST', '/desk/setup', {
    name: 'Ana Diaz', login: 'ana', password: PASSWORD, business_name: 'Northside Bikes', country: 'US', examples: false,
  }));
  await ask('PATCH', '/me', { preferences: { coached: ['write', 'open', 'pick-up', 'reply', 'done'], demo: false } });
  return {
    /** The id of a session in which a customer was sent this file. */
    async customerWith(name, text) {
      await ask('POST', '/demo/messages', { persona: 'maria', text: 'What does it cost?', photo: false });
      const [{ id }] = await until('the session', async () => {
        const { sessions } = await ask('GET', '/sessions?folder=all');
        return sessions.length > 0 && sessions;
      });
      await ask('POST', `/sessions/${id}/pick-up`);
      const file = await ask('POST', `/files?name=${name}`, text, 'text/plain');
      await ask('POST', `/sessions/${id}/messages`, { client_key: 'price-list', text: 'See here', file_ids: [file.id] });
      return id;
    },
  };
}

// From the first run to a delivered answer, in the real window: with the demo customer, then with
// a signed webhook of a real provider's kind.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { kept, program } from './stage.mjs';
import { until } from './webdriver.mjs';

const PASSWORD = 'ring the bell twice';
/** Made up, but shaped as the provider's own are. */
const ACCOUNT = { sid: `AC${'0123456789abcdef'.repeat(2)}`, token: 'fedcba9876543210'.repeat(2) };
const OURS = '+14155550100';
const CUSTOMER = '+14155550142';
const PUBLIC = 'https://desk.example.com';

/** @param {(name: string, run: () => Promise<void>) => Promise<void>} check */
export async function firstLight(stage, check) {
  const window = await stage.driver.open(program('deskbell'), ['--data-dir', stage.dataDir('first-light')]);
  const walk = (name, run) => check(name, () => pictured(window, name, run));
  let host;

  await walk('the first run makes an office', async () => {
    host = await window.invoke('host');
    await window.script(() => {
      window.violations = [];
      addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    await window.click({ testid: 'choose-office' });
    await window.type({ testid: 'setup-name' }, 'Sara Lind');
    await window.type({ testid: 'setup-business' }, 'Lind Cycles');
    await window.type({ testid: 'setup-password' }, PASSWORD);
    await window.click({ testid: 'setup-submit' });
    await window.find({ testid: 'first-steps' });
  });

  await walk('the trial notification is shown by the system', async () => {
    await window.click({ testid: 'first-test' });
    await until('the notification', async () => (await stage.notified()).includes('Deskbell'));
    await stage.clearNotifications();
    await window.click({ testid: 'first-done' });
    await window.find({ testid: 'inbox' });
  });

  await walk('a demo customer writes, and the bell rings', async () => {
    const back = await stage.lookAway();
    await until('the page to know', () => window.script(() => !document.hasFocus()));
    await window.type({ testid: 'demo-text' }, 'Is my bike ready?');
    await window.click({ testid: 'demo-send' });
    await until('the notification', async () => (await stage.notified()).includes('Is my bike ready?'));
    await window.find({ testid: 'session-row' });
    back();
  });

  await walk('its click opens the session', async () => {
    await stage.clickNotification();
    await window.find({ testid: 'thread-name' });
    await window.find({ testid: 'message' });
  });

  await walk('pick up, reply, delivered', async () => {
    await window.click({ testid: 'pick-up' });
    await window.type({ testid: 'composer-text' }, 'Yes, you can come by until six.');
    await window.click({ testid: 'send' });
    await window.find({ css: '[data-testid=message][data-direction=out][data-state=delivered], [data-testid=message][data-direction=out][data-state=read]' });
    await until('the customer to have it', () =>
      window.script(() =>
        Array.from(document.querySelectorAll('[data-testid=demo-line]')).some((line) => line.textContent.includes('until six')),
      ),
    );
  });

  await walk('a signed webhook reaches the same inbox, and the answer leaves', async () => {
    const line = await shop(stage, host.address);
    await stage.clearNotifications();
    const back = await stage.lookAway();
    const delivered = await line.say('Do you mend tubeless tyres?');
    assert.deepEqual(delivered.statuses, [200]);
    await until('the notification', async () => (await stage.notified()).includes('tubeless'));
    back();
    await window.click({ role: 'option', name: 'tubeless' });
    await until('the thread', () => window.script(() => document.querySelector('[data-testid=thread]')?.textContent.includes('tubeless')));
    await window.click({ testid: 'pick-up' });
    await window.type({ testid: 'composer-text' }, 'We do, while you wait.');
    await window.click({ testid: 'send' });
    await window.find({ css: '[data-testid=message][data-direction=out][data-state=delivered]' });
    const sent = await line.sent();
    assert.deepEqual(sent.map(({ to, text }) => [to, text]), [[CUSTOMER, 'We do, while you wait.']]);
  });

  await walk('the same webhook again adds nothing', async () => {
    const line = shop.line;
    const count = () => window.script(() => document.querySelectorAll('[data-testid=message]').length);
    const before = await count();
    const again = await line.say('Do you mend tubeless tyres?', 'SM00000000000000000000000000000001');
    const twice = await line.say('Do you mend tubeless tyres?', 'SM00000000000000000000000000000001');
    assert.deepEqual([again.statuses, twice.statuses], [[200], [200]]);
    await until('one more message', async () => (await count()) === before + 1);
    const after = await line.say('And do you sell them?');
    assert.deepEqual(after.statuses, [200]);
    await until('the next message, and only it', async () => (await count()) === before + 2);
  });

  await walk('a note, handed to a colleague, taken back, ended, and open again', async () => {
    const { api } = shop.line;
    const [queue] = await api('GET', '/queues');
    const tom = await api('POST', '/users', { login: 'tom', name: 'Tom Reed', role: 'agent', password: PASSWORD, queues: [queue.id] });
    const [id] = (await window.script(() => location.hash)).match(/[0-9a-f]{8}-[0-9a-f-]{27}/);
    const becomes = (what, holds) => until(what, async () => holds(await api('GET', `/sessions/${id}`)));
    await window.click({ testid: 'tab-note' });
    await window.type({ testid: 'composer-text' }, 'Tyres are on the shelf');
    await window.click({ testid: 'send' });
    await window.find({ css: '[data-testid=note]' });
    await window.click({ testid: 'transfer' });
    await window.click({ role: 'option', name: 'Tom Reed' });
    await window.click({ testid: 'transfer-confirm' });
    await becomes('Tom to have it', (one) => one.owner_id === tom.id);
    await window.click({ role: 'button', name: 'Undo' });
    await becomes('it to be back', (one) => one.owner_name === 'Sara Lind');
    await window.script((session) => (location.hash = `#/inbox/recent/${session}`), id);
    await window.click({ testid: 'end' });
    await window.click({ testid: 'end-confirm' });
    await becomes('it to be ended', (one) => one.status === 'closed');
    await window.click({ role: 'button', name: 'Undo' });
    await becomes('it to be open again', (one) => one.status === 'open');
  });

  await walk('nothing on the way broke the page’s own rules', async () => {
    assert.deepEqual(await window.script(() => window.violations), []);
  });

  await window.screenshot(join(kept, 'first-light.png'));
  await window.close();
}

/** A channel at the simulator, made through the API as a script would. */
async function shop(stage, address) {
  const ask = async (method, path, body, token) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const { token } = await ask('POST', '/sign-in', { login: 'sara', password: PASSWORD, device_name: 'Script' });
  const api = (method, path, body) => ask(method, path, body, token);
  const settings = await api('PATCH', '/settings', { public_url: PUBLIC });
  const listener = settings.public_address.replace(/^https?:\/\//, '');
  const simulator = await stage.listening('deskbell-simulator', ['--callback-to', listener]);
  const [queue] = await api('GET', '/queues');
  const draft = await api('POST', '/channels', { provider: 'twilio' });
  const channel = await api('PATCH', `/channels/${draft.id}`, {
    name: 'Shop number',
    values: { account_sid: ACCOUNT.sid },
    secrets: { auth_token: ACCOUNT.token },
    base_url: simulator,
    numbers: [{ address: OURS, destination: { kind: 'queue', id: queue.id } }],
    state: 'active',
  });
  const control = async (method, path, body) => {
    const answer = await fetch(`${simulator}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  shop.line = {
    api,
    say: (text, id = '') =>
      control('POST', 'deliver', {
        provider: 'twilio',
        target_url: `http://${listener}${channel.webhook_path}`,
        public_url: PUBLIC + channel.webhook_path,
        secret: ACCOUNT.token,
        account_sid: ACCOUNT.sid,
        from: CUSTOMER,
        to: OURS,
        text,
        id,
      }),
    sent: () => control('GET', 'sent'),
  };
  return shop.line;
}

async function pictured(window, name, run) {
  try {
    await run();
  } catch (error) {
    await window.screenshot(join(kept, `${name.replace(/\W+/g, '-')}.png`)).catch(() => undefined);
    throw error;
  }
}

// Locks on the address that providers call: from where, and with which password.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';

export default async function guard({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.channel('flowroute', { kind: 'queue', id: front.id });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const saved = () => admin.get(`/channels/${channel.id}`);
  const statuses = async (text) => (await desk.said(channel, LENA, text)).statuses;
  let password = '';
  /** What a request with this password is answered. */
  const knock = async (given) => {
    const authorization = `Basic ${Buffer.from(`deskbell:${given}`).toString('base64')}`;
    const answer = await fetch(desk.public + channel.webhook_path, { method: 'POST', headers: { authorization }, body: '{}' });
    return answer.status;
  };
  const save = async () => {
    await hanna.at('save').click();
    await until('it to be saved', async () => (await hanna.at('save').count()) === 0);
  };

  await check('where nothing is signed the locks are shown at once, and say why', async () => {
    assert.deepEqual(await statuses('Is my wheel ready?'), [200]);
    await hanna.go(`settings/channels/${channel.id}`);
    await hanna.at('step-webhook').click();
    assert.equal(await hanna.at('guard').evaluate((one) => one.open), true);
    await hanna.at('guard').getByText('signs nothing').waitFor();
  });

  await check('a password is made up, saved, and not shown again', async () => {
    await hanna.at('guard-invent').click();
    assert.match(await hanna.at('guard-password').inputValue(), /^[A-Za-z2-9]{24}$/);
    password = await hanna.at('guard-password').inputValue();
    await save();
    assert.equal((await saved()).webhook_user, 'deskbell');
    assert.ok((await saved()).secrets_set.includes('webhook_password'));
    assert.equal(await hanna.at('guard-password').inputValue(), '');
    assert.ok(!(await hanna.page.content()).includes(password));
  });

  await check('who comes without it is asked, with a wrong one refused, and the channel says so', async () => {
    assert.deepEqual(await statuses('I have no password'), [401]);
    assert.equal(await knock('a wrong one'), 401);
    assert.notEqual(await knock(password), 401);
    await hanna.go('settings/channels');
    await hanna.at('refusals', { hasText: 'wrong name or password' }).waitFor();
    assert.deepEqual((await saved()).health.refusals, [{ why: 'password', count: 1 }]);
  });

  await check('an emptied name takes the password away', async () => {
    await hanna.go(`settings/channels/${channel.id}`);
    await hanna.at('step-webhook').click();
    await hanna.at('guard-user').fill('');
    await save();
    assert.ok(!(await saved()).secrets_set.includes('webhook_password'));
    assert.deepEqual(await statuses('Open again'), [200]);
  });

  await check('a network that is none is said, with the line it stands in', async () => {
    hanna.expect(/status of 422/);
    await hanna.at('guard-networks').fill('192.0.2.0/27\nsomewhere');
    await hanna.at('save').click();
    await hanna.at('guard-blind-save').click();
    await hanna.at('guard').getByRole('alert').filter({ hasText: 'somewhere' }).waitFor();
  });

  await check('behind a tunnel the list shuts everyone out, which is said before and after', async () => {
    await hanna.at('guard-networks').fill('192.0.2.0/27');
    await hanna.at('guard-blind').waitFor();
    await hanna.at('save').click();
    await hanna.at('guard-blind-save').click();
    await until('it to be saved', async () => (await hanna.at('save').count()) === 0);
    assert.deepEqual((await saved()).allowed_networks, ['192.0.2.0/27']);
    assert.deepEqual(await statuses('From behind a tunnel'), [403]);
    await hanna.page.reload();
    await hanna.at('refusals', { hasText: /tunnel/i }).waitFor();
  });

  await check('the desk learns under Network how its tunnel tells who calls', async () => {
    await hanna.go('settings/network');
    await hanna.at('proxy-header').selectOption('x_forwarded_for');
    await save();
    assert.equal((await admin.get('/settings')).proxy_header, 'x_forwarded_for');
    await hanna.go(`settings/channels/${channel.id}`);
    await hanna.at('step-webhook').click();
    await hanna.at('guard-networks').waitFor();
    assert.equal(await hanna.at('guard-blind').count(), 0);
  });
}

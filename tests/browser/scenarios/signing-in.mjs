// In and out: wrong passwords, the lock, a device that is logged out from elsewhere, a restart.

import assert from 'node:assert/strict';

import { PASSWORD, until } from '../desk.mjs';

export default async function signingIn({ check, desk: open, visitor: come, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const ana = await desk.person('Ana Lopez');
  const visitor = await come(desk, { name: 'ana' });
  visitor.expect(/status of 401/, /status of 429/);

  await check('a wrong password is said in plain words, the same as an unknown name', async () => {
    await visitor.signIn('ana', 'not her password');
    const wrong = await visitor.at('sign-in-problem').textContent();
    await visitor.signIn('nobody-here', 'not her password');
    await until('the same sentence', async () => (await visitor.at('sign-in-problem').textContent()) === wrong);
    assert.match(wrong, /name|password/i);
  });

  await check('the right one lets in', async () => {
    await visitor.signIn('ana');
    await visitor.at('inbox').waitFor();
  });

  await check('sign-out leaves nothing of the desk behind', async () => {
    await visitor.at('rail-me').click();
    await visitor.at('menu-sign-out').click();
    await visitor.at('sign-in').waitFor();
    const kept = await visitor.page.evaluate(() => localStorage.getItem('deskbell.token'));
    assert.equal(kept, null);
    await visitor.page.reload();
    await visitor.at('sign-in').waitFor();
    assert.equal((await admin.get(`/users/${ana.id}/devices`)).length, 1, 'only the one made without pages');
  });

  await check('five wrong passwords lock her out, and the page counts the seconds', async () => {
    for (let at = 0; at < 5; at += 1) {
      await assert.rejects(desk.api().post('/sign-in', { login: 'ana', password: `wrong ${at}` }), /401|429/);
    }
    await visitor.signIn('ana');
    await until('the lock', async () => /\d+ second/.test((await visitor.at('sign-in-problem').textContent()) ?? ''));
    await visitor.at('password').fill(PASSWORD);
    assert.ok(await visitor.at('sign-in-submit').isDisabled());
    const said = async () => Number(/(\d+) second/.exec(await visitor.at('sign-in-problem').textContent())?.[1]);
    const first = await said();
    await until('the countdown', async () => (await said()) < first);
  });

  await check('the administrator sees the lock, and a new password opens it', async () => {
    const locked = (await admin.get('/users')).find((one) => one.id === ana.id);
    assert.ok(locked.locked_until > Date.now());
    await admin.patch(`/users/${ana.id}`, { password: 'a new long password' });
    await visitor.page.reload();
    await visitor.signIn('ana', 'a new long password');
    await visitor.at('inbox').waitFor();
  });

  await check('a device that is logged out elsewhere falls back to the sign-in page at once', async () => {
    const devices = await admin.get(`/users/${ana.id}/devices`);
    for (const device of devices) await admin.delete(`/users/${ana.id}/devices/${device.id}`);
    await visitor.at('sign-in').waitFor();
  });

  await check('a restarted desk is found again, and nobody has to sign in anew', async () => {
    const hanna = await member(desk, admin, { name: 'hanna' });
    hanna.expect(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of 503/);
    visitor.expect(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of 503/);
    await desk.restart(async () => {
      await hanna.page.locator('[data-testid="line"][data-state="offline"]').waitFor();
    });
    await hanna.page.locator('[data-testid="line"][data-state="live"]').waitFor({ timeout: 30_000 });
    await desk.customer('maria', 'Good morning');
    await hanna.row('Maria').waitFor();
  });
}

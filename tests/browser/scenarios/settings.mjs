// Settings by clicking: people, queues, channels, the network, the looks.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

export default async function settings({ check, desk: open, visitor: come, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;
  const dialog = page.locator('dialog[open]');
  const queue = (name) => hanna.at('queue-row', { hasText: name });
  const person = (name) => hanna.at('person-row', { hasText: name });
  const user = async (name) => (await admin.get('/users')).find((one) => one.name === name);

  await check('a person is added, with a role and a queue', async () => {
    await hanna.go('settings/people');
    await hanna.at('person-add').click();
    await hanna.at('person-name').fill('Ana Lopez');
    await hanna.at('person-login').fill('ana');
    await hanna.at('person-role').selectOption('agent');
    await hanna.at('person-password').fill('her own password');
    const front = dialog.getByRole('button', { name: 'Front desk' });
    assert.equal(await front.getAttribute('aria-pressed'), 'true', 'whoever is new joins in');
    await hanna.at('person-save').click();
    await dialog.getByText('Only this computer can open it', { exact: false }).waitFor();
    await hanna.at('person-welcome-done').click();
    await person('Ana Lopez').waitFor();
    const ana = await user('Ana Lopez');
    assert.equal(ana.role, 'agent');
    assert.equal(ana.queues.length, 1);
  });

  await check('a name that is taken is said beside its field', async () => {
    hanna.expect(/status of 4(22|09)/);
    await hanna.at('person-add').click();
    await hanna.at('person-name').fill('Another Ana');
    await hanna.at('person-login').fill('ANA');
    await hanna.at('person-password').fill('her own password');
    await hanna.at('person-save').click();
    await dialog.getByRole('alert').first().waitFor();
    await hanna.press('Escape');
    await hanna.at('leave-confirm').click();
    await dialog.waitFor({ state: 'detached' });
  });

  let ana;
  await check('she signs in, and sees no settings that are not hers', async () => {
    ana = await come(desk, { name: 'ana' });
    await ana.signIn('ana', 'her own password');
    await ana.at('inbox').waitFor();
    await ana.at('rail-settings').click();
    await ana.at('settings-appearance').waitFor();
    for (const page of ['channels', 'queues', 'people', 'network']) {
      assert.equal(await ana.at(`settings-${page}`).count(), 0, page);
      await ana.go(`settings/${page}`);
      assert.equal(await ana.at('channel-add').count(), 0, page);
    }
  });

  await check('a disabled person is out at once and may come back', async () => {
    ana.expect(/status of 40[13]/);
    await person('Ana Lopez').getByTestId('person-menu').click();
    await hanna.at('menu-disable').click();
    await person('Ana Lopez').getByText('Disabled').waitFor();
    await ana.at('sign-in').waitFor();
    await person('Ana Lopez').getByTestId('person-menu').click();
    await hanna.at('menu-disable').click();
    await person('Ana Lopez').getByText('Disabled').waitFor({ state: 'detached' });
    await ana.signIn('ana', 'her own password');
    await ana.at('inbox').or(ana.at('settings')).first().waitFor();
  });

  await check('her devices are listed, and can be signed out one by one', async () => {
    await person('Ana Lopez').getByTestId('person-menu').click();
    await hanna.at('menu-devices').click();
    await dialog.getByText('Chrome on Linux').waitFor();
    await hanna.at('device-drop').click();
    await ana.at('sign-in').waitFor();
    await hanna.press('Escape');
  });

  await check('a queue is added with its mode and its agents', async () => {
    await hanna.at('settings-queues').click();
    await hanna.at('queue-add').click();
    await hanna.at('queue-name').fill('Repairs');
    await hanna.turn('mode-auto');
    await hanna.at('agent-add', { hasText: 'Ana Lopez' }).click();
    await hanna.at('queue-save').click();
    await queue('Repairs').getByText('Auto pick-up').waitFor();
    await queue('Repairs').getByText('Ana Lopez').waitFor();
  });

  await check('a queue is changed', async () => {
    await queue('Repairs').getByTestId('queue-edit').click();
    await hanna.at('queue-name').fill('Workshop');
    await hanna.turn('mode-none');
    await hanna.at('queue-save').click();
    await queue('Workshop').getByText('Shared').waitFor();
  });

  await check('a queue that a number leads to cannot be deleted, and the number is named', async () => {
    hanna.expect(/status of 409/);
    await queue('Front desk').getByTestId('queue-delete').click();
    await hanna.at('queue-delete-confirm').click();
    assert.match(await dialog.getByRole('alert').textContent(), /Demo/);
    await hanna.press('Escape');
    await queue('Workshop').getByTestId('queue-delete').click();
    await hanna.at('queue-delete-confirm').click();
    await queue('Workshop').waitFor({ state: 'detached' });
  });

  await check('the public address is checked, and leaving unsaved work asks', async () => {
    hanna.expect(/status of 422/);
    await hanna.at('settings-network').click();
    await hanna.at('public-url').fill('http://not_a_host.example');
    await hanna.at('save').click();
    await page.getByRole('alert').first().waitFor();
    await hanna.at('settings-people').click();
    await hanna.at('leave-confirm').waitFor();
    await hanna.role('button', 'Stay').click();
    await hanna.at('public-url').fill('https://desk.northside.example');
    await hanna.at('save-bar').waitFor({ state: 'detached' });
    await hanna.at('settings-business').click();
    await hanna.at('business-name').fill('Northside Bikes & Co');
    await hanna.at('save').click();
    await hanna.at('save-bar').waitFor({ state: 'detached' });
    await until('the name', async () => (await desk.api().get('/desk')).business_name === 'Northside Bikes & Co');
  });

  await check('the theme changes at once and stays', async () => {
    await hanna.at('settings-appearance').click();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await hanna.turn('theme-dark');
    await until('dark', async () => (await theme()) === 'dark');
    await page.reload();
    await hanna.at('settings').waitFor();
    assert.equal(await theme(), 'dark');
    await hanna.turn('theme-system');
    await until('light', async () => (await theme()) === 'light');
    await hanna.turn('density-compact');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.density), 'compact');
  });

  await check('a channel is switched off and on, renamed, and deleted with its sessions', async () => {
    const front = (await admin.get('/queues'))[0];
    const channel = await desk.twilio({ kind: 'queue', id: front.id });
    await desk.text(channel, '+12025550147', 'Hello');
    await hanna.at('settings-channels').click();
    const line = (name) => hanna.at('channel-row', { hasText: name });
    await line('Shop number').getByTestId('channel-menu').click();
    await hanna.at('menu-switch').click();
    await until('off', async () => (await admin.get(`/channels/${channel.id}`)).state === 'disabled');
    assert.notEqual((await desk.deliver(channel, '+12025550147', 'Are you open?')).statuses[0], 200);
    await line('Shop number').getByTestId('channel-menu').click();
    await hanna.at('menu-switch').click();
    await until('on', async () => (await admin.get(`/channels/${channel.id}`)).state === 'active');
    await line('Shop number').getByRole('link').click();
    await hanna.at('channel-name').fill('Counter');
    await hanna.at('save').click();
    await hanna.at('toast', { hasText: 'Saved' }).first().waitFor();
    await hanna.at('settings-channels').click();
    await line('Counter').getByTestId('channel-menu').click();
    await hanna.at('menu-delete').click();
    await hanna.at('channel-delete-confirm').click();
    await dialog.getByRole('alert').filter({ hasText: 'open session' }).waitFor();
    await dialog.getByText('End its open sessions', { exact: false }).or(dialog.locator('label.switch')).first().click();
    await hanna.at('channel-delete-confirm').click();
    await line('Counter').waitFor({ state: 'detached' });
    assert.equal((await desk.session('+12025550147', admin, 'archived')).status, 'closed');
  });

  await check('a person is deleted', async () => {
    await hanna.at('settings-people').click();
    await person('Ana Lopez').getByTestId('person-menu').click();
    await hanna.at('menu-delete').click();
    await hanna.at('person-delete-confirm').click();
    await person('Ana Lopez').waitFor({ state: 'detached' });
    await assert.rejects(desk.signIn('ana', 'her own password'), /401/);
  });
}

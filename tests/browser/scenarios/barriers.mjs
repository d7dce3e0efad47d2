// What axe-core finds, in both themes: nothing serious.

import assert from 'node:assert/strict';

import { PASSWORD } from '../desk.mjs';

const LENA = '+12025550147';
const OMAR = '+12025550163';

export default async function barriers({ check, desk: open, visitor: come, member }) {
  for (const scheme of ['light', 'dark']) {
    const fresh = await open(`-new-${scheme}`);
    const newcomer = await come(fresh, { name: `newcomer-${scheme}`, scheme });
    const { page } = newcomer;
    await check(`first run, ${scheme}`, async () => {
      await newcomer.at('welcome').waitFor();
      assert.deepEqual(await newcomer.barriers(), []);
      await newcomer.at('choose-office').click();
      await newcomer.at('setup').waitFor();
      assert.deepEqual(await newcomer.barriers(), []);
    });
    await check(`sound and the demo with its marks, ${scheme}`, async () => {
      await newcomer.at('setup-name').fill('Hanna Berg');
      await newcomer.at('setup-business').fill('Northside Bikes');
      await newcomer.at('setup-password').fill(PASSWORD);
      await newcomer.at('setup-submit').click();
      await newcomer.at('first-steps').waitFor();
      assert.deepEqual(await newcomer.barriers(), []);
      await newcomer.at('first-skip').click();
      await newcomer.at('coach').waitFor();
      await newcomer.at('demo-text').fill('Are you open?');
      await newcomer.at('demo-text').press('Enter');
      await newcomer.row('Maria').waitFor();
      await newcomer.at('demo-faults').click();
      assert.deepEqual(await newcomer.barriers(), []);
    });
    await check(`signing in, ${scheme}`, async () => {
      newcomer.expect(/status of 401/);
      await page.evaluate(() => localStorage.removeItem('deskbell.token'));
      await page.reload();
      await newcomer.signIn('hanna', 'not her password');
      await newcomer.at('sign-in-problem').waitFor();
      assert.deepEqual(await newcomer.barriers(), []);
    });
    await newcomer.leave();
  }

  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ faults: ['refused'] });
  await desk.customer('maria', 'Are you open?');
  await desk.customer('priya', '', true);
  await desk.text(channel, LENA, 'Is my wheel ready?');
  await desk.text(channel, OMAR, 'Stop');
  const telnyx = await desk.account('telnyx');
  const session = await desk.session(LENA);
  await admin.post(`/sessions/${session.id}/pick-up`);
  await admin.post(`/sessions/${session.id}/messages`, { client_key: 'barriers-note', text: 'A friend of Tom', note: true });
  await admin.post(`/sessions/${session.id}/messages`, { client_key: 'barriers-fails', text: 'Almost' });

  for (const scheme of ['light', 'dark']) {
    const hanna = await member(desk, admin, { name: `hanna-${scheme}`, scheme });
    await check(`inbox with a failed message and a note, ${scheme}`, async () => {
      await hanna.row('555 0147').click();
      await hanna.becomes('Almost', 'failed');
      assert.deepEqual(await hanna.barriers(), []);
    });
    await check(`inbox of a waiting session, ${scheme}`, async () => {
      await hanna.open('Maria');
      await hanna.at('banner-not-picked-up').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
    });
    for (const page of ['channels', 'channels/new', 'queues', 'people', 'network', 'appearance', 'about']) {
      await check(`settings, ${page}, ${scheme}`, async () => {
        await hanna.go(`settings/${page}`);
        await hanna.page.locator('h1, h2').first().waitFor();
        assert.deepEqual(await hanna.barriers(), []);
      });
    }
    await check(`every step of the wizard, ${scheme}`, async () => {
      const clean = async (step) => assert.deepEqual(await hanna.barriers(), [], step);
      await desk.conduct({ receipt_percent: 10 });
      await hanna.go('settings/channels/new');
      await hanna.at('provider-telnyx').click();
      await hanna.at('field-api_key').fill(telnyx.secrets.api_key);
      await hanna.at('field-public_key').fill(telnyx.values.public_key);
      await hanna.page.getByText('Advanced').click();
      await hanna.at('base-url').fill(telnyx.base_url);
      await hanna.at('unconfirmed').locator('summary').click();
      await clean('credentials');
      await hanna.at('wizard-next').click();
      await hanna.at('numbers-fetch').click();
      await hanna.at('numbers-listed').first().waitFor();
      await clean('numbers that were fetched');
      await hanna.at('numbers-take').click();
      await clean('numbers that were taken');
      await hanna.at('wizard-next').click();
      await hanna.at('webhook-set').click();
      await hanna.at('webhook-result').waitFor();
      await hanna.at('guard').locator('summary').click();
      await hanna.at('guard-publish').click();
      await hanna.at('guard-invent').click();
      await clean('webhook and its locks');
      await hanna.at('guard-networks').fill('');
      await hanna.at('wizard-next').click();
      await hanna.at('rate').waitFor();
      await clean('options');
      await hanna.at('wizard-next').click();
      await hanna.at('test-waiting').waitFor();
      await clean('test');
      const made = (await admin.get('/channels')).find((one) => one.provider === 'telnyx');
      await admin.delete(`/channels/${made.id}`);
    });
    await check(`inbox of someone who opted out, and a text with quotes, ${scheme}`, async () => {
      await hanna.go('inbox/recent');
      await hanna.row('555 0163').click();
      await hanna.at('banner-opted-out').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
      await hanna.at('lift').click();
      await hanna.at('lift-reason').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
      await hanna.press('Escape');
      await hanna.row('555 0147').click();
      await hanna.at('composer-text').fill('“Ready”');
      await hanna.at('replace-plain').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
      await hanna.at('replace-plain').click();
      assert.equal(await hanna.at('composer-text').inputValue(), '"Ready"');
      await hanna.at('unicode').waitFor({ state: 'detached' });
      await hanna.at('composer-text').fill('');
    });
    await check(`dialogs, ${scheme}`, async () => {
      await hanna.go('inbox/recent');
      await hanna.at('session-row').first().waitFor();
      for (const key of ['?', 'Shift+N', 'Control+k']) {
        await hanna.press(key);
        await hanna.page.locator('dialog[open]').waitFor();
        assert.deepEqual(await hanna.barriers(), []);
        await hanna.press('Escape');
        await hanna.page.locator('dialog[open]').waitFor({ state: 'hidden' });
      }
    });
    await check(`the phone, ${scheme}`, async () => {
      await hanna.page.setViewportSize({ width: 390, height: 844 });
      await hanna.go('inbox/recent');
      await hanna.at('bar-recent').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
      await hanna.row('Maria').click();
      await hanna.at('banner-not-picked-up').waitFor();
      assert.deepEqual(await hanna.barriers(), []);
    });
    await hanna.leave();
  }
}

// Colleagues and phones come in: the office network is opened, an invitation is made and used.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';
import { LIMIT } from '../visitor.mjs';

export default async function join({ check, desk: open, visitor: come }) {
  const desk = await open();
  await desk.setUp();
  const hanna = await come(desk, { name: 'hanna' });
  await hanna.signIn('hanna');
  let link = '';

  await check('nobody is invited before the office network is open', async () => {
    await hanna.page.goto(`${desk.workspace}/#/settings/people`);
    await hanna.at('invite-open').click();
    await hanna.at('invite-closed').waitFor();
    assert.ok(await hanna.at('invite-make').isDisabled());
    await hanna.role('link', 'Open the office network').click();
  });

  await check('opening it shows address, code and that nothing is encrypted', async () => {
    await hanna.turn('lan');
    const address = await hanna.at('lan-address').inputValue();
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(address, desk.workspace);
    await hanna.at('lan-plain').waitFor();
    await hanna.at('qr').waitFor();
    assert.deepEqual(await hanna.barriers(), []);
  });

  await check('an invitation has a link and a code', async () => {
    await hanna.page.goto(`${desk.workspace}/#/settings/people`);
    await hanna.at('invite-open').click();
    await hanna.at('invite-name').fill('Ben Ortega');
    await hanna.at('invite-make').click();
    link = await hanna.at('invite-link').inputValue();
    assert.match(link, /#\/join\/dbt_[\w-]{43}$/);
    await hanna.at('qr').waitFor();
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.at('invite-done').click();
    await hanna.at('invites').getByText('Ben Ortega').waitFor();
  });

  const ben = await come(desk, { name: 'ben', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await check('the colleague opens it on a phone, chooses a name and is in', async () => {
    await ben.page.goto(link);
    await ben.at('join-invite').waitFor();
    assert.equal(await ben.at('join-name').inputValue(), 'Ben Ortega');
    assert.equal(await ben.at('join-login').inputValue(), 'ben');
    assert.deepEqual(await ben.barriers(), []);
    await ben.at('join-password').fill('short');
    await ben.at('join-submit').tap();
    await ben.page.getByText('A few more: 8 characters at least.').waitFor();
    await ben.at('join-password').fill('lemon cake at six');
    await ben.at('join-submit').tap();
    await ben.at('inbox').waitFor();
    assert.ok(!ben.page.url().includes('join'), 'the link is not kept in the address');
  });

  await check('the link is used up, and says what to do', async () => {
    const late = await come(desk, { name: 'late', expected: [/404/] });
    await late.page.goto(link);
    await late.page.getByText('This invitation does not work any more').waitFor();
    await late.role('button', 'Sign in').click();
    await late.at('sign-in').waitFor();
    await until('the list is empty', async () => (await hanna.at('invites').count()) === 0);
  });

  await check('a link that was taken back is worth nothing', async () => {
    await hanna.at('invite-open').click();
    await hanna.at('invite-make').click();
    const other = await hanna.at('invite-link').inputValue();
    await hanna.at('invite-done').click();
    await hanna.at('invite-take-back').click();
    const late = await come(desk, { name: 'later', expected: [/404/] });
    await late.page.goto(other);
    await late.page.getByText('This invitation does not work any more').waitFor();
  });

  await check('shutting the network out ends what came through it', async () => {
    await hanna.page.goto(`${desk.workspace}/#/settings/network`);
    ben.expect(/ERR_CONNECTION_REFUSED/, /WebSocket/, /ERR_/);
    await hanna.turn('lan', false);
    await hanna.at('lan-address').waitFor({ state: 'detached' });
    await ben.at('offline').waitFor({ timeout: 2 * LIMIT });
  });

  await check('the page can be put on a home screen', async () => {
    const answer = await fetch(`${desk.workspace}/manifest.webmanifest`);
    const manifest = await answer.json();
    assert.equal(manifest.display, 'standalone');
    for (const icon of manifest.icons) {
      const picture = await fetch(`${desk.workspace}/${icon.src}`);
      assert.equal(picture.headers.get('content-type'), 'image/png', icon.src);
    }
  });
}

// A newcomer's second minute in the real window: the test page of live chat opens in the system's
// browser, a visitor writes there in the real widget, and is answered in the window.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { kept, program, root } from './stage.mjs';
import { until } from './webdriver.mjs';

const require = createRequire(join(root, 'ui/package.json'));
const { chromium } = require('playwright-core');

export async function newcomer(stage, check) {
  const window = await stage.driver.open(program('deskbell'), ['--data-dir', stage.dataDir('newcomer')]);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const walk = (name, run) =>
    check(name, async () => {
      try {
        await run();
      } catch (error) {
        await window.screenshot(join(kept, `${name.replace(/\W+/g, '-')}.png`)).catch(() => undefined);
        throw error;
      }
    });

  await walk('the first run ends before first steps', async () => {
    await window.click({ testid: 'choose-office' });
    await window.type({ testid: 'setup-name' }, 'Sara Lind');
    await window.type({ testid: 'setup-business' }, 'Lind Cycles');
    await window.type({ testid: 'setup-password' }, 'ring the bell twice');
    await window.click({ testid: 'setup-submit' });
    await window.click({ testid: 'first-skip' });
    await window.find({ testid: 'checklist' });
  });

  let url;
  await walk('the test page opens in the system’s browser', async () => {
    await window.click({ testid: 'task-chat-go' });
    await window.click({ testid: 'site-try' });
    await window.find({ testid: 'site-snippet' });
    await window.click({ testid: 'test-page' });
    url = await until('the address', async () => (await stage.opened()).find((one) => one.includes('/chat-test/')));
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/chat-test\/[0-9a-f]+$/);
  });

  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  const widget = page.locator('deskbell-chat');

  await walk('what the visitor writes there waits in the window', async () => {
    await page.goto(url);
    await widget.locator('.launcher').click();
    await widget.locator('textarea').fill('Do you mend bikes while I wait?');
    await widget.locator('textarea').press('Enter');
    await widget.locator('.m', { hasText: 'We have received your message.' }).first().waitFor();
    await window.script(() => (location.hash = '#/inbox/recent'));
    await window.click({ role: 'option', name: 'Visitor' });
    await until('the words', () =>
      window.script(() => document.querySelector('[data-testid=thread]')?.textContent.includes('mend bikes')));
  });

  await walk('picked up and answered in the window, the visitor reads it', async () => {
    await window.click({ testid: 'pick-up' });
    await window.type({ testid: 'composer-text' }, 'We do! Most take half an hour.');
    await window.click({ testid: 'send' });
    await widget.locator('.m', { hasText: 'We do! Most take half an hour.' }).first().waitFor();
    await window.find({ css: '[data-testid=message][data-direction=out][data-state=read]' });
  });

  await walk('nobody’s page complained', async () => {
    assert.deepEqual(complaints, []);
  });

  await window.screenshot(join(kept, 'newcomer.png'));
  await browser.close();
  await window.close();
}

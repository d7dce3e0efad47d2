/**
 * Walks through a running desk in headless Chromium and writes PNGs, to be looked at beside the
 * mocks: `node dev/shots.mjs <address> <folder>`. It sets the desk up when that is still to do,
 * and fails on any violation of the content policy and any error in the console.
 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const address = process.argv[2] ?? 'http://127.0.0.1:7420';
const folder = process.argv[3] ?? 'shots';
const only = process.argv[4] ?? '';
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const problems = [];
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.on('console', (message) => {
  const text = message.text();
  if (message.type() === 'error' && !text.includes('ResizeObserver')) problems.push(text);
});
page.on('pageerror', (error) => problems.push(String(error)));

const shot = async (name) => {
  await page.waitForTimeout(350);
  await page.screenshot({ path: `${folder}/${name}.png` });
};
const id = (name) => page.getByTestId(name);

await page.goto(address);
await page
  .waitForSelector('[data-testid=welcome], [data-testid=sign-in], [data-testid=inbox]', {
    timeout: 8000,
  })
  .catch((e) => {
    console.error(problems.join('\n'));
    throw e;
  });
if (await id('welcome').isVisible()) {
  await shot('welcome');
  await id('choose-look').click();
  await id('setup-name').fill('Sofia Ortiz');
  await id('setup-business').fill('Northside Bikes');
  await id('setup-password').fill('correct horse');
  await shot('setup');
  await id('setup-submit').click();
  await id('first-test').waitFor();
  await shot('first');
  await id('first-skip').click();
} else if (await id('sign-in').isVisible()) {
  await shot('sign-in');
  await id('login').fill('sofia');
  await id('password').fill('correct horse');
  await id('sign-in-submit').click();
}
await id('inbox').waitFor();
await page.waitForTimeout(600);

const theme = (name) =>
  page.evaluate((value) => {
    document.documentElement.dataset.theme = value;
  }, name);
const views = [
  ['inbox', '#/inbox/recent', true],
  ['settings-channels', '#/settings/channels', false],
  ['settings-wizard', '#/settings/channels/new', false],
  ['settings-queues', '#/settings/queues', false],
  ['settings-people', '#/settings/people', false],
  ['settings-network', '#/settings/network', false],
  ['settings-appearance', '#/settings/appearance', false],
];
for (const [size, width, height] of [
  ['wide', 1440, 900],
  ['phone', 390, 844],
]) {
  await page.setViewportSize({ width, height });
  for (const [name, hash, thread] of views) {
    if (only && !name.startsWith(only)) continue;
    for (const look of ['light', 'dark']) {
      await page.goto(`${address}/${hash}`);
      await theme(look);
      await page.waitForTimeout(400);
      await shot(`${name}-${size}-${look}`);
      if (thread) {
        const row = id('session-row').first();
        if (await row.isVisible()) {
          await row.click();
          await id('thread').waitFor();
          await page.waitForTimeout(500);
          await shot(`thread-${size}-${look}`);
        }
      }
    }
  }
}
await browser.close();
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

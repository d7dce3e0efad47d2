// The same on a phone: one column, a bar at the bottom, buttons for a thumb.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

/** Real touches, as the screen of a phone reports them. */
async function fingerOn(page) {
  const wire = await page.context().newCDPSession(page);
  const touch = (type, at) => wire.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const drag = async (locator, across, down, milliseconds) => {
    const from = await middle(locator);
    // A long way to one side begins at the other.
    if (Math.abs(across) > 150) from.x -= across / 2;
    const steps = 10;
    await touch('touchStart', from);
    for (let step = 1; step <= steps; step += 1) {
      await page.waitForTimeout(milliseconds / steps);
      await touch('touchMove', { x: from.x + (across * step) / steps, y: from.y + (down * step) / steps });
    }
    await touch('touchEnd');
  };
  return {
    drag,
    swipe: (locator, across, milliseconds) => drag(locator, across, 0, milliseconds),
    /** Rests until something has come of it, or half a second longer than it takes. */
    hold: async (locator) => {
      await touch('touchStart', await middle(locator));
      await page.getByTestId('context-menu').waitFor();
      await touch('touchEnd');
    },
  };
}

/** Every page that has an address. */
const ROUTES = [
  'inbox/recent', 'inbox/mine', 'inbox/unowned', 'inbox/mentions', 'inbox/snoozed', 'inbox/campaign', 'inbox/archived', 'inbox/all', 'inbox/attention',
  'search', 'contacts', 'settings',
  ...['channels', 'channels/new', 'queues', 'people', 'hours', 'replies', 'contacts', 'business', 'network', 'labels', 'calling', 'notifications', 'keyboard', 'appearance', 'account', 'about'].map((one) => `settings/${one}`),
];

export default async function phone({ check, desk: open, visitor: come }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.customer('maria', 'Hi, are you open today?');
  const session = await desk.session('Maria');
  const hanna = await come(desk, {
    name: 'hanna', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2,
  });
  const { page } = hanna;
  const finger = await fingerOn(page);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

  await check('signing in fits', async () => {
    await hanna.signIn('hanna');
    await hanna.at('inbox').waitFor();
    assert.ok(await fits());
  });

  await check('the bar counts who waits', async () => {
    await hanna.at('bar-unowned').getByText('1').waitFor();
    await hanna.at('bar-unowned').tap();
    await hanna.row('Maria').tap();
    await hanna.at('thread-name', { hasText: 'Maria' }).waitFor();
    assert.ok(await fits());
    assert.equal(await hanna.at('bar-unowned').count(), 0, 'the thread has the whole screen');
  });

  await check('Pick up is a wide button over the text', async () => {
    const box = await hanna.at('pick-up').boundingBox();
    assert.ok(box.width > 300 && box.height >= 44, JSON.stringify(box));
    await hanna.at('pick-up').tap();
    await hanna.at('pick-up').waitFor({ state: 'detached' });
  });

  await check('there is one card at most, and it lies on no composer', async () => {
    await hanna.at('toast', { hasText: 'Picked up' }).waitFor();
    assert.equal(await hanna.at('toast').count(), 1);
    const [toast, foot] = await Promise.all([hanna.at('toast').boundingBox(), page.locator('.foot').boundingBox()]);
    assert.ok(toast.y + toast.height <= foot.y, JSON.stringify({ toast, foot }));
  });

  await check('the answer is sent with the button and delivered', async () => {
    await hanna.at('composer-text').fill('Yes, until six!');
    await hanna.at('send').tap();
    await hanna.becomes('Yes, until six!', ['delivered', 'read']);
    assert.ok(await fits());
  });

  await check('what is known of the conversation is a page of its own, with a way back', async () => {
    await hanna.at('thread-info').tap();
    await hanna.at('info-page').getByText('Chat information').waitFor();
    await hanna.at('session-id').waitFor();
    assert.ok(await fits());
    await hanna.at('info-back').tap();
    await hanna.at('thread-pane').waitFor();
    await hanna.at('thread-more').tap();
    await hanna.at('menu-details').tap();
    await hanna.at('info-transfer').waitFor();
    await page.goBack();
    await hanna.at('thread-pane').waitFor();
  });

  await check('a finger that rests on a message opens its actions', async () => {
    await finger.hold(hanna.bubble('Hi, are you open today?'));
    await hanna.at('context-menu').getByText('Copy').waitFor();
    await hanna.at('menu-scrim').tap({ position: { x: 100, y: 60 } });
    await hanna.at('context-menu').waitFor({ state: 'detached' });
    await hanna.at('thread-pane').waitFor();
  });

  await check('a swipe from anywhere leads back, one that is short does not', async () => {
    await finger.swipe(hanna.at('thread'), 60, 400);
    await hanna.at('thread-pane').waitFor();
    await finger.swipe(hanna.at('thread'), 220, 200);
    // The first touch after a swipe may still be a part of it.
    await until('the list of what is recent', async () => {
      await hanna.at('bar-recent').tap();
      return page.url().endsWith('#/inbox/recent');
    });
    await hanna.row('Maria').waitFor();
  });

  await check('a row that is pulled aside shows Archive and Snooze, and springs back', async () => {
    await finger.swipe(hanna.row('Maria'), -120, 300);
    await hanna.at('swipe-archive').waitFor();
    await hanna.at('swipe-snooze').waitFor();
    await finger.swipe(hanna.row('Maria'), 150, 300);
    await hanna.at('swipe-archive').waitFor({ state: 'detached' });
    assert.ok(page.url().endsWith('#/inbox/recent'), page.url());
  });

  await check('a long pull archives at once; Undo lies on neither the bar nor the list’s button', async () => {
    await finger.swipe(hanna.row('Maria'), -320, 300);
    await hanna.row('Maria').waitFor({ state: 'detached' });
    const toast = await hanna.at('toast').first().boundingBox();
    const bar = await page.locator('nav:has([data-testid="bar-recent"])').boundingBox();
    assert.ok(toast.y + toast.height <= bar.y, JSON.stringify({ toast, bar }));
    // A browser makes no click of a touch that comes right after a swipe.
    await until('Maria back in the list', async () => {
      if (await hanna.row('Maria').count()) return true;
      await hanna.at('toast').getByRole('button', { name: 'Undo' }).tap({ timeout: 1_000 }).catch(() => undefined);
      return false;
    });
  });

  await check('pulling up and down scrolls and does nothing else', async () => {
    await finger.drag(hanna.row('Maria'), 20, -120, 200);
    assert.equal(await hanna.at('swipe-archive').count(), 0);
    await hanna.row('Maria').waitFor();
  });

  await check('a finger that rests on a row opens what can be done with it', async () => {
    await finger.hold(hanna.row('Maria'));
    const sheet = hanna.at('context-menu');
    for (const word of ['Archive', 'Mute', 'unread', 'Snooze', 'Remove', 'Transfer']) {
      await sheet.getByText(word, { exact: false }).first().waitFor();
    }
    const box = await sheet.boundingBox();
    assert.ok(Math.abs(box.y + box.height - 844) < 2 && box.width > 380, JSON.stringify(box));
    await hanna.at('menu-mute').tap();
    await sheet.waitFor({ state: 'detached' });
    assert.equal(await hanna.at('thread-pane').count(), 0, 'the row was not opened');
  });

  await check('attaching asks for camera, photo or file', async () => {
    // The first touch after a finger that rested may still be a part of it.
    await until('the thread', async () => {
      if (await hanna.row('Maria').count()) await hanna.row('Maria').tap();
      return hanna.at('attach').count();
    });
    await hanna.at('attach').tap();
    await hanna.at('menu-camera').waitFor();
    assert.equal(await hanna.at('attach-camera').getAttribute('capture'), 'environment');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), hanna.at('menu-file').tap()]);
    assert.ok(chooser.isMultiple());
  });

  await check('a new session is a page of its own', async () => {
    await hanna.role('button', 'Back').tap();
    await hanna.at('new-session').tap();
    const box = await hanna.at('new-session-dialog').boundingBox();
    assert.ok(box.width >= 390 && box.height >= 840, JSON.stringify(box));
    await page.keyboard.press('Escape');
    await hanna.row('Maria').tap();
  });

  await check('End is behind the three points, and its Undo does not lie on the composer', async () => {
    await hanna.at('thread-more').tap();
    await hanna.at('menu-end').tap();
    await hanna.at('end-confirm').tap();
    await hanna.at('banner-ended').waitFor();
    const toast = await hanna.at('toast').first().boundingBox();
    const foot = await page.locator('.foot').boundingBox();
    assert.ok(toast.y + toast.height <= foot.y, JSON.stringify({ toast, foot }));
  });

  await check('Back leads to the list, settings open and fit', async () => {
    await hanna.role('button', 'Back').tap();
    await until('the bar', () => hanna.at('bar-me').count());
    await hanna.at('bar-me').tap();
    await until('the settings', () => page.url().includes('#/settings'));
    assert.ok(await fits());
  });

  await check('what a thumb has to hit is large enough', async () => {
    await hanna.at('bar-recent').tap();
    const small = await page.locator('nav a:visible').evaluateAll((all) =>
      all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent.trim()));
    assert.deepEqual(small, []);
    const low = [];
    for (const route of ['inbox/recent', `inbox/archived/${session.id}`, 'contacts', 'search', 'settings/notifications', 'settings/hours', 'settings/appearance', 'settings/people']) {
      await hanna.go(route);
      await page.locator('h1, h2, [data-testid="thread-pane"]').first().waitFor();
      low.push(...await page.locator('.button:visible, [role=tab]:visible, select:visible, .chip:visible').evaluateAll((all, at) =>
        all.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => `${at}: ${one.className} ${one.textContent.trim().slice(0, 30)}`), route));
    }
    assert.deepEqual(low, []);
  });

  await check('the chips lead to every folder that the bar has no place for', async () => {
    await hanna.go('inbox/recent');
    for (const id of ['recent', 'mine', 'mentions', 'snoozed', 'campaign', 'archived', 'all', 'attention']) await hanna.at(`segment-${id}`).waitFor();
  });

  await check('words of a tab stay whole', async () => {
    await hanna.go('settings/notifications');
    await page.locator('[role=tab]:visible').first().waitFor();
    const tabs = await page.locator('[role=tab]:visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    assert.ok(tabs.length > 0 && tabs.every((height) => height < 50), JSON.stringify(tabs));
  });

  await check('every page fits on the narrowest phone, with nothing to scroll sideways', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    const wide = [];
    for (const route of [...ROUTES, `inbox/archived/${session.id}`, `inbox/archived/${session.id}/info`, `contacts/${session.contact_id}`]) {
      await hanna.go(route);
      const there = page.locator('h1:visible, h2:visible, [data-testid="thread-pane"]').first();
      await there.waitFor().catch(() => wide.push(`${route}: nothing to be seen`));
      const over = await page.evaluate(() => {
        const scrolls = (node) => node && node !== document.body && (/auto|scroll|hidden/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
        return [...document.querySelectorAll('#app *')]
          .filter((node) => node.getClientRects().length > 0 && !node.closest('.visually-hidden, svg') && !scrolls(node.parentElement))
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 || node.getBoundingClientRect().left < -1)
          .map((node) => `${node.tagName.toLowerCase()}.${node.className}`)
          .slice(0, 3);
      });
      const page_ = await page.evaluate(() => [...document.querySelectorAll('.page, main, .all, .settings')].some((node) => node.scrollWidth > node.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(node).overflowX)));
      if (over.length > 0 || page_ || !(await fits())) wide.push(`${route}: ${over.join(' ')}${page_ ? ' scrolls' : ''}`);
    }
    assert.deepEqual(wide, []);
  });

  for (const scheme of ['light', 'dark']) {
    await check(`nothing stands in anyone’s way, ${scheme}`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 390, height: 844 });
      for (const route of ['inbox/recent', `inbox/archived/${session.id}`, `inbox/archived/${session.id}/info`, 'settings']) {
        await hanna.go(route);
        await page.locator('h1, h2').first().waitFor();
        assert.deepEqual(await hanna.barriers(), [], route);
        await hanna.picture(`phone-${scheme}-${route.replace(session.id, 'thread').replaceAll('/', '-')}`);
      }
    });
  }
}

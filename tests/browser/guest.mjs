// Somebody on a website, in front of the real widget: what they see of it and do with it. Their page
// is a browser context of its own, which knows nothing of the desk.

import { LIMIT } from './visitor.mjs';

export class Guest {
  static async come(browser, url, { scripts = [], ...options } = {}) {
    const guest = new Guest();
    guest.complaints = [];
    guest.context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-US', reducedMotion: 'reduce', ...options });
    guest.context.setDefaultTimeout(LIMIT);
    for (const script of scripts) await guest.context.addInitScript(script);
    guest.page = await guest.context.newPage();
    guest.page.on('console', (message) => message.type() === 'error' && guest.complaints.push(message.text()));
    guest.page.on('pageerror', (error) => guest.complaints.push(`page error: ${error.stack ?? error}`));
    await guest.page.goto(url);
    guest.widget = guest.page.locator('deskbell-chat');
    return guest;
  }

  /** Opens the chat in the corner. */
  async open() {
    const there = this.widget.locator('textarea, form').first();
    await this.widget.locator('.launcher').waitFor();
    // A tab that had it open opens it again by itself.
    const reopened = await there.waitFor({ timeout: 1_500 }).then(() => true, () => false);
    if (!reopened) await this.widget.locator('.launcher').click();
    await there.waitFor();
  }

  async say(text) {
    await this.widget.locator('textarea').fill(text);
    await this.widget.locator('textarea').press('Enter');
    await this.widget.locator('.m', { hasText: text }).first().waitFor();
  }

  /** A message that the desk sent, by an agent or by itself. */
  heard = (text) => this.widget.locator('.m', { hasText: text }).first().waitFor();

  async leave() {
    await this.context.close();
  }
}

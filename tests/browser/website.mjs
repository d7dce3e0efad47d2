// A website of somebody else, on another origin than the desk, and the chat that it carries.

import { createServer } from 'node:http';

import { LIMIT } from './visitor.mjs';

/** Hosts that lead to this computer, see `launch`. */
export const SHOP = 'www.shop.example';
export const STRANGER = 'www.stranger.example';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page with the snippet before its `</body>`. */
export const html = (snippet, { title = 'The shop', head = '', body = '<h1>The shop</h1><p>Bread and cake.</p>', lang = 'en' } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
<body>${body}${snippet}</body></html>`;

export class Website {
  #pages = new Map();

  static async open() {
    const website = new Website();
    website.server = createServer((request, answer) => {
      const page = website.#pages.get(new URL(request.url, 'http://any').pathname);
      answer.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
      answer.end(page?.html ?? 'nothing here');
    });
    await new Promise((done) => website.server.listen(0, '127.0.0.1', done));
    return website;
  }

  /** From now on there is this page. */
  page(path, html, headers = {}) {
    this.#pages.set(path, { html, headers });
  }

  url = (path, host = SHOP) => `http://${host}:${this.server.address().port}${path}`;

  close = () => this.server.close();
}

/** The chat in a page, as its visitor uses it. `place`: a page or a frame of it. */
export class Widget {
  constructor(visitor, place = visitor.page) {
    this.visitor = visitor;
    this.place = place;
  }

  at = (what) => this.place.locator(`deskbell-chat ${what}`);
  named = (name) => this.at('button').filter({ visible: true }).and(this.place.getByRole('button', { name, exact: true }));
  launcher = () => this.at('.launcher');
  panel = () => this.at('.panel');
  text = () => this.at('textarea').filter({ visible: true }).last();
  bubble = (text) => this.at('.m', { hasText: text }).filter({ hasText: text });

  async open() {
    await this.launcher().click();
    await this.panel().waitFor();
  }

  async say(text) {
    await this.text().fill(text);
    // Under a finger Enter begins a line.
    if (await this.visitor.page.evaluate(() => matchMedia('(pointer: coarse)').matches)) await this.at('.send').click();
    else await this.text().press('Enter');
    await this.bubble(text).waitFor();
  }

  /** Waits until the desk has it. */
  async taken(text, limit = LIMIT) {
    await this.bubble(text).and(this.place.locator('.m:not(.waiting)')).waitFor({ timeout: limit });
  }

  async sees(text) {
    await this.bubble(text).first().waitFor({ timeout: LIMIT });
  }

  texts = () => this.at('.m p').allTextContents();

  /** Chooses pictures for what is written. */
  async attach(files) {
    const [chooser] = await Promise.all([this.visitor.page.waitForEvent('filechooser'), this.named('Add a picture').click()]);
    await chooser.setFiles(files);
    await this.at('.off').waitFor();
  }
}

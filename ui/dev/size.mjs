// What browsers load, compressed as the host sends it: the workspace's first page, and the widget
// that websites carry. Fails above a budget: `npm run size`.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_PAGE = 200_000;
const LOADER = 5_000;
/** Loader, conversation and the longest of the languages: all that writing and reading takes. */
const CHAT = 10_000;

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const sizeOf = (name) => gzipSync(readFileSync(join(dist, name))).length;
const sum = (sizes) => sizes.reduce((all, one) => all + one, 0);
const say = (size, words) => console.log(`${String(size).padStart(8)}  ${words}`);
let failed = false;
const hold = (size, budget, words) => {
  say(size, `bytes of ${budget} for ${words}`);
  failed ||= size > budget;
};

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
  (found) => found[1],
);
for (const name of named) say(sizeOf(name), name);
hold(sum(named.map(sizeOf)), FIRST_PAGE, 'the first page');

const pieces = readdirSync(join(dist, 'widget/assets')).map((name) => `widget/assets/${name}`);
const piece = (name) => pieces.filter((one) => one.split('/').at(-1).startsWith(`${name}-`));
const languages = (end) =>
  ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'].flatMap((lang) =>
    pieces.filter((one) => new RegExp(`/${lang}${end}-[0-9a-f]+\\.js$`).test(one)),
  );
const longest = (end) => Math.max(...languages(end).map(sizeOf));
const loader = sizeOf('widget/widget.js');
// What several pieces share becomes one of its own, which comes with the first of them.
const known =
  /\/(talk|form|tools|sound|call|phone|(en|de|es|fr|pt|zh|ar)(-more|-call)?)-[0-9a-f]+\.js$/;
const talk = sum([...piece('talk'), ...pieces.filter((one) => !known.test(one))].map(sizeOf));
say(talk, 'widget: the conversation (talk)');
say(longest(''), 'widget: its words, the longest language');
for (const name of ['form', 'tools', 'sound', 'call', 'phone']) {
  const size = sum(piece(name).map(sizeOf));
  if (size > 0) say(size, `widget: when it is opened (${name})`);
}
say(longest('-more'), 'widget: the words of those, the longest language');
say(longest('-call'), 'widget: the words of calls, the longest language');
hold(loader, LOADER, 'a page with the widget');
hold(loader + talk + longest(''), CHAT, 'a visitor who chats');

if (named.length === 0 || talk === 0 || languages('').length !== 7 || failed) {
  console.error('too much, or something is missing: load parts of it later');
  process.exit(1);
}

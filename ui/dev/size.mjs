// What a browser loads before it shows the first page: the scripts and styles that dist/index.html
// names, compressed as the host sends them. Fails above the budget: `npm run size`.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET = 200_000;
const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
  (found) => found[1],
);
const sizes = named.map((name) => [name, gzipSync(readFileSync(join(dist, name))).length]);
const all = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) console.log(`${String(size).padStart(8)}  ${name}`);
console.log(`${String(all).padStart(8)}  bytes of ${BUDGET} for the first page`);
if (named.length === 0 || all > BUDGET) {
  console.error(
    named.length === 0
      ? 'dist/index.html names no script'
      : 'too much for a first page: load parts of it later',
  );
  process.exit(1);
}

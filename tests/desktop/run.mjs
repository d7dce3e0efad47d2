// The real window under a screen of its own: `cargo xtask test --only desktop`.
// The last line says how many checks passed and failed.

import { firstLight } from './first-light.mjs';
import { newcomer } from './newcomer.mjs';
import { office } from './office.mjs';
import { shell } from './shell.mjs';
import { Stage } from './stage.mjs';
import { tray } from './tray.mjs';

let passed = 0;
let failed = 0;

/** Runs one check; what fails is said at once. */
async function check(name, run) {
  const begun = Date.now();
  try {
    await run();
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - begun} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${error.stack}`);
  }
}

const parts = { shell, tray, 'first-light': firstLight, newcomer, office };
const chosen = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length && !chosen.includes(name)) continue;
  // A stage of its own for each: one that hangs takes no other with it.
  let stage;
  try {
    stage = await Stage.set();
    await part(stage, check);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${error.stack}`);
  } finally {
    await stage?.strike();
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

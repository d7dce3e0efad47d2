// docs/screens.md: all pictures, light beside dark, in the order of the files of screens.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { root } from '../../desk.mjs';
import { fileOf } from './take.mjs';

const cell = (name, says, wide) => `<img src="images/${fileOf(name)}" alt="${says}" width="${wide}">`;

function row({ name, says, looks = ['light', 'dark'] }, wide) {
  return `\n${says}\n\n${looks.map((look) => cell(`${name}-${look}`, `${says}, ${look}`, wide)).join(' ')}\n`;
}

/** `parts`: a title, its screens, and how wide a picture is shown. */
export async function bind(parts) {
  const lines = ['# All screens', '', 'Made by `node tests/browser/run.mjs pictures`, light beside dark. A click on a picture shows it in full.'];
  for (const { title, screens, wide = 420 } of parts) {
    const shown = screens.filter(({ pictured = true }) => pictured);
    lines.push('', `## ${title}`, ...shown.map((one) => row(one, wide)));
  }
  await writeFile(join(root, 'docs/screens.md'), `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`);
}

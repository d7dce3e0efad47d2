// Whether what is read can be read: every theme, every ink on every ground it stands on.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Tokens = Record<string, string>;

const css = readFileSync('src/styles/tokens.css', 'utf8');

function block(selector: string): Tokens {
  const begin = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf('{', begin), css.indexOf('}', begin));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ) as Tokens;
}

const light = block(':root');
const dark = { ...light, ...block(":root[data-theme='dark']") };
const strong = { ...light, ...block(":root[data-contrast='high']") };
const strongDark = {
  ...dark,
  ...block(":root[data-contrast='high']"),
  ...block(":root[data-contrast='high'][data-theme='dark']"),
};

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = '', other = ''): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const GROUNDS = ['bg', 'surface', 'raised', 'sunken'];
const TEXT: [string, string[]][] = [
  ['ink', [...GROUNDS, 'accent-soft', 'note', 'brass-soft', 'danger-soft']],
  ['ink-2', [...GROUNDS, 'accent-soft', 'note']],
  ['ink-3', [...GROUNDS, 'accent-soft', 'note']],
  ['accent', [...GROUNDS, 'accent-soft']],
  ['brass', [...GROUNDS, 'brass-soft', 'note']],
  ['danger', [...GROUNDS, 'danger-soft', 'accent-soft']],
  ['ok', ['bg', 'surface', 'raised', 'accent-soft']],
  ['accent-ink', ['accent', 'accent-strong']],
];

/** Pairs below what they must reach, in words. */
function weak(tokens: Tokens, pairs: [string, string[]][], least: number): string[] {
  return pairs.flatMap(([ink, grounds]) =>
    grounds
      .filter((ground) => contrast(tokens[ink], tokens[ground]) < least)
      .map((ground) => `${ink} on ${ground}: ${contrast(tokens[ink], tokens[ground]).toFixed(2)}`),
  );
}

test.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['high contrast', strong, 7],
  ['high contrast, dark', strongDark, 7],
] as const)('%s: text reaches its contrast', (_, tokens, least) => {
  expect(weak(tokens, TEXT, least)).toEqual([]);
});

test.each([
  ['light', light],
  ['dark', dark],
  ['high contrast', strong],
  ['high contrast, dark', strongDark],
] as const)('%s: what is used and what has the focus has an edge of 3:1', (_, tokens) => {
  const edges: [string, string[]][] = [
    ['field', ['bg', 'surface', 'raised']],
    ['accent', [...GROUNDS, 'accent-soft', 'note']],
  ];
  expect(weak(tokens, edges, 3)).toEqual([]);
});

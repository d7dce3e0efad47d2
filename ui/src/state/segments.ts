/**
 * Pure: how a text is cut into SMS parts, by the sizes that the provider counts with. Characters
 * of the GSM extension table take two places and are never split.
 */
import type { PartSizes } from './types';

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

/** As the standard has it: 160 and 153, 70 and 67. */
export const STANDARD: PartSizes = { gsm7: 160, gsm7_part: 153, ucs2: 70, ucs2_part: 67 };

export interface Segments {
  encoding: 'gsm7' | 'ucs2';
  /** Places that the text takes. */
  used: number;
  parts: number;
  /** Places in as many parts as there are (one for an empty text). */
  room: number;
  /** Places of one part of a text as long as this one. */
  each: number;
  /** Characters that GSM-7 does not know, each once, in the order of the text. */
  culprits: string[];
  /** Which character of the text the first of them is, counted from 1; 0 where there is none. */
  at: number;
  /** Parts beyond the most that the provider takes. */
  over: number;
}

function widths(letters: string[], encoding: 'gsm7' | 'ucs2'): number[] {
  return letters.map((letter) =>
    encoding === 'ucs2' ? letter.length : EXTENDED.has(letter) ? 2 : 1,
  );
}

/** Parts needed when no character may be split over two of them. */
function chained(sizes: number[], part: number): number {
  let parts = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > part) {
      parts += 1;
      filled = 0;
    }
    filled += size;
  }
  return parts;
}

function isPlain(letter: string): boolean {
  return BASIC.has(letter) || EXTENDED.has(letter);
}

export function segments(text: string, limits: PartSizes = STANDARD): Segments {
  const letters = [...text];
  const culprits = [...new Set(letters.filter((letter) => !isPlain(letter)))];
  const at = letters.findIndex((letter) => !isPlain(letter)) + 1;
  const encoding = culprits.length === 0 ? 'gsm7' : 'ucs2';
  const [single, part] =
    encoding === 'gsm7' ? [limits.gsm7, limits.gsm7_part] : [limits.ucs2, limits.ucs2_part];
  const sizes = widths(letters, encoding);
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const parts = used === 0 ? 0 : used <= single ? 1 : chained(sizes, part);
  const room = parts <= 1 ? single : parts * part;
  const over = Math.max(0, parts - (limits.most ?? parts));
  return { encoding, used, parts, room, each: parts <= 1 ? single : part, culprits, at, over };
}

/** What word processors and phones put in by themselves, and what means the same. */
const PLAIN: [RegExp, string][] = [
  [/[‘’‚‛′´`]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
  [/[\u00a0\u2002-\u200a\u202f]/g, ' '],
  [/[\u200b\u2060\ufeff\u00ad]/g, ''],
];

/** The text with plain quotes, dashes, dots and spaces; everything else stays as it is. */
export function plain(text: string): string {
  return PLAIN.reduce((written, [found, instead]) => written.replace(found, instead), text);
}

/** Characters that cannot be seen, by the key of their name. */
const UNSEEN: [RegExp, 'space' | 'nothing'][] = [
  [/[\u00a0\u2002-\u200a\u202f]/, 'space'],
  [/[\u200b-\u200f\u2060\ufeff\u00ad]/, 'nothing'],
];

/** What a character that cannot be seen is called, or `null` for one that shows itself. */
export function unseen(letter: string): 'space' | 'nothing' | null {
  return UNSEEN.find(([found]) => found.test(letter))?.[1] ?? null;
}

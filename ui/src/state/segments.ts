/**
 * Pure: how a text is cut into SMS parts. GSM-7 holds 160 (153 in a chain), UCS-2 70 (67).
 * Characters of the GSM extension table take two places and are never split.
 */

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€\f');

export interface Segments {
  encoding: 'gsm7' | 'ucs2';
  /** Places that the text takes. */
  used: number;
  parts: number;
  /** Places in as many parts as there are (one for an empty text). */
  room: number;
  /** The first character that does not fit GSM-7. */
  culprit: string | null;
}

const LIMITS = { gsm7: { single: 160, chained: 153 }, ucs2: { single: 70, chained: 67 } };

function widths(text: string, encoding: 'gsm7' | 'ucs2'): number[] {
  return [...text].map((letter) =>
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

export function segments(text: string): Segments {
  const culprit = [...text].find((letter) => !BASIC.has(letter) && !EXTENDED.has(letter)) ?? null;
  const encoding = culprit === null ? 'gsm7' : 'ucs2';
  const { single, chained: part } = LIMITS[encoding];
  const sizes = widths(text, encoding);
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const parts = used === 0 ? 0 : used <= single ? 1 : chained(sizes, part);
  const room = parts <= 1 ? single : parts * part;
  return { encoding, used, parts, room, culprit };
}

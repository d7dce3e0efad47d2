/** Pure: finds web addresses in a text, so that they can be shown as links. */

export interface Piece {
  text: string;
  url: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;

export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const url = match[0].replace(/[.,;:!?)\]}]+$/, '');
    if (match.index > at) out.push({ text: text.slice(at, match.index), url: null });
    out.push({ text: url, url });
    at = match.index + url.length;
  }
  if (at < text.length) out.push({ text: text.slice(at), url: null });
  return out;
}

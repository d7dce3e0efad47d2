/**
 * Pure: where something is written. A session has two boxes, one for the answer and one for the
 * note; what lies in one never gets into the other by itself.
 */

/** Names one of them; the answer's box is called like its session. */
export type Box = string;

const NOTE = ':note';

export function boxOf(session: string, note: boolean): Box {
  return note ? session + NOTE : session;
}

export function isNote(box: Box): boolean {
  return box.endsWith(NOTE);
}

export function sessionOf(box: Box): string {
  return isNote(box) ? box.slice(0, -NOTE.length) : box;
}

/** Pure: a list that is loaded far down gets a fresh beginning, and keeps its end and its place. */
import { inOrder } from './order';
import type { Sort } from './filter';
import type { Folder, Session } from './types';

/**
 * The fresh rows, and of the old ones those that come after them. What sorts among the fresh rows
 * without being one has left the list.
 */
export function withTail(
  fresh: readonly Session[],
  old: readonly Session[],
  folder: Folder,
  sort: Sort | null,
): Session[] {
  const last = fresh.at(-1);
  if (!last) return [];
  const here = new Set(fresh.map((session) => session.id));
  const rest = inOrder([last, ...old.filter((session) => !here.has(session.id))], folder, sort);
  return [...fresh, ...rest.slice(rest.indexOf(last) + 1)];
}

/**
 * By how many rows a list moved under a reader whose topmost rows were `seen`. One of them may
 * have gone elsewhere by itself: the middle of three is told.
 */
export function shiftOf(
  before: readonly string[],
  after: readonly string[],
  first: number,
): number | null {
  const places = new Map(after.map((id, at) => [id, at]));
  const shifts: number[] = [];
  for (let at = first; at < before.length && shifts.length < 3; at += 1) {
    const now = places.get(before[at] ?? '');
    if (now !== undefined) shifts.push(now - at);
  }
  shifts.sort((a, b) => a - b);
  return shifts[Math.floor(shifts.length / 2)] ?? null;
}

/** Pure: times of day and the open parts of a week, as people type and draw them. */
import type { Interval } from './types';

export const DAY = 24 * 60;

/** `9`, `9:30`, `0930`, `9.30`, `5 pm`, `24` → `09:00` … `24:00`; `null`: no time of day. */
export function readClock(typed: string): string | null {
  const match = /^\s*(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(a|p)?\.?(?:m\.?)?\s*$/i.exec(typed);
  if (!match) return null;
  let hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  const half = match[3]?.toLowerCase();
  if (half) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half === 'p' ? 12 : 0);
  }
  const all = hours * 60 + minutes;
  return all <= DAY ? clockOf(all) : null;
}

/** Minutes since the day began → `09:30`. */
export function clockOf(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `09:30` → minutes since the day began. */
export function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The parts with one more; those that touch become one. */
export function withPart(parts: readonly Interval[], from: number, to: number): Interval[] {
  const all = [
    ...parts.map((part) => ({ from: minutesOf(part.from), to: minutesOf(part.to) })),
    { from: Math.min(from, to), to: Math.max(from, to) },
  ].sort((one, other) => one.from - other.from);
  const merged: { from: number; to: number }[] = [];
  for (const part of all) {
    const last = merged.at(-1);
    if (part.to <= part.from) continue;
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else merged.push({ ...part });
  }
  return merged.map((part) => ({ from: clockOf(part.from), to: clockOf(part.to) }));
}

/** A part to offer after those that are there: an hour later, four hours long. */
export function nextPart(parts: readonly Interval[]): Interval | null {
  const end = parts.reduce((latest, part) => Math.max(latest, minutesOf(part.to)), 0);
  if (end === 0) return { from: '09:00', to: '17:00' };
  const from = Math.min(end + 60, DAY - 60);
  if (from <= end) return null;
  return { from: clockOf(from), to: clockOf(Math.min(from + 240, DAY)) };
}

export function copied(parts: readonly Interval[]): Interval[] {
  return parts.map((part) => ({ ...part }));
}

/** The week with one day's parts on other days too. */
export function spread(
  days: readonly Interval[][],
  from: number,
  to: readonly number[],
): Interval[][] {
  return days.map((parts, day) => copied(to.includes(day) ? (days[from] ?? []) : parts));
}

/** Minutes of a place on a track of `width`, in steps of a quarter of an hour. */
export function minutesAt(x: number, width: number): number {
  const part = width > 0 ? Math.min(1, Math.max(0, x / width)) : 0;
  return Math.round((part * DAY) / 15) * 15;
}

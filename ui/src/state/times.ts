/** Pure: times that people choose for later. */

const HOUR = 3_600_000;
/** When a working day begins. */
const MORNING = 9;

export type LaterName = 'hour' | 'tomorrow' | 'monday';

export interface Later {
  name: LaterName;
  at: number;
}

function morning(now: number, days: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(MORNING, 0, 0, 0);
}

/** In an hour, tomorrow at 9, next Monday at 9. */
export function laters(now: number): Later[] {
  const weekday = new Date(now).getDay();
  const toMonday = (8 - weekday) % 7 || 7;
  const list: Later[] = [
    { name: 'hour', at: Math.ceil((now + HOUR) / 60_000) * 60_000 },
    { name: 'tomorrow', at: morning(now, 1) },
  ];
  // On a Sunday that is tomorrow.
  if (toMonday !== 1) list.push({ name: 'monday', at: morning(now, toMonday) });
  return list;
}

/** As `<input type="datetime-local">` has it, in local time. */
export function toInput(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** What such a field says; `null` when it says nothing. */
export function fromInput(value: string): number | null {
  const at = new Date(value).getTime();
  return value === '' || Number.isNaN(at) ? null : at;
}

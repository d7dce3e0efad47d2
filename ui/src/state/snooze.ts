/** Pure: the moments that the snooze menu offers. */

export type SnoozeChoice = 'minutes' | 'hour' | 'hours' | 'tomorrow' | 'monday' | 'reply';

export interface Moment {
  choice: SnoozeChoice;
  /** `null`: until the customer writes. */
  until: number | null;
}

const MINUTE = 60_000;

/** Nine in the morning, so many days from now. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(9, 0, 0, 0);
}

export function moments(now: number): Moment[] {
  // On a Monday the next one is meant.
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { choice: 'minutes', until: now + 20 * MINUTE },
    { choice: 'hour', until: now + 60 * MINUTE },
    { choice: 'hours', until: now + 180 * MINUTE },
    { choice: 'tomorrow', until: morning(now, 1) },
    { choice: 'monday', until: morning(now, toMonday) },
    { choice: 'reply', until: null },
  ];
}

/** A moment as `<input type="datetime-local">` writes it: in the time of this place. */
export function localInput(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

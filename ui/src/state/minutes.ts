/** Pure: a time that is kept in minutes, as a number with its unit. */
export type Unit = 'minutes' | 'hours' | 'days';
export const UNITS: readonly Unit[] = ['minutes', 'hours', 'days'];

const LENGTH: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

/** In the largest unit that has no rest. */
export function inUnits(minutes: number): { count: number; unit: Unit } {
  const unit = [...UNITS].reverse().find((one) => minutes % LENGTH[one] === 0) ?? 'minutes';
  return { count: minutes / LENGTH[unit], unit };
}

/** Back to minutes; `null` for what is no whole number above zero. */
export function toMinutes(count: string, unit: Unit): number | null {
  const number = Number(count.trim());
  return Number.isInteger(number) && number > 0 ? number * LENGTH[unit] : null;
}

/** Pure: the span of time that a filter stands for. */
import { startOfDay } from '../i18n/time';
import type { Span } from './types';

export type Period = 'today' | 'week' | 'month' | 'custom';

const DAY = 86_400_000;

function dayOf(text: string): number | undefined {
  const at = text ? new Date(`${text}T00:00:00`).getTime() : NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Days are calendar days of this computer; the last day of a custom span is part of it. */
export function spanOf(period: Period, from: string, to: string, now: number): Span {
  switch (period) {
    case 'today':
      return { from: startOfDay(now) };
    case 'week':
      return { from: startOfDay(now - 6 * DAY) };
    case 'month':
      return { from: startOfDay(now - 29 * DAY) };
    case 'custom': {
      const last = dayOf(to);
      return {
        from: dayOf(from),
        to: last === undefined ? undefined : startOfDay(last + 1.5 * DAY),
      };
    }
  }
}

/** Times in words. `now` always comes in; nothing here reads the clock. */
import { written } from './formats';
import { hourAndMinute } from './hours';
import { locale, t } from './index';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  return written(locale(), options, at);
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole calendar days from `at` to `now`; 0 is today. */
function daysAgo(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

/** 14:08, or 2:08 pm. */
export function clock(at: number): string {
  return format(hourAndMinute(), at);
}

/** The time in a list: 14:08, Yesterday, Tue, 14 May, 14 May 2025. */
export function listTime(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clock(at);
  if (days === 1) return t('time.yesterday');
  if (days < 7) return format({ weekday: 'short' }, at);
  return dayAndMonth(at, now);
}

/** 14 May, with the year if it is another one. */
export function dayAndMonth(at: number, now: number): string {
  return format({ day: 'numeric', month: 'short', ...year(at, now) }, at);
}

/** 3 March, with the year if it is another one: for sentences. */
export function longDay(at: number, now: number): string {
  return format({ day: 'numeric', month: 'long', ...year(at, now) }, at);
}

function year(at: number, now: number): Intl.DateTimeFormatOptions {
  const same = new Date(at).getFullYear() === new Date(now).getFullYear();
  return same ? {} : { year: 'numeric' };
}

/** The divider of a day in a thread: Today, Yesterday, Tuesday 14 May. */
export function dayName(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days <= 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  if (days < 7) return format({ weekday: 'long' }, at);
  return dayAndMonth(at, now);
}

/** 13:51 today, else 14 May 13:51. */
export function moment(at: number, now: number): string {
  return daysAgo(at, now) <= 0 ? clock(at) : `${dayAndMonth(at, now)} ${clock(at)}`;
}

/** A time to come: 15:08, tomorrow 09:00, Tuesday 09:00, 14 May 09:00. */
export function toCome(at: number, now: number): string {
  const days = -daysAgo(at, now);
  if (days <= 0) return clock(at);
  const near = days < 7 ? format({ weekday: 'long' }, at) : dayAndMonth(at, now);
  return t('time.day_clock', { day: days === 1 ? t('time.tomorrow') : near, clock: clock(at) });
}

/** When something will be: 14:08 today, Tue 09:00 within a week, else 14 May 09:00. */
export function weekdayMoment(at: number, now: number): string {
  const days = -daysAgo(at, now);
  if (days <= 0) return clock(at);
  if (days < 7) return `${format({ weekday: 'short' }, at)} ${clock(at)}`;
  return `${dayAndMonth(at, now)} ${clock(at)}`;
}

/** A short span: now, 6m, 2h, 3d. */
export function shortSpan(span: number): string {
  if (span < MINUTE) return t('time.now');
  if (span < HOUR) return t('time.m', { count: Math.floor(span / MINUTE) });
  if (span < DAY) return t('time.h', { count: Math.floor(span / HOUR) });
  return t('time.d', { count: Math.floor(span / DAY) });
}

/** A span in words: a moment, 6 minutes, 2 hours, 3 days. */
export function span(length: number): string {
  if (length < MINUTE) return t('time.moment');
  if (length < HOUR) return t('time.minutes', { count: Math.floor(length / MINUTE) });
  if (length < DAY) return t('time.hours', { count: Math.floor(length / HOUR) });
  return t('time.days', { count: Math.floor(length / DAY) });
}

/** 640 B, 12 KB, 3.4 MB. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${Math.round(size / 1000)} KB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** Monday for 0 … Sunday for 6. */
export function weekday(day: number): string {
  // 5 January 1970 was a Monday.
  return format({ weekday: 'long', timeZone: 'UTC' }, (4 + day) * DAY);
}

/** Tue 5 Jan, 09:00, on the wall's clock of a zone. */
export function dateTime(at: number, zone: string): string {
  const shape = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return format({ ...shape, ...hourAndMinute(), timeZone: zone }, at);
}

/** `2026-12-24` and `2027-01-02` as a range of dates; without the year if it comes every year. */
export function dateRange(from: string, to: string, yearly: boolean): string {
  const shape: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
  const dates = new Intl.DateTimeFormat(locale(), yearly ? shape : { ...shape, year: 'numeric' });
  const [first, last] = [Date.parse(from), Date.parse(to)];
  // A range that goes over the end of the year would be told backwards without its years.
  return yearly && last > first
    ? `${dates.format(first)} – ${dates.format(last)}`
    : dates.formatRange(first, last);
}

/** Languages and time zones by their names, and what time it is elsewhere. */
import { written } from './formats';
import { hourAndMinute } from './hours';
import { locale } from './index';

/** Languages to choose from; more can stand on a contact that was brought from elsewhere. */
const TAGS =
  'ar bg bn ca cs da de el en en-GB en-US es es-MX et fa fi fr fr-CA he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sq sr sv sw ta th tl tr uk ur vi zh-CN zh-TW';

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Languages by name; `also` stands among them even if it is rare. */
export function languages(also: string): { value: string; label: string }[] {
  const tags = new Set([...TAGS.split(' '), also].filter(Boolean));
  return [...tags]
    .map((tag) => ({ value: tag, label: languageName(tag) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale()));
}

/** Every time zone that this device knows. */
export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** `America/Sao_Paulo` → `Sao Paulo`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** What a clock there says: `Tue 14:08`; empty where the zone is not known. */
export function clockIn(zone: string, at: number): string {
  if (!zone) return '';
  try {
    return written(locale(), { weekday: 'short', ...hourAndMinute(), timeZone: zone }, at);
  } catch {
    return '';
  }
}

/** What a clock there says, where that is known and not what ours says. */
export function clockElsewhere(zone: string, at: number): string {
  const theirs = clockIn(zone, at);
  const ours = written(locale(), { weekday: 'short', ...hourAndMinute() }, at);
  return theirs === ours ? '' : theirs;
}

/** A day such as `2026-05-14` in words; anything else stays as it is. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(date.getTime())) return day;
  return written(locale(), { dateStyle: 'medium', timeZone: 'UTC' }, date);
}

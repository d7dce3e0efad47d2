/** Whether the clock has twelve hours or twenty-four. */
import { current } from './current.svelte';
import { twelveHours } from './formats';
import { locale } from './index';

/** The wish of the browser that is of this language: it says more of the place than ours. */
function here(wishes: readonly string[]): string {
  const language = locale().split('-')[0];
  return wishes.find((wish) => wish.toLowerCase().split('-')[0] === language) ?? locale();
}

export function hasTwelveHours(wishes: readonly string[] = navigator.languages): boolean {
  if (current.clock !== 'language') return current.clock === '12';
  return twelveHours(here(wishes));
}

/** The hour and the minute of a time. */
export function hourAndMinute(): Intl.DateTimeFormatOptions {
  return hasTwelveHours()
    ? { hour: 'numeric', minute: '2-digit', hourCycle: 'h12' }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
}

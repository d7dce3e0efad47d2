/**
 * Formats of dates: dear to make (about a millisecond), cheap to use, so each is made once. Lists
 * and conversations ask for hundreds of times while somebody scrolls.
 */
const made = new Map<string, Intl.DateTimeFormat>();

/**
 * `at` written so. The offset stands in the key: a laptop that travels to another time zone gets
 * formats of its new one.
 */
export function written(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  at: number | Date,
): string {
  const key = `${locale} ${new Date(at).getTimezoneOffset()} ${JSON.stringify(options)}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format.format(at);
}

const cycles = new Map<string, boolean>();

/** Whether the clock of this place has twelve hours. */
export function twelveHours(locale: string): boolean {
  let twelve = cycles.get(locale);
  if (twelve === undefined) {
    const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    cycles.set(locale, (twelve = hourCycle === 'h12' || hourCycle === 'h11'));
  }
  return twelve;
}

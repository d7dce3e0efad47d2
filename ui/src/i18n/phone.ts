/** Telephone numbers as people read them. Only spaces are added; the core decides what is valid. */
import { isolate, t } from './index';

const TWO = new Set(
  (
    '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 ' +
    '64 65 66 81 82 84 86 90 91 92 93 94 95 98'
  ).split(' '),
);

/** What the desk calls a browser of which nobody knows whose it is. */
const VISITOR = /^[0-9A-F]{12}$/;

/**
 * `+15550104477` → `+1 555 010 4477`, and the browser of a website's visitor by the end of what it is
 * called. Anything else stays as it is.
 */
export function shownNumber(address: string): string {
  if (VISITOR.test(address)) return t('visitor.id', { id: address.slice(-4) });
  if (!/^\+\d{7,15}$/.test(address)) return address;
  const digits = address.slice(1);
  const code = /^[17]/.test(digits)
    ? digits.slice(0, 1)
    : TWO.has(digits.slice(0, 2))
      ? digits.slice(0, 2)
      : digits.slice(0, 3);
  const rest = digits.slice(code.length);
  const groups: string[] = [];
  let at = 0;
  while (rest.length - at > 4) {
    groups.push(rest.slice(at, at + 3));
    at += 3;
  }
  groups.push(rest.slice(at));
  return isolate(`+${code} ${groups.join(' ')}`);
}

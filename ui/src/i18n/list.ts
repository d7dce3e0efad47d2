/** Names in a row, as the language joins them: Ana, Tom, and Sara. */
import { isolate, locale } from '.';

export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { style: 'long', type: 'conjunction' }).format(
    names.map(isolate),
  );
}

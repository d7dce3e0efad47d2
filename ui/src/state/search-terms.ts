/** Pure: what a search looks for, as an address holds it and as the core is asked. */
import type { SearchIn, SearchTerms } from './types';

export const TABS: SearchIn[] = ['messages', 'sessions', 'contacts', 'files'];

export type Terms = Required<SearchTerms>;

/** Looks for nothing yet. */
export function terms(change: Partial<Terms> = {}): Terms {
  return {
    q: '',
    channel: null,
    author: null,
    owner: null,
    direction: null,
    before: null,
    after: null,
    has_file: false,
    session: null,
    ...change,
  };
}

/** Only what is set. */
export function toQuery(wanted: Terms): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(wanted)) {
    const text = typeof value === 'string' ? value.trim() : value;
    if (text !== null && text !== undefined && text !== '' && text !== false) {
      query.set(key, String(text));
    }
  }
  return query;
}

function time(text: string | null): number | null {
  const at = Number(text);
  return text && Number.isFinite(at) ? at : null;
}

/** From an address; what does not fit is left out. */
export function readTerms(query: URLSearchParams): Terms {
  const direction = query.get('direction');
  return terms({
    q: (query.get('q') ?? '').slice(0, 200),
    channel: query.get('channel'),
    author: query.get('author'),
    owner: query.get('owner'),
    direction: direction === 'in' || direction === 'out' ? direction : null,
    before: time(query.get('before')),
    after: time(query.get('after')),
    has_file: query.get('has_file') === 'true',
    session: query.get('session'),
  });
}

export function readTab(text: string | null): SearchIn {
  return TABS.find((tab) => tab === text) ?? 'messages';
}

/** What is kept of a search: without what is not set. */
export function within(wanted: Terms): SearchTerms {
  return { ...wanted, q: wanted.q.trim() };
}

/** Start of a day that was chosen, in the reader's time zone: `2026-11-14`. */
export function dayStart(day: string): number | null {
  const at = day ? new Date(`${day}T00:00`).getTime() : NaN;
  return Number.isNaN(at) ? null : at;
}

/** The day of a time, as a field for dates has it. */
export function dayOf(at: number | null): string {
  if (at === null) return '';
  const day = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Pure: how somebody is called who has not said their name yet. */
import { t } from '../i18n';
import type { Session } from './types';

export type Nameless = Pick<Session, 'address'> &
  Partial<Pick<Session, 'provider'>> & { page?: string | null };

/** Ids and keys in an address say nothing to people. */
const OPAQUE = /^(?=.*\d)[\da-f ]{12,}$/i;

/** The page as a word: `/shop/city-bikes.html?x=1` is `city bikes`; the first page has none. */
export function pageWord(path: string | null | undefined): string {
  const plain = (path ?? '').replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
  const last = plain.split('/').filter(Boolean).at(-1) ?? '';
  let word = last.replace(/\.(html?|php|aspx?)$/i, '');
  try {
    word = decodeURIComponent(word);
  } catch {
    // A broken escape is shown as it stands.
  }
  const words = word
    .replace(/[-_+]+/g, ' ')
    .trim()
    .slice(0, 40);
  return OPAQUE.test(words) ? '' : words;
}

/** `Visitor · pricing`, or `Visitor 4F2A` where the page says nothing. */
export function visitorName({ page, address }: Nameless): string {
  const word = pageWord(page);
  if (word && word !== 'index') return t('visitor.page', { page: word });
  return t('visitor.id', { id: address.slice(-4) });
}

/** Whether it is with a visitor of a website. */
export function isVisit(session: { provider?: string }): boolean {
  return session.provider === 'livechat';
}

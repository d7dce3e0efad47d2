/** Pure: the providers of the first step in groups, found by what is typed. */
import { spoken } from '../i18n';
import type { Description } from './types';

export interface Tiles {
  /** What stands on a website of one's own. */
  website: Description[];
  /** Companies, each with an API of its own. */
  named: Description[];
  /** The way for everyone else: the address of the API is a field. */
  other: Description[];
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** In the order in which the core lists them. A search that finds no name still offers `other`. */
export function tiles(providers: Description[], search: string): Tiles {
  const wanted = plain(search);
  const found = (provider: Description) =>
    plain(provider.label).includes(wanted) || plain(spoken(provider.tagline)).includes(wanted);
  const website = providers.filter((one) => one.medium === 'livechat' && found(one));
  const offered = providers.filter(({ medium }) => medium !== 'demo' && medium !== 'livechat');
  const named = offered.filter((provider) => provider.base_url !== '' && found(provider));
  const other = offered.filter((provider) => provider.base_url === '');
  const matching = other.filter(found);
  return { website, named, other: named.length === 0 ? other : matching };
}

/** Two letters that stand for a logo: the capitals of a name, or its first letters. */
export function mark(label: string): string {
  const words = label.split(/[\s-]+/).filter(Boolean);
  if (words.length > 1)
    return words
      .map((word) => word[0])
      .join('')
      .slice(0, 2)
      .toUpperCase();
  const capitals = label.replace(/[^\p{Lu}]/gu, '');
  const letters = capitals.length === 2 || capitals.length === 3 ? capitals : label;
  return letters.slice(0, 2).replace(/^./, (first) => first.toUpperCase());
}

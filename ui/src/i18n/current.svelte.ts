/** The language that is spoken now. Texts on the screen follow it, because reading them reads it. */
import { en, type Key } from './en';
import { direction, localeOf, type Language } from './languages';
import { Phrasebook, type Sentences } from './phrasebook';
import type { Text } from './text';

export type Catalogue = Record<Key, Text>;
type Part = Partial<Catalogue>;

interface Tongue {
  texts: Part;
  /** What the core says, by its English. */
  desk: Sentences;
}
/** By provider: what its page says of it. */
type Guides = Record<string, Sentences>;

/** Every language but English is fetched when somebody speaks it. */
const others: Partial<Record<Language, () => Promise<Tongue>>> = {
  de: async () => tongue((await import('./de')).de, (await import('./de/desk.json')).default),
  es: async () => tongue((await import('./es')).es, (await import('./es/desk.json')).default),
  fr: async () => tongue((await import('./fr')).fr, (await import('./fr/desk.json')).default),
  pt: async () => tongue((await import('./pt')).pt, (await import('./pt/desk.json')).default),
  zh: async () => tongue((await import('./zh')).zh, (await import('./zh/desk.json')).default),
  ar: async () => tongue((await import('./ar')).ar, (await import('./ar/desk.json')).default),
  pseudo: async () => {
    const { pseudoCatalogue, pseudoSentences } = await import('./pseudo');
    const { desk } = (await import('./gen/sentences.json')).default;
    const { later } = await import('./en/later');
    return tongue(pseudoCatalogue({ ...en, ...later }), pseudoSentences(desk));
  },
};

/** What providers' pages say is fetched when somebody sets a channel up. */
const guides: Partial<Record<Language, () => Promise<Guides>>> = {
  de: async () => (await import('./de/guides.json')).default,
  es: async () => (await import('./es/guides.json')).default,
  fr: async () => (await import('./fr/guides.json')).default,
  pt: async () => (await import('./pt/guides.json')).default,
  zh: async () => (await import('./zh/guides.json')).default,
  ar: async () => (await import('./ar/guides.json')).default,
  pseudo: async () => {
    const { pseudoSentences } = await import('./pseudo');
    const all = Object.values((await import('./gen/sentences.json')).default.guides);
    return { all: pseudoSentences(all.flat()) };
  },
};

/** English texts by any key: those of `later` are not among the first. */
function english(texts: Part, key: Key): Text | undefined {
  return texts[key];
}

function tongue(texts: Part, desk: Sentences): Tongue {
  return { texts, desk };
}

interface Spoken {
  language: Language;
  catalogue: Part;
  plural: Intl.PluralRules;
  desk: Phrasebook;
}

function spoken(language: Language, { texts, desk }: Tongue): Spoken {
  const locale = localeOf(language);
  return {
    language,
    catalogue: texts,
    plural: new Intl.PluralRules(locale),
    desk: new Phrasebook(desk, locale),
  };
}

const ENGLISH: Tongue = { texts: en, desk: {} };

/** How the clock is written: as the language does it here, or as somebody chose. */
export type Clock = 'language' | '12' | '24';

class Current {
  clock = $state<Clock>('language');
  #spoken = $state.raw<Spoken>(spoken('en', ENGLISH));
  #guides = $state.raw<{ language: Language; book: Phrasebook } | null>(null);
  #wanted: Language = 'en';
  /** English that came with a part of the program. */
  #later = $state.raw<Part>({});

  get language(): Language {
    return this.#spoken.language;
  }

  /** The text, and the form that this count takes. */
  text(key: Key, count: number): string {
    const text = this.#spoken.catalogue[key] ?? english(en, key) ?? this.#later[key] ?? key;
    if (typeof text === 'string') return text;
    return text[this.#spoken.plural.select(count)] ?? text.other;
  }

  /** English texts of a part that was loaded now. */
  learn(texts: Part): void {
    this.#later = { ...this.#later, ...texts };
  }

  /** What the core said, in this language; as it was said where the catalogs do not have it. */
  say(said: string): string {
    const known = this.#spoken.desk.find(said);
    if (known !== null) return known;
    const guides = this.#guides?.language === this.language ? this.#guides.book : null;
    return guides?.find(said) ?? said;
  }

  /** From now on this language; English if it cannot be fetched. The last wish wins. */
  async speak(language: Language): Promise<void> {
    this.#wanted = language;
    if (language === this.#spoken.language) return;
    const catalogue = language === 'en' ? ENGLISH : await others[language]?.().catch(() => null);
    if (this.#wanted !== language || !catalogue) return;
    this.#spoken = spoken(language, catalogue);
    document.documentElement.lang = localeOf(language).split('-u-')[0] ?? language;
    document.documentElement.dir = direction(language);
  }

  /** Fetches what providers' pages say, in the language of now. */
  async learnGuides(): Promise<void> {
    const language = this.language;
    if (this.#guides?.language === language) return;
    const found = await guides[language]?.().catch(() => null);
    if (!found || this.language !== language) return;
    const all = Object.assign({}, ...Object.values(found)) as Sentences;
    this.#guides = { language, book: new Phrasebook(all, localeOf(language)) };
  }
}

export const current = new Current();

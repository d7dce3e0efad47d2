/** The language that is spoken now. Texts on the screen follow it, because reading them reads it. */
import { en, type Key } from './en';
import { direction, localeOf, type Language } from './languages';
import type { Text } from './text';

export type Catalogue = Record<Key, Text>;

/** Every language but English is fetched when somebody speaks it. */
const others: Partial<Record<Language, () => Promise<Catalogue>>> = {
  de: async () => (await import('./de')).de,
  es: async () => (await import('./es')).es,
  fr: async () => (await import('./fr')).fr,
  pt: async () => (await import('./pt')).pt,
  zh: async () => (await import('./zh')).zh,
  ar: async () => (await import('./ar')).ar,
  pseudo: async () => (await import('./pseudo')).pseudoCatalogue(en),
};

interface Spoken {
  language: Language;
  catalogue: Catalogue;
  plural: Intl.PluralRules;
}

function spoken(language: Language, catalogue: Catalogue): Spoken {
  return { language, catalogue, plural: new Intl.PluralRules(localeOf(language)) };
}

/** How the clock is written: as the language does it here, or as somebody chose. */
export type Clock = 'language' | '12' | '24';

class Current {
  clock = $state<Clock>('language');
  #spoken = $state.raw<Spoken>(spoken('en', en));
  #wanted: Language = 'en';

  get language(): Language {
    return this.#spoken.language;
  }

  /** The text, and the form that this count takes. */
  text(key: Key, count: number): string {
    const text = this.#spoken.catalogue[key] ?? en[key];
    if (typeof text === 'string') return text;
    return text[this.#spoken.plural.select(count)] ?? text.other;
  }

  /** From now on this language; English if it cannot be fetched. The last wish wins. */
  async speak(language: Language): Promise<void> {
    this.#wanted = language;
    if (language === this.#spoken.language) return;
    const catalogue = language === 'en' ? en : await others[language]?.().catch(() => null);
    if (this.#wanted !== language || !catalogue) return;
    this.#spoken = spoken(language, catalogue);
    document.documentElement.lang = localeOf(language).split('-u-')[0] ?? language;
    document.documentElement.dir = direction(language);
  }
}

export const current = new Current();

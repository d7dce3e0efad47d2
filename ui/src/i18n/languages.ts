/** Which languages there are, and which one fits a person. Knows no text. */

/** Codes of the languages; `pseudo` is for tests: long, accented, in brackets. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'] as const;
export type Shipped = (typeof LANGUAGES)[number];
export type Language = Shipped | 'pseudo';

/** How each calls itself. */
export const OWN_NAMES: Record<Shipped, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  pt: 'Português (Brasil)',
  zh: '简体中文',
  ar: 'العربية',
};

/** For dates, numbers and names of countries. Digits stay those of telephone numbers. */
const LOCALES: Record<Language, string> = {
  en: 'en-GB',
  de: 'de',
  es: 'es',
  fr: 'fr',
  pt: 'pt-BR',
  zh: 'zh-CN',
  ar: 'ar-u-nu-latn',
  pseudo: 'en-GB',
};

export function localeOf(language: Language): string {
  return LOCALES[language];
}

export function direction(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

export function isLanguage(text: unknown): text is Language {
  return text === 'pseudo' || (LANGUAGES as readonly unknown[]).includes(text);
}

/** The first of these wishes (`de-AT`, `pt-BR`, …) that there is, else English. */
export function best(wishes: readonly string[]): Shipped {
  for (const wish of wishes) {
    const code = wish.toLowerCase().split('-')[0];
    const found = LANGUAGES.find((language) => language === code);
    if (found) return found;
  }
  return 'en';
}

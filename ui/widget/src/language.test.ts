import { describe, expect, it } from 'vitest';
import { languageOf } from './language';
import { LANGUAGES } from './look';

const texts = import.meta.glob<{ texts: Record<string, string> }>('./texts/**/??.ts', {
  eager: true,
});
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the language of the widget', () => {
  const check = (wanted: string[], expected: string) => expect(languageOf(wanted)).toBe(expected);

  it('is the site’s, else the page’s, else the browser’s, else English', () => {
    check(['fr', 'de', 'en-GB'], 'fr');
    check(['auto', 'de-AT', 'en-GB'], 'de');
    check(['auto', '', 'ja', 'pt-BR'], 'pt');
    check(['auto', 'ZH-Hant-TW'], 'zh');
    check(['auto', 'eng', 'ja'], 'en');
    check(['auto', '', 'xx'], 'en');
  });

  it('has every text in every language, with the same places', () => {
    for (const folder of ['./texts', './texts/more', './texts/call']) {
      const english = texts[`${folder}/en.ts`]?.texts ?? {};
      expect(Object.keys(english).length).toBeGreaterThan(15);
      for (const lang of LANGUAGES) {
        const own = texts[`${folder}/${lang}.ts`]?.texts ?? {};
        expect(Object.keys(own)).toEqual(Object.keys(english));
        for (const [name, text] of Object.entries(own)) {
          expect(text.trim(), `${lang} ${name}`).not.toBe('');
          expect(places(text), `${lang} ${name}`).toEqual(places(english[name] ?? ''));
        }
      }
    }
  });
});

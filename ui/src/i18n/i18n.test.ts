import { expect, test } from 'vitest';
import { en as first } from './en';
import { later } from './en/later';
import { current } from './current.svelte';
import { fill, t, type Text } from './index';
import { best, direction, LANGUAGES, localeOf, type Shipped } from './languages';
import { shownNumber } from './phone';
import { hasTwelveHours } from './hours';
import { bytes, clock, dayName, listTime, shortSpan, span } from './time';
import { clockElsewhere } from './zones';

const sources = import.meta.glob('../**/*.{svelte,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const en = { ...first, ...later };

const catalogues = import.meta.glob<Record<string, Record<string, Text>>>('./??/index.ts', {
  eager: true,
});

function catalogue(language: Shipped): Record<string, Text> {
  if (language === 'en') return en;
  const found = catalogues[`./${language}/index.ts`]?.[language];
  if (!found) throw new Error(`there is no catalogue of ${language}`);
  return found;
}

function forms(text: Text): Record<string, string> {
  return typeof text === 'string' ? { other: text } : { ...text };
}

function places(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
}

test.each(LANGUAGES)('%s has every text, with the same places', (language) => {
  const its = catalogue(language);
  expect(Object.keys(its).sort()).toEqual(Object.keys(en).sort());
  for (const [key, english] of Object.entries(en as Record<string, Text>)) {
    const text = its[key]!;
    expect(typeof text, key).toBe(typeof english);
    const wanted = places(forms(english).other!);
    for (const [form, words] of Object.entries(forms(text))) {
      expect(words.trim(), `${key} ${form}`).not.toBe('');
      // A form for one or two may say the number in a word.
      const exact = ['other', 'few', 'many'].includes(form);
      const said = places(words);
      if (exact) expect(said, `${key} ${form}`).toEqual(wanted);
      else expect(wanted, `${key} ${form}`).toEqual(expect.arrayContaining(said));
    }
  }
});

test.each(LANGUAGES)('%s has every plural form that it needs', (language) => {
  const needed = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories;
  for (const [key, text] of Object.entries(catalogue(language))) {
    if (typeof text === 'string') continue;
    // Millions of something are counted nowhere.
    const wanted = needed.filter((form) => form !== 'many' || (language as string) === 'ar');
    expect(Object.keys(text).sort(), key).toEqual(expect.arrayContaining([...wanted].sort()));
  }
});

test.each(LANGUAGES.filter((language) => (language as string) !== 'en'))(
  '%s is translated',
  (language) => {
    const its = catalogue(language);
    const long = Object.entries(en as Record<string, Text>).filter(
      ([, text]) => forms(text).other!.length > 24,
    );
    const same = long.filter(([key, text]) => forms(its[key]!).other === forms(text).other);
    expect(same.map(([key]) => key)).toEqual([]);
  },
);

test('a device’s first wish that there is decides, English otherwise', () => {
  expect(best(['en-US', 'de'])).toBe('en');
  expect(best(['tlh', 'xx-YY'])).toBe('en');
  for (const language of LANGUAGES) expect(best(['tlh', `${language}-XX`])).toBe(language);
  expect([direction('ar'), direction('en'), direction('pseudo')]).toEqual(['rtl', 'ltr', 'ltr']);
});

test('what is on the screen follows the language, and unknown texts show', async () => {
  await current.speak('pseudo');
  expect(t('thread.owned_by', { name: 'Ana' })).toMatch(/^\[öwñëd bý Ana~+\]$/);
  expect(document.documentElement.dir).toBe('ltr');
  await current.speak('en');
  expect(t('thread.owned_by', { name: 'Ana' })).toBe('owned by Ana');
});

/** The sources that the first page loads: what `main.ts` imports, and what that imports. */
function firstPage(): string[] {
  const known = sources as Record<string, string>;
  const seen = new Set<string>();
  const wait = ['../main.ts'];
  for (let path = wait.pop(); path; path = wait.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = known[path]!;
    const folder = new URL(path.replace(/^\.\.\//, 'file:///'));
    for (const [, from] of text.matchAll(/^(?:\s*import|export)\s(?!type\b)[^;]*?'(\.[^']+)';/gm)) {
      const found = new URL(from!, folder).href.replace('file:///', '../').replace(/\/$/, '');
      const file = [found, `${found}.ts`, `${found}.svelte.ts`, `${found}/index.ts`];
      const next = file.find((one) => one in known);
      if (next) wait.push(next);
    }
  }
  return [...seen].filter((path) => !/\/i18n\/[a-z]{2}\//.test(path)).map((path) => known[path]!);
}

test('the first page shows no text that comes later', () => {
  const code = firstPage();
  expect(code.length).toBeGreaterThan(200);
  const made = code.flatMap((text) =>
    [...text.matchAll(/t\(\s*`([\w.-]+)\$\{[^}]+\}([\w.-]*)`/g)].map(([, start, end]) => [
      start,
      end,
    ]),
  );
  const shown = Object.keys(later).filter(
    (key) =>
      code.some((text) => text.includes(`'${key}'`)) ||
      made.some(([start, end]) => key.startsWith(start!) && key.endsWith(end!)),
  );
  expect(shown).toEqual([]);
});

test('every text is used somewhere', () => {
  const code = Object.entries(sources)
    .filter(([path]) => !/\/i18n\/[a-z]{2}\//.test(path) && !path.endsWith('.test.ts'))
    .map(([, text]) => text as string)
    .join('\n');
  const made = [...code.matchAll(/t\(\s*`([\w.-]+)\$\{[^}]+\}([\w.-]*)`/g)].map((match) => [
    match[1]!,
    match[2]!,
  ]);
  const unused = Object.keys(en).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !made.some(([start, end]) => key.startsWith(start!) && key.endsWith(end!)),
  );
  expect(unused).toEqual([]);
});

test('places are filled, unknown ones stay visible', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  expect(t('thread.owned_by', { name: 'Ana' })).toBe('owned by Ana');
});

test('a value that looks like a place is not filled again', () => {
  expect(t('preview.other', { name: '{text}', text: 'hello' })).toBe('{text}: hello');
});

test('one and many have their own words', () => {
  expect(t('counter.parts', { count: 1 })).toBe('1 part');
  expect(t('counter.parts', { count: 3 })).toBe('3 parts');
});

test('times in a list grow coarser with age', () => {
  const now = new Date(2026, 4, 14, 14, 8).getTime();
  const at = (day: number, hour = 9, year = 2026) => new Date(year, 4, day, hour, 5).getTime();
  expect(listTime(at(14), now)).toBe('09:05');
  expect(listTime(at(14, 0), now)).toBe('00:05');
  expect(listTime(at(13), now)).toBe('Yesterday');
  expect(listTime(at(12), now)).toBe('Tue');
  expect(listTime(at(2), now)).toBe('2 May');
  expect(listTime(at(2, 9, 2025), now)).toBe('2 May 2025');
  expect(dayName(now, now)).toBe('Today');
  expect(dayName(at(12), now)).toBe('Tuesday');
});

test('spans are told in their largest unit', () => {
  expect([30_000, 60_000, 3_599_000, 3_600_000, 90_000_000].map(shortSpan)).toEqual([
    'now',
    '1m',
    '59m',
    '1h',
    '1d',
  ]);
  expect([1000, 60_000, 7_200_000, 86_400_000].map(span)).toEqual([
    'a moment',
    '1 minute',
    '2 hours',
    '1 day',
  ]);
});

test('sizes are round', () => {
  expect([640, 12_400, 3_440_000].map(bytes)).toEqual(['640 B', '12 KB', '3.4 MB']);
});

test('numbers are grouped after their country code, anything else is left alone', () => {
  expect(shownNumber('+15550104477')).toBe('+1 555 010 4477');
  expect(shownNumber('+4915123456789')).toBe('+49 151 234 567 89');
  expect(shownNumber('+358401234567')).toBe('+358 401 234 567');
  expect(shownNumber('NORTHSIDE')).toBe('NORTHSIDE');
  expect(shownNumber('maria')).toBe('maria');
  expect(shownNumber('5A6F0E1D4F2A')).toBe('Visitor 4F2A');
});

test('the clock is the one of the place, or the one that was chosen', () => {
  const at = new Date(2026, 4, 14, 14, 8).getTime();
  expect([hasTwelveHours(['en-US']), hasTwelveHours(['de', 'en-AU'])]).toEqual([true, true]);
  expect([hasTwelveHours(['en-GB']), hasTwelveHours([])]).toEqual([false, false]);
  expect(clock(at)).toBe('14:08');
  current.clock = '12';
  expect(clock(at)).toBe('2:08 pm');
  current.clock = '24';
  expect(hasTwelveHours(['en-US'])).toBe(false);
  current.clock = 'language';
});

test('what the clock says for a customer is told where it differs', () => {
  const at = Date.parse('2026-05-14T12:08:00Z');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  expect(clockElsewhere(timeZone, at)).toBe('');
  expect(clockElsewhere('', at)).toBe('');
  expect(clockElsewhere('Nowhere/Nothing', at)).toBe('');
  expect(clockElsewhere('Asia/Kolkata', at)).toBe('Thu 17:38');
});

test('a telephone number keeps its order among words from right to left', async () => {
  expect(shownNumber('+15550104477')).toBe('+1 555 010 4477');
  await current.speak('ar');
  expect(shownNumber('+15550104477')).toBe('\u2068+1 555 010 4477\u2069');
  await current.speak('en');
});

import { afterAll, expect, test } from 'vitest';
import { ApiError } from '../api/client';
import { fields, saidBy, sentence as problem } from '../state/problem';
import { current } from './current.svelte';
import generated from './gen/sentences.json';
import { learnGuides, spoken } from './index';
import type { Shipped } from './languages';
import { sentence, Phrasebook, type Sentences } from './phrasebook';
import untranslated from './gen/untranslated.json';

const desks = import.meta.glob<Sentences>('./??/desk.json', { eager: true, import: 'default' });
const guides = import.meta.glob<Record<string, Sentences>>('./??/guides.json', {
  eager: true,
  import: 'default',
});
const OTHERS: Shipped[] = ['de', 'es', 'fr', 'pt', 'zh', 'ar'];

afterAll(() => current.speak('en'));

function places(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

function isWhole(its: Sentences, wanted: readonly string[]): void {
  expect(Object.keys(its).sort()).toEqual([...wanted].sort());
  for (const [english, said] of Object.entries(its)) {
    expect(said.trim(), english).not.toBe('');
    expect(places(said), english).toEqual(places(english));
  }
}

test.each(OTHERS)('%s has every sentence of the desk, and none that is not said', (language) => {
  isWhole(desks[`./${language}/desk.json`]!, generated.desk);
});

test.each(OTHERS)(
  '%s has the guide of every provider that is not listed as missing',
  (language) => {
    const its = guides[`./${language}/guides.json`]!;
    const all: Record<string, string[]> = generated.guides;
    const wanted = Object.keys(all).filter((one) => !(untranslated as string[]).includes(one));
    expect(Object.keys(its).sort()).toEqual(wanted.sort());
    for (const provider of wanted) isWhole(its[provider]!, all[provider]!);
  },
);

test('the list of guides that nobody translated yet only shrinks', () => {
  expect(untranslated.length).toBeLessThanOrEqual(3);
  for (const provider of untranslated) expect(Object.keys(generated.guides)).toContain(provider);
});

test('what a guide shows as it is stays as it is', () => {
  for (const its of Object.values(guides)) {
    for (const [english, said] of Object.values(its).flatMap(Object.entries) as [
      string,
      string,
    ][]) {
      const code = (text: string) => text.match(/`[^`]+`/g) ?? [];
      expect(code(said), english).toEqual(code(english));
      expect((said.match(/\*\*/g) ?? []).length % 2, said).toBe(0);
    }
  }
});

function book(sentences: Sentences): Phrasebook {
  return new Phrasebook(sentences, 'de');
}

test('a sentence is found as it stands, or by its places', () => {
  const its = book({
    'Please sign in.': 'Bitte anmelden.',
    'At least {0} characters, please.': 'Mindestens {0} Zeichen, bitte.',
    '{0} takes at most {1} files.': 'Höchstens {1} Dateien bei {0}.',
  });
  expect(its.find('Please sign in.')).toBe('Bitte anmelden.');
  expect(its.find('At least 8 characters, please.')).toBe('Mindestens 8 Zeichen, bitte.');
  expect(its.find('Vonage takes at most 1 files.')).toBe('Höchstens 1 Dateien bei Vonage.');
  expect(its.find('Nobody wrote this.')).toBeNull();
});

test('a beginning in small letters and a missing full stop are no hindrance, and stay missing', () => {
  const its = book({ 'It took too long.': 'Es hat zu lange gedauert.' });
  expect(its.find('it took too long')).toBe('Es hat zu lange gedauert');
  expect(sentence('no')).toBe('No.');
});

test('a place that comes twice is one place', () => {
  const its = book({ 'Move {0}, then copy {1} to {0}.': '{1} nach {0} kopieren.' });
  expect(its.find('Move a.db, then copy b.db to a.db.')).toBe('b.db nach a.db kopieren.');
});

test('sentences within sentences and dates are spoken too, names are not', () => {
  const its = book({
    'No answer: {0}.': 'Keine Antwort: {0}.',
    'It took too long.': 'Es hat zu lange gedauert.',
    'Opted out on {0}.': 'Abgemeldet am {0}.',
  });
  expect(its.find('No answer: it took too long.')).toBe('Keine Antwort: Es hat zu lange gedauert.');
  expect(its.find('Opted out on 14 May 2026.')).toBe('Abgemeldet am 14. Mai 2026.');
  expect(its.find('No answer: ECONNRESET.')).toBe('Keine Antwort: ECONNRESET.');
});

test('what a provider says and what people typed is never translated', () => {
  const its = book({
    '{0} The provider says: {1}.': '{0} Der Anbieter sagt: {1}.',
    'It did not work.': 'Es hat nicht geklappt.',
    'It holds “{0}”.': 'Darin ist „{0}“.',
  });
  expect(its.find('It did not work. The provider says: It did not work.')).toBe(
    'Es hat nicht geklappt. Der Anbieter sagt: It did not work.',
  );
  expect(its.find('It holds “It did not work”.')).toBe('Darin ist „It did not work“.');
});

test('refusals, fields and failures speak the language', async () => {
  await current.speak('de');
  const error = new ApiError(422, 'invalid', 'Some fields need another look.', [
    { field: 'name', message: 'At least 8 characters, please.' },
  ]);
  expect(problem(error)).toBe('Einige Felder brauchen noch einen Blick.');
  expect(fields(error)).toEqual({ name: 'Mindestens 8 Zeichen, bitte.' });
  expect(spoken('Invalid Phone Number.')).toBe('Ungültige Telefonnummer.');
  expect(spoken('Connected')).toBe('Verbunden');
  expect(saidBy({ code: '401', text: 'Unauthorized.' })).toBe('Unauthorized.');
  expect(saidBy({ code: null, text: 'It took too long.' })).toBe('Es hat zu lange gedauert.');
  const failure = { code: '20003', text: 'Unknown' } as ApiError['failure'];
  const refused = new ApiError(502, 'provider_failed', 'Twilio: Authentication Failed. Unknown.');
  Object.assign(refused, { failure });
  expect(problem(refused)).toBe('Twilio: Anmeldung fehlgeschlagen. Unknown.');
});

test('what nobody translated is English, and a guide is there once it was fetched', async () => {
  await current.speak('de');
  expect(spoken('Quite another sentence.')).toBe('Quite another sentence.');
  const one = generated.guides.twilio[0]!;
  await learnGuides();
  expect(spoken(one)).toBe(guides['./de/guides.json']!.twilio![one]);
});

test('the pseudo-language speaks it too', async () => {
  await current.speak('pseudo');
  expect(spoken('Please sign in.')).toMatch(/^\[.+\]$/);
  expect(spoken('At least 8 characters, please.')).toMatch(/^\[.+8.+\]$/);
});

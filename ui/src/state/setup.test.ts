import { expect, test } from 'vitest';
import { networksOf } from './channel-form.svelte';
import { countryOf } from './dial';
import { addressWith } from './guide';
import { refusals, slowedWords } from './health';
import { invented } from './invented';
import { mark, tiles } from './tiles';
import type { ChannelHealth, Description } from './types';

function provider(id: string, label: string, base_url = `https://${id}.example`): Description {
  return { id, label, base_url, tagline: 'SMS and MMS', medium: 'sms' } as Description;
}

const ALL = [
  provider('twilio', 'Twilio'),
  provider('voicemeup', 'VoiceMeUp'),
  provider('general', 'General API', ''),
  { ...provider('demo', 'Demo', ''), medium: 'demo' as const },
];
const found = (search: string) => {
  const { named, other } = tiles(ALL, search);
  return [named, other].map((list) => list.map(({ id }) => id).join(' '));
};

test('a provider is found by part of its name, however it is written', () => {
  expect(found('')).toEqual(['twilio voicemeup', 'general']);
  expect(found('voice me')).toEqual(['voicemeup', '']);
  expect(found('TWÍL')).toEqual(['twilio', '']);
});

test('who is not found can still connect, and nobody chooses the demo here', () => {
  expect(found('somebody else')).toEqual(['', 'general']);
  expect(found('demo')).toEqual(['', 'general']);
});

test('two letters stand for a logo', () => {
  expect(['Twilio', 'VoiceMeUp', 'General API', 'SIPTRUNK', 'telnyx'].map(mark)).toEqual([
    'Tw',
    'VM',
    'GA',
    'SI',
    'Te',
  ]);
});

test('a number tells its country', () => {
  const cases: [string, string | null][] = [
    ['+12025550123', 'US'],
    ['+14165550123', 'CA'],
    ['+18765550123', 'JM'],
    ['+18005550123', null],
    ['+442071838750', 'GB'],
    ['+4915112345678', 'DE'],
    ['+35315550123', 'IE'],
    ['+99912345678', null],
    ['SHOP', null],
  ];
  for (const [address, country] of cases)
    expect([address, countryOf(address)]).toEqual([address, country]);
});

test('networks are read one a line, or however they were pasted', () => {
  expect(networksOf('192.0.2.0/27\n 198.51.100.7, 2001:db8::/32;\n\n')).toEqual([
    '192.0.2.0/27',
    '198.51.100.7',
    '2001:db8::/32',
  ]);
  expect(networksOf('  ')).toEqual([]);
});

test('a password that is made up is long, and another one each time', () => {
  const some = Array.from({ length: 50 }, invented);
  for (const one of some) expect(one).toMatch(/^[A-Za-z2-9]{24}$/);
  expect(new Set(some).size).toBe(50);
});

test('name and password go into an address so that nothing of them is read as another part', () => {
  expect(addressWith('https://desk.example/x', 'desk bell', "p@s:s/w'")).toBe(
    'https://desk%20bell:p%40s%3As%2Fw%27@desk.example/x',
  );
});

test('a channel that was slowed down says how far', () => {
  expect(slowedWords(null)).toBe('');
  expect(slowedWords(2.8333)).toContain('2.8 a second');
  expect(slowedWords(0)).toContain('Pauses');
});

test('refused webhooks are told with the core’s own words', () => {
  const health = {
    state: 'connected',
    words: 'Connected',
    refused: 3,
    refusals: [] as ChannelHealth['refusals'],
  } as ChannelHealth;
  expect(refusals(health)).toEqual({ count: 3, at: null, why: '', reasons: [] });
  const why = 'The tunnel hides who calls.';
  expect(refusals({ ...health, last_refused_why: why, last_refused_at: 5 })).toMatchObject({
    at: 5,
    why,
  });
});

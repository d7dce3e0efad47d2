import { expect, test } from 'vitest';
import { framing } from '../device/picture';
import { done, type Office } from './checklist.svelte';
import { domainOf, shortName } from './domain';
import { inUnits, toMinutes } from './minutes';
import { isUsual, usual } from './site-defaults';
import { tabOf } from './site-form.svelte';
import { greetingOf, lookOf } from './site-look';
import { ofSite } from './site-samples';
import { browserWords, pageShown, webAddress } from './visitor-facts';
import { pageWord, visitorName } from './visitor-name';

test.each([
  ['https://www.Shop.example/cart?x=1#top', 'www.shop.example'],
  ['  shop.example. ', 'shop.example'],
  ['*.shop.example', '*.shop.example'],
  ['http://user:secret@shop.example:8080/', 'shop.example:8080'],
  ['', ''],
])('%s is meant as the domain %s', (pasted, domain) => {
  expect(domainOf(pasted)).toBe(domain);
});

test('a domain is called by what people know it by', () => {
  expect([shortName('www.shop.example'), shortName('*.shop.example')]).toEqual([
    'shop.example',
    'shop.example',
  ]);
});

test('minutes are told in their largest unit without a rest, and come back as they were', () => {
  for (const minutes of [1, 59, 60, 90, 1440, 2880, 525_600]) {
    const { count, unit } = inUnits(minutes);
    expect(toMinutes(String(count), unit)).toBe(minutes);
  }
  expect([inUnits(90), inUnits(120), inUnits(2880)]).toEqual([
    { count: 90, unit: 'minutes' },
    { count: 2, unit: 'hours' },
    { count: 2, unit: 'days' },
  ]);
  expect(['0', '-1', '1.5', '', 'x'].map((text) => toMinutes(text, 'hours'))).toEqual(
    Array(5).fill(null),
  );
});

test('usual texts are known in every language, others are somebody’s own', () => {
  expect(usual('closed', 'auto')).toBe(usual('closed', 'en'));
  for (const language of ['de', 'es', 'fr', 'pt', 'zh', 'ar']) {
    expect(usual('closed', language)).not.toBe(usual('closed', 'en'));
    expect(isUsual('closed', usual('closed', language))).toBe(true);
  }
  expect(isUsual('closed', 'Bye!')).toBe(false);
});

test('a refused field leads to the tab that shows it', () => {
  expect(
    [
      'domains.0',
      'appearance.colour',
      'messages.pre_chat.fields.1.label',
      'ice_servers.0.urls',
    ].map(tabOf),
  ).toEqual(['basics', 'appearance', 'messages', 'basics']);
});

test('the widget is shown what is asked, and nothing that is kept from visitors', () => {
  const settings = ofSite();
  settings.ice_servers = [{ urls: ['turn:turn.example'], username: 'desk', credential: 'secret' }];
  settings.appearance.logo_file_id = 'f1';
  settings.messages.pre_chat.fields[1]!.show = false;
  const look = lookOf(settings, (id) => `blob:${id}`);
  expect(look.appearance.logo).toBe('blob:f1');
  expect(look.pre_chat.fields.map(({ id }) => id)).toEqual(['name']);
  expect(JSON.stringify(look)).not.toContain('secret');
  expect(JSON.stringify(look)).not.toContain('turn.example');
});

test('who is greeted how depends on whether somebody is there', () => {
  const settings = ofSite();
  expect(greetingOf(settings, 'online')).toBe('Hello! How can we help you?');
  expect(greetingOf(settings, 'holiday')).toBe('We are away, leave us a message!');
  settings.messages.offline_greeting.on = false;
  expect(greetingOf(settings, 'offline')).toBeNull();
});

test('a photo is the middle of a picture, a logo all of it, and nothing is made larger', () => {
  expect(framing(800, 600, 256, 'square')).toEqual({ from: [100, 0, 600, 600], to: [256, 256] });
  expect(framing(100, 50, 256, 'square')).toEqual({ from: [25, 0, 50, 50], to: [50, 50] });
  expect(framing(1024, 256, 256, 'whole')).toEqual({ from: [0, 0, 1024, 256], to: [256, 64] });
  expect(framing(40, 20, 256, 'whole').to).toEqual([40, 20]);
});

test('a visitor without a name is called by the page, or by the end of their id', () => {
  const address = '5A6F0E1D4F2A';
  const name = (page: string | null) => visitorName({ address, page });
  expect(name('/shop/city-bikes.html')).toBe('Visitor · city bikes');
  expect(name('/pricing?plan=2')).toBe('Visitor · pricing');
  expect([name('/'), name(null), name('/index.php')]).toEqual(Array(3).fill('Visitor 4F2A'));
  expect(name('/orders/432fda906bf77c0cd5f754902abb84fd')).toBe('Visitor 4F2A');
  expect(name('/0192f3a1-77aa-7c4e-9d21-5a6f0e1d4f2a')).toBe('Visitor 4F2A');
  expect(pageWord('/%E4%BB%B7%E6%A0%BC')).toBe('价格');
  expect(pageWord('/%E4%BB%')).toBe('%E4%BB%');
  expect(pageWord(`/${'a'.repeat(300)}`)).toHaveLength(40);
});

test('only addresses of the web are links', () => {
  expect(webAddress('https://shop.example/a')).toBe('https://shop.example/a');
  expect(
    ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'shop.example'].map(
      webAddress,
    ),
  ).toEqual(Array(4).fill(null));
});

test('pages and browsers are told as people know them', () => {
  expect(pageShown({ url: 'https://shop.example/a/b', title: ' Prices ' })).toBe('Prices');
  expect(pageShown({ url: 'https://shop.example/', title: '' })).toBe('shop.example');
  expect(pageShown({ url: 'nonsense', title: '' })).toBe('nonsense');
  expect(
    browserWords(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
    ),
  ).toBe('Edge · Windows');
  expect(
    browserWords('Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'),
  ).toBe('Firefox · Linux');
  expect(browserWords('curl 8')).toBe('curl 8');
});

test('a task is behind us when it was really done', () => {
  const health = { last_inbound_at: null } as Office['channels'][number]['health'];
  const office: Office = { coached: [], channels: [], people: 1, devices: ['Chrome on Linux'] };
  const all = (one: Office) =>
    (['demo', 'chat', 'channel', 'colleague', 'phone'] as const).filter((task) => done(task, one));
  expect(all(office)).toEqual([]);
  const site = { provider: 'livechat', state: 'active' as const, health };
  expect(all({ ...office, channels: [site] })).toEqual([]);
  const spoken = { ...site, health: { ...health, last_inbound_at: 1 } };
  const shop = { provider: 'twilio', state: 'active' as const, health };
  expect(
    all({ coached: ['reply'], channels: [spoken, shop], people: 2, devices: ['Chrome, Android'] }),
  ).toEqual(['demo', 'chat', 'channel', 'colleague', 'phone']);
});

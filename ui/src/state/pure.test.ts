import { expect, test } from 'vitest';
import { backoff } from '../api/events';
import { readError, withQuery } from '../api/client';
import { due } from './coach.svelte';
import { deviceName } from './desk.svelte';
import { hostOf, parts } from './guide';
import { combination } from './combination';
import { readPreferences } from './me.svelte';
import { address, parse } from './route.svelte';
import { spanOf } from './span';
import { story } from './story';
import { message } from './samples';

test('an address of a page survives the way there and back', () => {
  const hash = address(['inbox', 'recent', 'a/b c'], { queue: 'q1', q: 'ü & co', channel: null });
  const place = parse(hash);
  expect(place.parts).toEqual(['inbox', 'recent', 'a/b c']);
  expect([place.query.get('queue'), place.query.get('q'), place.query.get('channel')]).toEqual([
    'q1',
    'ü & co',
    null,
  ]);
  expect(parse('').parts).toEqual([]);
});

test('the line waits longer each time, up to 15 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => backoff(attempt, 0.5))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
  expect(backoff(1, 0)).toBe(400);
  expect(backoff(1, 1)).toBe(600);
});

test('the core’s error is read, and a proxy’s page is not taken for one', () => {
  const error = readError(429, '{"code":"locked_out","message":"Wait.","retry_after":30}');
  expect([error.code, error.message, error.retryAfter]).toEqual(['locked_out', 'Wait.', 30]);
  const fields = readError(
    422,
    '{"code":"invalid","message":"No.","fields":[{"field":"name","message":"Empty."}]}',
  );
  expect(fields.fields).toEqual([{ field: 'name', message: 'Empty.' }]);
  expect(readError(502, '<html>').code).toBe('internal');
});

test('what is empty is not asked', () => {
  expect(withQuery('/sessions', { folder: 'mine', q: '', queue: null, limit: 40 })).toBe(
    '/sessions?folder=mine&limit=40',
  );
});

test('coach marks come one after another and never twice', () => {
  const scene = { coached: [] as string[], spoken: false, session: null, me: 'me' };
  const mine = { owner_id: 'me', messages_out: 0 };
  expect(due(scene)).toBe('write');
  expect(due({ ...scene, coached: ['write'] })).toBeNull();
  expect(due({ ...scene, coached: ['write'], spoken: true })).toBe('pick-up');
  const picked = { ...scene, coached: ['write', 'pick-up'], spoken: true, session: mine };
  expect(due(picked)).toBe('reply');
  expect(due({ ...picked, session: { owner_id: 'ana', messages_out: 0 } })).toBeNull();
  const replied = {
    ...picked,
    coached: ['write', 'pick-up', 'reply'],
    session: { ...mine, messages_out: 1 },
  };
  expect(due(replied)).toBe('done');
  expect(due({ ...replied, coached: ['write', 'pick-up', 'reply', 'done'] })).toBeNull();
});

test('a device calls itself by program and system', () => {
  expect(deviceName('Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537')).toBe(
    'Chrome on Linux',
  );
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130')).toBe(
    'Edge on Windows',
  );
  expect(deviceName('something')).toBe('Browser');
});

test('a provider’s step shows what is bold and where our address goes', () => {
  expect(parts('Open **Numbers** and enter {webhook_url} there.')).toEqual([
    { kind: 'text', text: 'Open ' },
    { kind: 'bold', text: 'Numbers' },
    { kind: 'text', text: ' and enter ' },
    { kind: 'webhook', text: '' },
    { kind: 'text', text: ' there.' },
  ]);
});

test('what is to be copied stands apart in a step', () => {
  expect(parts('Enter `+12025550123` under **From**')).toEqual([
    { kind: 'text', text: 'Enter ' },
    { kind: 'code', text: '+12025550123' },
    { kind: 'text', text: ' under ' },
    { kind: 'bold', text: 'From' },
  ]);
  expect(hostOf('https://portal.telnyx.com/#/app')).toBe('portal.telnyx.com');
});

test('keys are named by character, with Shift only for letters and long names', () => {
  const key = (init: KeyboardEventInit) => combination(new KeyboardEvent('keydown', init));
  expect(key({ key: 'E', shiftKey: true })).toBe('Shift+e');
  expect(key({ key: '?', shiftKey: true })).toBe('?');
  expect(key({ key: 'k', metaKey: true })).toBe('Ctrl+k');
  expect(key({ key: 'Enter', shiftKey: true })).toBe('Shift+Enter');
});

test('preferences that do not fit fall back', () => {
  const odd = readPreferences({ theme: 'pink', density: 3, coached: ['write', 7], sound: false });
  expect(odd).toMatchObject({
    theme: 'system',
    density: 'default',
    coached: ['write'],
    sound: false,
    notifications: true,
  });
});

test('spans are whole days, and the last day of a custom span is part of it', () => {
  const noon = new Date(2026, 4, 14, 12).getTime();
  const midnight = (day: number) => new Date(2026, 4, day).getTime();
  expect(spanOf('today', '', '', noon)).toEqual({ from: midnight(14) });
  expect(spanOf('week', '', '', noon)).toEqual({ from: midnight(8) });
  expect(spanOf('custom', '2026-05-01', '2026-05-03', noon)).toEqual({
    from: midnight(1),
    to: midnight(4),
  });
  expect(spanOf('custom', '', '', noon)).toEqual({ from: undefined, to: undefined });
});

test('the timeline speaks of me as You', () => {
  const event = message(1, {
    kind: 'event',
    author_id: 'u1',
    author_name: 'Ana',
    event: { kind: 'picked_up', from: 'Sales' },
  });
  expect(story(event, 'u1')).toBe('You picked up this session from Sales');
  expect(story(event, 'u2')).toBe('Ana picked up this session from Sales');
  const ended = message(2, { kind: 'event', event: { kind: 'ended', by: 'silence' } });
  expect(story(ended, 'u1')).toBe('Ended because nobody wrote');
});

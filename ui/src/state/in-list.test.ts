import { beforeEach, expect, test, vi } from 'vitest';
import { open } from './alerts.svelte';
import type { Composing } from './composing.svelte';
import { goInList, goToOldest, hrefInList } from './in-list';
import { route } from './route.svelte';
import { session } from './samples';
import { sendAnd } from './sending';
import { sessions } from './sessions.svelte';
import type { Session } from './types';

const IN_VIEW = '?label=l1&unread=1&sort=waiting&view=v1';
let rows: Session[] = [];
let asked = '';

beforeEach(async () => {
  rows = [session('s1'), session('s2'), session('s3')];
  vi.stubGlobal('fetch', async (address: string) => {
    asked = new URL(address).search;
    return new Response(JSON.stringify({ sessions: rows, next: null, event_seq: 1 }));
  });
  route.replace(['inbox', 'unowned'], { view: 'v1' });
  const filter = { labels: ['l1'], unread: true };
  await sessions.show({ folder: 'unowned', filter, sort: 'waiting', view: 'v1' });
  sessions.open('s2');
});

const composing = (note = false) =>
  ({ session: session('s2'), note, send: () => true }) as unknown as Composing;

test('every way to a session and back keeps filter, order and view', () => {
  goInList('s3');
  expect(location.hash).toBe(`#/inbox/unowned/s3${IN_VIEW}`);
  goInList(null);
  expect(location.hash).toBe(`#/inbox/unowned${IN_VIEW}`);
  expect(hrefInList('s1')).toBe(`#/inbox/unowned/s1${IN_VIEW}`);
  open('s1');
  expect(location.hash).toBe(`#/inbox/unowned/s1${IN_VIEW}`);
});

test('a notification leads back from another page into the list that was chosen', () => {
  route.replace(['settings', 'account']);
  open('s1');
  expect(location.hash).toBe(`#/inbox/unowned/s1${IN_VIEW}`);
});

test('sending and going on stays in the view, a note stays where it is', () => {
  sendAnd(composing(), { then: 'next' });
  expect(location.hash).toBe(`#/inbox/unowned/s3${IN_VIEW}`);
  route.replace(['inbox', 'unowned', 's2'], { view: 'v1' });
  sendAnd(composing(), { then: 'archive' });
  expect(location.hash).toBe(`#/inbox/unowned/s3${IN_VIEW}`);
  const before = location.hash;
  sendAnd(composing(true), { then: 'next' });
  expect(location.hash).toBe(before);
});

test('the oldest is who has waited longest, not the first row of a narrowed list', async () => {
  rows = [session('s9')];
  await goToOldest();
  expect(asked).toBe('?folder=unowned&sort=waiting&limit=1');
  expect(location.hash).toBe('#/inbox/unowned/s9');
  rows = [session('s3')];
  await goToOldest();
  expect(location.hash).toBe(`#/inbox/unowned/s3${IN_VIEW}`);
  rows = [];
  await goToOldest();
  expect(location.hash).toBe('#/inbox/unowned');
});

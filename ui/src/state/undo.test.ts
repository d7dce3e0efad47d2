import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acts } from './acts.svelte';
import { session } from './samples';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';
import { undo } from './undo';

/** What was asked of the core: the operation and its sessions, or the path. */
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    if (path !== '/sessions/bulk') {
      if (init.method === 'POST') asked.push(path.replace('/sessions/', ''));
      const id = path.split('/')[2] ?? 's1';
      return new Response(JSON.stringify(session(id)));
    }
    const { operation, ids } = JSON.parse(String(init.body)) as {
      operation: { kind: string; until?: number };
      ids: string[];
    };
    asked.push(`${operation.kind} ${ids.join(' ')}`);
    return new Response(JSON.stringify({ results: ids.map((id) => ({ id, refused: null })) }));
  });
  for (const id of ['s1', 's2']) sessions.known.set(id, session(id));
});
afterEach(() => {
  undo.clear();
  toasts.list = [];
  sessions.clear();
  vi.useRealTimers();
});

const titles = () => toasts.list.map((toast) => toast.title);

test('the newest deed is taken back first, then the one before', async () => {
  await acts.does('archive', ['s1']);
  await acts.snooze(['s2'], null);
  asked = [];
  await undo.last();
  expect(asked).toEqual(['wake s2']);
  expect(titles()).toContain('Taken back: Snoozed until the customer replies');
  await undo.last();
  expect(asked).toEqual(['wake s2', 'undo s1']);
  expect(titles()).toContain('Taken back: Archived');
  await undo.last();
  expect(titles()).toContain('There is nothing to take back.');
});

test('what shows no card is taken back as well, and not what was done before it', async () => {
  await acts.does('archive', ['s1']);
  await acts.does('mute', ['s2']);
  asked = [];
  await undo.last();
  expect(asked).toEqual(['unmute s2']);
  expect(titles()).toContain('Taken back: Mute');
});

test('a session that was woken sleeps again for as long as before', async () => {
  sessions.known.set('s1', session('s1', { snoozed: true, snoozed_until: 99_000 }));
  await acts.does('wake', ['s1']);
  asked = [];
  const bodies: unknown[] = [];
  const real = fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.body) bodies.push(JSON.parse(String(init.body)));
    return real(url, init);
  });
  await undo.last();
  expect(bodies).toContainEqual({ ids: ['s1'], operation: { kind: 'snooze', until: 99_000 } });
});

test('picking up and taking over offer to be taken back', async () => {
  for (const [verb, title] of [
    ['pick-up', 'Picked up'],
    ['take-over', 'Taken over'],
  ] as const) {
    await acts.does(verb, ['s1']);
    expect(toasts.list.at(-1)).toMatchObject({ title, act: { label: 'Undo' } });
    asked = [];
    toasts.list.at(-1)?.act?.run();
    await vi.waitFor(() => expect(asked).toEqual(['undo s1']));
  }
});

test('the button of a card and the key are one: what it took back is not taken back twice', async () => {
  await acts.does('archive', ['s1']);
  toasts.list.at(-1)?.act?.run();
  await vi.waitFor(() => expect(titles()).toContain('Taken back: Archived'));
  asked = [];
  await undo.last();
  expect(asked).toEqual([]);
});

test('after ten seconds nothing is taken back', async () => {
  vi.useFakeTimers();
  undo.remember('Archived', async () => true);
  vi.advanceTimersByTime(10_001);
  await undo.last();
  expect(titles()).toEqual(['There is nothing to take back.']);
});

test('the same words twice are one card; another session is another', () => {
  toasts.bad('You could not pick it up', 'Ana has it.');
  toasts.bad('You could not pick it up', 'Ana has it.');
  expect(toasts.list).toHaveLength(1);
  toasts.show({ title: 'Maria is waiting', about: 's1', session: 's1', kind: 'unowned' });
  toasts.show({ title: 'Maria is waiting', about: 's2', session: 's2', kind: 'unowned' });
  expect(toasts.list).toHaveLength(3);
  toasts.dropOf('s1');
  expect(toasts.list.map((toast) => toast.session)).toEqual([undefined, 's2']);
  toasts.dropOf('s2', (kind) => kind === 'transfer');
  expect(toasts.list).toHaveLength(2);
});

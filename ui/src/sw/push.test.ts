import { expect, test, vi } from 'vitest';
import { words } from '../state/push-words';
import { listen, notification, placeOf, told } from './push';
import type { Page, Scope } from './scope';

const mine = { kind: 'mine', session_id: 's1', name: 'Maria', text: 'Is it ready?', badge: 2 };

test('a push says who wrote and what, and stands in the place of the one before', () => {
  const shown = notification(mine, words());
  expect(shown?.title).toBe('Maria');
  expect(shown?.options).toMatchObject({
    body: 'Is it ready?',
    tag: 's1',
    data: { session: 's1', kind: 'mine' },
  });
  expect(shown?.options.actions?.map((one) => one.action)).toEqual(['reply', 'snooze']);
  const waiting = notification({ ...mine, kind: 'unowned', pick_up: true }, words());
  expect(waiting?.title).toBe('Maria is waiting');
  expect(waiting?.options.actions?.map((one) => one.title)).toEqual([
    'Pick up',
    'Snooze 20 min',
    'Reply',
  ]);
});

test('without name and text it says only that there is something', () => {
  const shown = notification({ kind: 'mine', session_id: 's1' }, words());
  expect([shown?.title, shown?.options.body]).toEqual(['A new message for you', '']);
});

test('a file without words is called a file, a test is called a test', () => {
  expect(notification({ ...mine, text: undefined }, words())?.options.body).toBe('Sent a file');
  const test = notification({ kind: 'transfer', test: true }, words());
  expect(test?.options.body).toBe('A customer’s message would be here.');
});

test('what is over, and what is nonsense, shows nothing', () => {
  expect(notification({ kind: 'over', session_id: 's1' }, words())).toBeNull();
  expect([told(undefined), told('{'), told('7'), told('{"kind":7}')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('a click leads to the session, or where its cause is', () => {
  expect(placeOf('s1', 'mine')).toBe('#/inbox/recent/s1');
  expect(placeOf(null, 'channel_down')).toBe('#/settings/channels');
  expect(placeOf(null, 'mine')).toBe('#/inbox/recent');
});

/** A worker of whose browser only what a test looks at is there. */
function worker(pages: Page[]) {
  const heard: Record<string, (event: unknown) => void> = {};
  const shown: { close: () => void; tag: string }[] = [];
  const scope = {
    registration: {
      showNotification: vi.fn(async () => undefined),
      getNotifications: vi.fn(async ({ tag }: { tag: string }) =>
        shown.filter((one) => one.tag === tag),
      ),
    },
    clients: { matchAll: async () => pages, openWindow: vi.fn(async () => null) },
    addEventListener: (kind: string, run: (event: unknown) => void) => (heard[kind] = run),
  };
  const kept = new Map<string, Response>();
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (place: string) => kept.get(place),
      put: async (place: string, what: Response) => void kept.set(place, what),
    }),
  });
  listen(scope as unknown as Scope);
  const fire = async (kind: string, event: object) => {
    let work: Promise<unknown> = Promise.resolve();
    heard[kind]?.({ ...event, waitUntil: (promise: Promise<unknown>) => (work = promise) });
    await work;
  };
  return { scope, shown, fire, kept };
}

test('the worker shows a push, and closes what was read elsewhere', async () => {
  const { scope, shown, fire } = worker([]);
  await fire('push', { data: { text: () => JSON.stringify(mine) } });
  expect(scope.registration.showNotification).toHaveBeenCalledTimes(1);
  const old = { close: vi.fn(), tag: 's1' };
  const other = { close: vi.fn(), tag: 's2' };
  shown.push(old, other);
  const over = JSON.stringify({ kind: 'over', session_id: 's1' });
  await fire('push', { data: { text: () => over } });
  expect([old.close, other.close].map((close) => close.mock.calls.length)).toEqual([1, 0]);
  expect(scope.registration.showNotification).toHaveBeenCalledTimes(1);
});

test('a click goes to an open page, or opens one', async () => {
  const note = { close: vi.fn(), data: { session: 's1', kind: 'unowned' } };
  const page = { id: 'p1', focused: false, focus: vi.fn(async () => null), postMessage: vi.fn() };
  const open = worker([page]);
  await open.fire('notificationclick', { notification: note, action: 'pick-up' });
  const pressed = { type: 'deed', session: 's1', deed: 'pick-up' };
  expect(page.postMessage).toHaveBeenLastCalledWith(pressed);
  expect(page.focus).toHaveBeenCalledTimes(1);
  await open.fire('notificationclick', { notification: note, action: 'snooze' });
  expect(page.postMessage).toHaveBeenLastCalledWith({ ...pressed, deed: 'snooze' });
  expect(page.focus, 'what is put aside brings no window up').toHaveBeenCalledTimes(1);
  await open.fire('notificationclick', { notification: note, action: 'erase' });
  const place = { type: 'go', place: '#/inbox/recent/s1' };
  expect(page.postMessage).toHaveBeenLastCalledWith(place);
  expect(open.scope.clients.openWindow).not.toHaveBeenCalled();
  const closed = worker([]);
  await closed.fire('notificationclick', { notification: note, action: '' });
  expect(closed.scope.clients.openWindow).toHaveBeenCalledWith('./#/inbox/recent/s1');
  expect(note.close).toHaveBeenCalledTimes(4);
});

test('a page that has to be opened finds what was pressed under a key of its own', async () => {
  const note = { close: vi.fn(), data: { session: 's1', kind: 'unowned' } };
  const { scope, fire, kept } = worker([]);
  await fire('notificationclick', { notification: note, action: 'snooze' });
  const left = (await kept.get('/deed')?.json()) as Record<string, string>;
  expect(left).toMatchObject({ session: 's1', deed: 'snooze' });
  expect(left.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(scope.clients.openWindow).toHaveBeenCalledWith(
    `./#/inbox/recent/s1?do=snooze&key=${left.key}`,
  );
});

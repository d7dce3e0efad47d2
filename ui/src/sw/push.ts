/**
 * Push in the worker: shows what the desk told, takes away what is over, and brings the person to
 * the session. Pure functions decide; the listeners below only do.
 */
import type { Scope } from './scope';
import { CACHE, PLACE, type Words } from './words';

/** What the desk sends, opened by the browser. */
export interface Told {
  kind: string;
  session_id?: string;
  name?: string;
  text?: string;
  pick_up?: boolean;
  badge?: number;
  test?: boolean;
}

export interface Shown {
  title: string;
  options: NotificationOptions & {
    actions?: { action: string; title: string }[];
    renotify?: boolean;
  };
}

/** For a worker whose page never handed it words. */
const PLAIN: Words = {
  titles: {},
  hidden: {},
  file: '',
  test: '',
  open: 'Open',
  pick_up: 'Pick up',
};

/** What a push looks like; `null`: it shows nothing. */
export function notification(told: Told, words: Words): Shown | null {
  if (told.kind === 'over') return null;
  const named = words.titles[told.kind]?.replace('{name}', told.name ?? '');
  const hidden = words.hidden[told.kind] ?? 'Deskbell';
  const actions = [{ action: 'open', title: words.open }];
  if (told.pick_up) actions.push({ action: 'pick-up', title: words.pick_up });
  const body = told.test ? words.test : (told.text ?? (told.name ? words.file : ''));
  return {
    title: told.name && named ? named : hidden,
    options: {
      body,
      tag: told.session_id ?? told.kind,
      renotify: true,
      icon: './icon.svg',
      data: { session: told.session_id ?? null, kind: told.kind },
      actions: told.session_id ? actions : [],
    },
  };
}

/** The address inside the page that a click leads to. */
export function placeOf(session: string | null, kind: string, action: string): string {
  if (!session) return kind === 'channel_down' ? '#/settings/channels' : '#/inbox/recent';
  const act = action === 'pick-up' ? '?do=pick-up' : '';
  return `#/inbox/recent/${session}${act}`;
}

export function told(data: string | undefined): Told | null {
  try {
    const parsed = JSON.parse(data ?? '') as Told;
    return typeof parsed.kind === 'string' ? parsed : null;
  } catch {
    return null;
  }
}

async function words(): Promise<Words> {
  const kept = await (await caches.open(CACHE)).match(PLACE);
  return kept ? ((await kept.json()) as Words) : PLAIN;
}

interface Badged {
  setAppBadge?: (count: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
}

async function count(badge: number | undefined): Promise<void> {
  if (badge === undefined) return;
  const icon = navigator as Badged;
  await (badge > 0 ? icon.setAppBadge?.(badge) : icon.clearAppBadge?.());
}

async function show(worker: Scope, data: string | undefined): Promise<void> {
  const what = told(data);
  if (!what) return;
  await count(what.badge).catch(() => undefined);
  const shown = notification(what, await words());
  if (shown) return worker.registration.showNotification(shown.title, shown.options);
  for (const one of await worker.registration.getNotifications({ tag: what.session_id ?? '' })) {
    one.close();
  }
}

/** An open page is brought to the front and led there; else one is opened. */
async function go(worker: Scope, place: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.focused) ?? pages[0];
  if (!page) return void (await worker.clients.openWindow(`./${place}`));
  page.postMessage({ type: 'go', place });
  await page.focus().catch(() => page);
}

export function listen(worker: Scope): void {
  worker.addEventListener('push', (event) => {
    event.waitUntil(show(worker, event.data?.text()));
  });
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    const { session, kind } = event.notification.data as { session: string | null; kind: string };
    event.waitUntil(go(worker, placeOf(session, kind, event.action)));
  });
}

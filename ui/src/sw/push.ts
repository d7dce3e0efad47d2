/**
 * Push in the worker: shows what the desk told, takes away what is over, and brings the person to
 * the session. Pure functions decide; the listeners below only do.
 */
import { newKey } from '../device/key';
import type { Scope } from './scope';
import { CACHE, DEED, isDeed, PLACE, type Deed, type Words } from './words';

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
  pick_up: 'Pick up',
  reply: 'Reply',
  snooze: 'Snooze 20 min',
};

/** What a notification keeps for its click. */
interface Clicked {
  session: string | null;
  kind: string;
}

/** What a push looks like; `null`: it shows nothing. */
export function notification(told: Told, words: Words): Shown | null {
  if (told.kind === 'over') return null;
  const named = words.titles[told.kind]?.replace('{name}', told.name ?? '');
  const hidden = words.hidden[told.kind] ?? 'Deskbell';
  // Browsers show two at most: a click on the notification itself opens the session.
  const actions: { action: Deed; title: string }[] = [
    told.pick_up
      ? { action: 'pick-up', title: words.pick_up }
      : { action: 'reply', title: words.reply },
    { action: 'snooze', title: words.snooze },
  ];
  if (told.pick_up) actions.push({ action: 'reply', title: words.reply });
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
export function placeOf(session: string | null, kind: string): string {
  if (!session) return kind === 'channel_down' ? '#/settings/channels' : '#/inbox/recent';
  return `#/inbox/recent/${session}`;
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

/**
 * An open page is told what was pressed; else one is opened. Anybody can write an address, so that
 * what was pressed is left where only this desk's pages and this worker reach, under a key.
 */
async function go(worker: Scope, clicked: Clicked, action: string): Promise<void> {
  const place = placeOf(clicked.session, clicked.kind);
  const deed = clicked.session && isDeed(action) ? action : null;
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.focused) ?? pages[0];
  if (page) {
    page.postMessage(
      deed ? { type: 'deed', session: clicked.session, deed } : { type: 'go', place },
    );
    // What is put aside needs no window before one's eyes.
    if (deed !== 'snooze') await page.focus().catch(() => page);
    return;
  }
  if (!deed) return void (await worker.clients.openWindow(`./${place}`));
  const key = newKey();
  const left = JSON.stringify({ key, session: clicked.session, deed });
  await (await caches.open(CACHE)).put(DEED, new Response(left));
  await worker.clients.openWindow(`./${place}?do=${deed}&key=${key}`);
}

export function listen(worker: Scope): void {
  worker.addEventListener('push', (event) => {
    event.waitUntil(show(worker, event.data?.text()));
  });
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(go(worker, event.notification.data as Clicked, event.action));
  });
}

/**
 * Tells of new messages: toast, sound, and the system's notification. A session that is on the
 * screen and in focus makes no noise. Unowned sessions ring again until someone has them.
 */
import { notify, onDesktop, setUnread } from '../api/desktop';
import { t } from '../i18n';
import { shownNumber } from '../i18n/phone';
import { me } from './me.svelte';
import { route } from './route.svelte';
import { sessions } from './sessions.svelte';
import { ring } from './sound';
import { toasts } from './toasts.svelte';
import type { DeskEvent, Session } from './types';

type Added = Extract<DeskEvent, { kind: 'message_added' }>;

const AGAIN = 30_000;
const LONGEST = 10 * 60_000;

/** Whether the bell rings again for those who wait: every 30 s, for 10 minutes at most. */
export function ringsAgain(waitingSince: number | null, available: boolean, at: number): boolean {
  if (waitingSince === null || !available) return false;
  const waited = at - waitingSince;
  return waited >= AGAIN && waited <= LONGEST;
}

export function open(session: string): void {
  const folder = sessions.query.folder;
  route.go(['inbox', folder, session]);
}

class Alerts {
  permission = $state<NotificationPermission>(
    'Notification' in globalThis ? Notification.permission : 'denied',
  );
  readonly onDesktop = onDesktop;

  constructor() {
    setInterval(() => this.#again(), AGAIN);
  }

  /** Asks the browser; the desktop window may always notify. */
  async ask(): Promise<void> {
    if ('Notification' in globalThis) this.permission = await Notification.requestPermission();
  }

  async test(): Promise<void> {
    if (!onDesktop && this.permission === 'default') await this.ask();
    await this.#tell(t('alert.test_title'), t('alert.test_text'), '', true);
  }

  ring(): void {
    void ring();
  }

  async heard(event: Added): Promise<void> {
    if (event.message_kind !== 'message' || event.direction !== 'in') return;
    const mine = event.owner_id === me.id;
    const waits = event.owner_id == null && me.queues.includes(event.queue_id ?? '');
    if (!mine && !waits) return;
    if (waits && me.presence !== 'available') return;
    if (document.hasFocus() && sessions.currentId === event.session_id) return;
    const session = await sessions.fetch(event.session_id);
    if (!session) return;
    const title = waits ? t('alert.unowned', { name: who(session) }) : who(session);
    await this.#tell(title, session.preview || t('alert.file'), session.id, false);
  }

  async #tell(title: string, text: string, session: string, test: boolean): Promise<void> {
    const act = session ? { label: t('action.open'), run: () => open(session) } : undefined;
    toasts.show({ title, text, act, about: session || undefined });
    if (me.preferences.sound || test) void ring();
    if (!me.preferences.notifications && !test) return;
    if (document.hasFocus() && !test) return;
    // Where the system shows none, the toast has to do.
    if (onDesktop) await notify(title, text, session).catch(() => undefined);
    else this.#browser(title, text, session);
  }

  #browser(title: string, text: string, session: string): void {
    if (this.permission !== 'granted') return;
    const note = new Notification(title, { body: text, tag: session || 'test' });
    note.onclick = () => {
      window.focus();
      if (session) open(session);
      note.close();
    };
  }

  #again(): void {
    const since = sessions.counts.unowned > 0 ? (sessions.counts.unowned_since ?? null) : null;
    const available = me.signedIn && me.presence === 'available' && me.preferences.sound;
    if (ringsAgain(since, available, Date.now())) void ring();
  }

  /** The title and the badge carry the count. Call once, in an effect root. */
  follow(business: () => string): void {
    $effect(() => {
      const count = me.signedIn ? sessions.counts.unread + sessions.counts.unowned : 0;
      const name = business() ? `${business()} · ${t('app.name')}` : t('app.name');
      document.title = count > 0 ? `(${count}) ${name}` : name;
      void setUnread(count).catch(() => undefined);
    });
  }
}

/** The name of a customer, or their number. */
export function who(session: Pick<Session, 'contact_name' | 'address'>): string {
  return session.contact_name || shownNumber(session.address);
}

export const alerts = new Alerts();

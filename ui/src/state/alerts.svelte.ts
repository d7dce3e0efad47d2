/**
 * Tells of what happens: toast, sound, the edge of the page and the system's notification, as the
 * person wants it (alert-rules decides). Sessions that wait ring again until someone has them.
 */
import { untrack } from 'svelte';
import {
  notify,
  onAnswer,
  onButton,
  onDesktop,
  setUnread,
  type NotificationButton,
} from '../api/desktop';
import { spoken, t } from '../i18n';
import { shownNumber } from '../i18n/phone';
import { notification } from '../sw/push';
import { isDeed } from '../sw/words';
import {
  decide,
  decideAgain,
  isQuiet,
  rowOf,
  settled,
  TICK,
  type Deed,
  type Whereabouts,
} from './alert-rules';
import { alertSettings } from './alert-settings.svelte';
import { attention } from './attention.svelte';
import { deeds } from './deeds.svelte';
import { goInList } from './in-list';
import { me } from './me.svelte';
import { channels } from './nouns.svelte';
import { push } from './push.svelte';
import { ringing } from './ringing.svelte';
import { keepWords, words } from './push-words';
import { route } from './route.svelte';
import { sessions } from './sessions.svelte';
import { ring } from './sound';
import { toasts } from './toasts.svelte';
import { isVisit, visitorName, type Nameless } from './visitor-name';
import type { AlertKind, DeskEvent, Moment, Session } from './types';

type Added = Extract<DeskEvent, { kind: 'message_added' }>;
type Raised = Extract<DeskEvent, { kind: 'alert' }>;

const FLASH = 2_500;

export function open(session: string): void {
  goInList(session);
}

/** What an alert says, and where it leads. */
interface Message {
  kind: AlertKind;
  name: string;
  text: string;
  session: Session | null;
  go: () => void;
}

class Alerts {
  permission = $state<NotificationPermission>(
    'Notification' in globalThis ? Notification.permission : 'denied',
  );
  /** Lights up the edge of the page. */
  flashing = $state(false);
  readonly onDesktop = onDesktop;
  #dark: ReturnType<typeof setTimeout> | undefined;
  /** When the bell last rang again for each queue. */
  #rung = new Map<string, number>();

  constructor() {
    setInterval(() => this.#again(), TICK);
  }

  /** Asks the browser; the desktop window may always notify. */
  async ask(): Promise<void> {
    if ('Notification' in globalThis) this.permission = await Notification.requestPermission();
  }

  /** Shows and rings once, whatever was chosen. */
  async test(): Promise<void> {
    if (!onDesktop && this.permission === 'default') await this.ask();
    const [title, text] = [t('alert.test_title'), t('alert.test_text')];
    toasts.show({ title, text });
    void ring(rowOf(alertSettings.value, 'mine').sound);
    await this.#system('test', title, text, []);
  }

  /** Does what a row says for a moment, now: an alert that differs from a real one by its name. */
  async testRow(kind: AlertKind, moment: Moment): Promise<void> {
    const row = rowOf(alertSettings.value, kind);
    if (!onDesktop && row.system.includes(moment) && this.permission === 'default') {
      await this.ask();
    }
    const deed = this.#deed(kind, moment, null, false, true);
    const go = () => undefined;
    const text = t('alert.test_text');
    await this.#do(deed, { kind, name: t('alert.sample_name'), text, session: null, go });
    if (row.push.includes(moment) && push.on) await push.test(kind);
  }

  /** A customer wrote. */
  async heard(event: Added): Promise<void> {
    if (event.message_kind !== 'message' || event.direction !== 'in') return;
    const waits = event.owner_id == null && me.queues.includes(event.queue_id ?? '');
    if (event.owner_id !== me.id && !waits) return;
    await this.about(waits ? 'unowned' : 'mine', event.session_id, event.queue_id ?? null);
  }

  /** The desk calls something an alert. */
  async raised(event: Raised): Promise<void> {
    if (event.session_id) return this.about(event.alert, event.session_id);
    if (event.alert !== 'channel_down' || !event.channel_id) return;
    const id = event.channel_id;
    const channel = channels.list.find((one) => one.id === id);
    const deed = this.#deed('channel_down', attention.whereabouts(null), null, false, false);
    const go = () => route.go(['settings', 'channels', ...(me.mayAdminister ? [id] : [])]);
    const text = spoken(channel?.health.detail ?? '');
    await this.#do(deed, {
      kind: 'channel_down',
      name: channel?.name ?? '',
      text,
      session: null,
      go,
    });
  }

  /** Something happened in a session, in a queue where it waits. */
  async about(kind: AlertKind, id: string, queue: string | null = null): Promise<void> {
    const where = attention.whereabouts(id);
    if (!worthAsking(this.#deed(kind, where, queue, false, false))) return;
    const session = await sessions.fetch(id);
    if (!session || session.blocked || settled(kind, session.owner_id ?? null, me.id)) return;
    const waiting = kind === 'unowned' ? (queue ?? session.queue_id ?? null) : null;
    // It may have been opened meanwhile.
    const now = attention.whereabouts(id);
    const deed = this.#deed(kind, now, waiting, isMuted(session), false);
    const text = session.preview || t('alert.file');
    await this.#do(deed, { kind, name: who(session), text, session, go: () => open(id) });
  }

  /** A visitor calls: who does not look at this page is told by the system. */
  called(session: string, title: string, text: string): void {
    const quiet = isQuiet(alertSettings.value, me.presence, Date.now());
    if (document.hasFocus() || quiet || !me.preferences.notifications) return;
    void this.#system(session, alertSettings.value.private ? text : title, text, [], session);
  }

  #deed(
    kind: AlertKind,
    whereabouts: Whereabouts,
    queue: string | null,
    muted: boolean,
    test: boolean,
  ): Deed {
    return decide(
      test
        ? { ...alertSettings.value, quiet_presence: [], quiet_hours: null }
        : alertSettings.value,
      {
        kind,
        whereabouts,
        presence: test ? 'available' : me.presence,
        queue,
        muted,
        now: Date.now(),
        sounds: me.preferences.sound,
        notifications: me.preferences.notifications,
      },
    );
  }

  async #do(deed: Deed, message: Message): Promise<void> {
    const { kind, session } = message;
    const hidden = alertSettings.value.private;
    const told = {
      kind,
      ...(session ? { session_id: session.id, pick_up: session.permits.pick_up } : {}),
      ...(hidden ? {} : { name: message.name, text: message.text }),
    };
    const shown = notification(told, words());
    if (!shown) return;
    const body = shown.options.body ?? '';
    // What is on the screen needs no card over it.
    if (deed.toast && (session === null || session.id !== sessions.currentId)) {
      const act =
        session || kind === 'channel_down'
          ? { label: t('action.open'), run: message.go }
          : undefined;
      const about = { about: session?.id, session: session?.id, kind };
      toasts.show({ title: shown.title, text: body, act, ...about });
    }
    if (deed.ring) void ring(deed.ring, deed.soft);
    if (deed.flash) this.#flash();
    if (deed.system) {
      const buttons = (shown.options.actions ?? []).map((one) => ({
        id: one.action,
        label: one.title,
        quiet: one.action === 'snooze',
      }));
      await this.#system(
        session?.id ?? kind,
        shown.title,
        body,
        session ? buttons : [],
        session?.id,
      );
    }
  }

  /** Where the system shows none, the toast has to do. */
  async #system(
    tag: string,
    title: string,
    body: string,
    buttons: NotificationButton[],
    session = '',
  ): Promise<void> {
    if (onDesktop) return notify(title, body, session, buttons).catch(() => undefined);
    if (this.permission !== 'granted') return;
    if (push.registration) {
      // The same place as a push: whichever comes second takes the place of the first.
      const actions = buttons.map((one) => ({ action: one.id, title: one.label }));
      const options = { body, tag, data: { session: session || null, kind: tag }, actions };
      return push.registration.showNotification(title, options).catch(() => undefined);
    }
    const note = new Notification(title, { body, tag });
    note.onclick = () => {
      window.focus();
      if (session) open(session);
      note.close();
    };
  }

  #flash(): void {
    clearTimeout(this.#dark);
    this.flashing = true;
    this.#dark = setTimeout(() => (this.flashing = false), FLASH);
  }

  #again(): void {
    if (!me.signedIn || !alertSettings.value.repeat) return;
    const at = {
      whereabouts: attention.whereabouts(null),
      presence: me.presence,
      now: Date.now(),
      sounds: me.preferences.sound,
      notifications: me.preferences.notifications,
    };
    const deed = decideAgain(alertSettings.value, sessions.counts.waiting, at, this.#rung);
    if (deed.ring) void ring(deed.ring, deed.soft);
    if (deed.flash) this.#flash();
  }

  /** The worker of a notification, or a button of one, leads somewhere. Call once. */
  async listen(): Promise<void> {
    if ('serviceWorker' in navigator) {
      navigator.serviceWorker.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = event.data as Partial<Record<string, string>> | null;
        if (message?.type === 'go' && message.place?.startsWith('#/'))
          location.hash = message.place;
        const { session, deed } = message ?? {};
        if (message?.type === 'deed' && session && deed && isDeed(deed)) {
          void deeds.press(session, deed);
        }
      });
    }
    await onButton((session, button) => {
      if (isDeed(button)) void deeds.press(session, button);
      else open(session);
    }).catch(() => undefined);
    await onAnswer((session, text) => void deeds.answer(session, text)).catch(() => undefined);
  }

  /** Title, badge, and what an address asks for. Call once, in an effect root. */
  follow(business: () => string): void {
    $effect(() => {
      const count = me.signedIn ? counted() + ringing.count : 0;
      const name = business() ? `${business()} · ${t('app.name')}` : t('app.name');
      document.title = ringing.title || (count > 0 ? `(${count}) ${name}` : name);
      void setUnread(count).catch(() => undefined);
      void badge(count).catch(() => undefined);
    });
    $effect(() => {
      const inThisLanguage = words();
      if (push.on) void keepWords(inThisLanguage);
    });
    $effect(() => {
      const session = sessions.currentId;
      attention.at(session);
      if (session) untrack(() => toasts.dropOf(session));
      if (session && document.hasFocus()) void push.seen(session);
    });
    deeds.follow();
  }
}

/** The number for title and icon. */
function counted(): number {
  const { unread, unowned } = sessions.counts;
  const badge = alertSettings.value.badge;
  if (badge === 'nothing') return 0;
  return badge === 'mine' ? unread : unread + unowned;
}

/** An installed page has an icon with a number, where the system shows one. */
async function badge(count: number): Promise<void> {
  const icon = navigator as { setAppBadge?: (count: number) => Promise<void> };
  await icon.setAppBadge?.(count);
}

function worthAsking(deed: Deed): boolean {
  return deed.toast || deed.system || deed.ring !== null || deed.flash;
}

function isMuted(session: Session): boolean {
  return 'muted' in session && session.muted === true;
}

/** The name of a customer, or their number. */
export function who(session: Nameless & Pick<Session, 'contact_name'>): string {
  if (session.contact_name) return session.contact_name;
  return isVisit(session) ? visitorName(session) : shownNumber(session.address);
}

/** What stands for somebody in a disc: of a visitor without a name only the first letter. */
export function face(session: Nameless & Pick<Session, 'contact_name'>): string {
  const name = who(session);
  return session.contact_name || !isVisit(session) ? name : ([...name][0] ?? '');
}

export const alerts = new Alerts();

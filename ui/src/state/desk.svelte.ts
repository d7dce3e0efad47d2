/**
 * The desk as a whole: finds the core, knows whether to set up, sign in or work, follows the
 * events and hands each to the state it concerns.
 */
import * as api from '../api/calls';
import { connection } from '../api/client';
import * as desktop from '../api/desktop';
import { EventLine, type LineState } from '../api/events';
import { t } from '../i18n';
import { alertSettings } from './alert-settings.svelte';
import { addressBook } from './address-book.svelte';
import { settled } from './alert-rules';
import { alerts, open } from './alerts.svelte';
import { attention } from './attention.svelte';
import { contactFields } from './contact-fields.svelte';
import { contactImports } from './contact-imports.svelte';
import { contacts } from './contacts.svelte';
import { deliveries } from './deliveries.svelte';
import { demo } from './demo.svelte';
import { Filling } from './filling';
import { guard } from './guard.svelte';
import { hours } from './hours.svelte';
import { drafts } from './drafts.svelte';
import { kept } from './kept.svelte';
import { labels } from './labels.svelte';
import { me } from './me.svelte';
import { merging } from './merging.svelte';
import { channels, people, queues } from './nouns.svelte';
import { outbox } from './outbox.svelte';
import { panels } from './panels.svelte';
import { quotes } from './quotes.svelte';
import { push } from './push.svelte';
import { code, sentence } from './problem';
import { asked, woke } from './reminders';
import { preview } from './preview.svelte';
import { search } from './search.svelte';
import { ringing } from './ringing.svelte';
import { rooms } from './rooms.svelte';
import { route } from './route.svelte';
import { quickReplies } from './quick-replies.svelte';
import { sessions } from './sessions.svelte';
import { keepPages } from './shell';
import { Soon } from './soon';
import { status } from './status.svelte';
import { starting } from './starting.svelte';
import { threads } from './threads.svelte';
import { toasts } from './toasts.svelte';
import { undo } from './undo';
import { uploads } from './uploads.svelte';
import { views } from './views.svelte';
import { visitors } from './visitors.svelte';
import { adopt } from './waiting';
import type { Desk, DeskEvent, Joining, Setup, SignedIn } from './types';

export type Phase = 'starting' | 'unreachable' | 'damaged' | 'setup' | 'sign-in' | 'ready';

class DeskState {
  phase = $state<Phase>('starting');
  info = $state.raw<Desk | null>(null);
  line = $state<LineState>('connecting');
  problem = $state('');
  host = $state.raw<desktop.Host | null>(null);
  readonly onDesktop = desktop.onDesktop;
  /** Set right after the first run: what to show before the inbox. */
  justSetUp = $state(false);

  #events = new EventLine({
    event: (event) => this.#take(event),
    resync: () => this.#everything(),
    line: (state) => this.#lineIs(state),
    refused: (reason) => {
      if (reason === 'not_signed_in') this.#signedOut(t('sign_in.again'));
    },
    began: () => {
      visitors.takeAll([]);
      rooms.began();
      void ringing.began();
    },
    room: (room) => rooms.take(room),
    rooms: (all) => rooms.takeAll(all),
    visit: (visit) => visitors.take(visit),
    visits: (all) => visitors.takeAll(all),
    call: (frame) => void ringing.take(frame),
    draft: (session, user, note, version) => this.#draft(session, user, note, version),
  });
  #filling = new Filling(() => this.line === 'live' && !document.hidden);
  #pulse: ReturnType<typeof setInterval> | null = null;
  #lists = {
    people: new Soon(() => people.load(), 200, 1000),
    queues: new Soon(() => queues.load(), 200, 1000),
    channels: new Soon(() => channels.load(), 200, 1000),
    labels: new Soon(() => labels.load(), 200, 1000),
    views: new Soon(() => views.load(), 200, 1000),
    me: new Soon(() => me.refresh(), 200, 1000),
    deliveries: new Soon(() => deliveries.load(), 200, 1000),
    hours: new Soon(async () => void (hours.value && (await hours.load())), 200, 1000),
    replies: new Soon(() => quickReplies.refresh(), 200, 1000),
    alerts: new Soon(() => alertSettings.load(), 200, 1000),
    info: new Soon(async () => (this.info = await api.desk.get()), 200, 1000),
    drafts: new Soon(() => drafts.load(), 200, 1000),
  };

  get name(): string {
    return this.info?.business_name ?? '';
  }

  async start(): Promise<void> {
    rooms.say = (whereabouts) => this.#events.say(whereabouts);
    connection.copies = kept;
    connection.onSignedOut = () => this.#signedOut(t('sign_in.again'));
    // Without it a click on a notification only brings the window up.
    await desktop.onOpenSession(open).catch(() => undefined);
    attention.follow((told) => this.#events.attend(told));
    await alerts.listen();
    await desktop.onFileSaved(tellSaved).catch(() => undefined);
    await kept.resume().catch(() => undefined);
    await this.find();
  }

  /** In the window the desk's address is asked for first. Answers whether it is known. */
  async #located(): Promise<boolean> {
    if (!desktop.onDesktop || this.host) return true;
    try {
      this.host = await desktop.host();
      if (!this.host) return false;
      connection.origin = this.host.address.replace(/\/$/, '');
      connection.joined = this.host.joined ? connection.origin : '';
      return true;
    } catch (error) {
      this.problem = sentence(error);
      this.phase = 'unreachable';
      return false;
    }
  }

  /** Asks the core what it is, and goes where that leads. */
  async find(): Promise<void> {
    if (!(await this.#located())) return;
    connection.beginning = true;
    try {
      await this.#find();
    } finally {
      connection.beginning = false;
    }
  }

  async #find(): Promise<void> {
    try {
      this.info = await api.desk.get();
    } catch {
      this.phase = 'unreachable';
      this.problem = '';
      return;
    }
    this.problem = '';
    if (route.section === 'enter' && (await this.#entered())) return;
    if (this.info.damaged) this.phase = 'damaged';
    else if (this.info.needs_setup) this.phase = 'setup';
    else if (!connection.token) this.phase = 'sign-in';
    else await this.#resume();
  }

  /** By a link of the window, to a session: signs its user in, where nobody is. */
  async #entered(): Promise<boolean> {
    const [, token = '', session = ''] = route.parts;
    // Neither the way back nor a bookmark leads to a link that is used up.
    route.replace(['inbox', 'recent', session]);
    if (connection.token) return false;
    try {
      await this.#signedIn(await api.desk.signInBy(token, deviceName()));
      return true;
    } catch {
      return false;
    }
  }

  async #resume(): Promise<void> {
    try {
      await me.refresh();
      adopt();
      await this.#enter();
    } catch (error) {
      if (code(error) === 'not_signed_in') return;
      this.phase = 'unreachable';
      this.problem = sentence(error);
    }
  }

  async setup(setup: Setup): Promise<void> {
    await this.#signedIn(await api.desk.setup({ ...setup, device_name: deviceName() }));
    this.info = await api.desk.get();
    this.justSetUp = true;
    await me.prefer({ demo: true });
  }

  /** `passing`: the device is somebody else's, and nothing may stay on it. */
  async signIn(login: string, password: string, passing = false): Promise<void> {
    connection.passing = passing;
    await this.#signedIn(await api.desk.signIn(login, password, deviceName()));
  }

  /** By an invitation: a new colleague, signed in here. */
  async joinBy(joining: Omit<Joining, 'device_name'>): Promise<void> {
    const answer = await api.invites.join({ ...joining, device_name: deviceName() });
    route.replace(['inbox']);
    await this.#signedIn(answer);
  }

  /** Signs out; what has not left yet would be lost, so it is asked for first. */
  async signOut(): Promise<void> {
    await drafts.settle();
    if (outbox.list.length + drafts.waiting > 0) panels.show('sign-out');
    else await this.leave();
  }

  /** Signs out, whatever waits. */
  async leave(): Promise<void> {
    panels.close();
    // The line would only tell us what we know.
    this.#events.stop();
    try {
      await api.desk.signOut();
    } catch {
      // The device is then forgotten here all the same.
    }
    this.#signedOut('');
  }

  /** Desktop only: use another office's host, or the own one again; the window starts anew. */
  async join(address: string | null): Promise<void> {
    await desktop.join(address);
  }

  async #signedIn(answer: SignedIn): Promise<void> {
    connection.token = answer.token;
    me.take(answer.me);
    await this.#enter();
  }

  async #enter(): Promise<void> {
    this.problem = '';
    await kept.begin(me.id).catch(() => undefined);
    // These were answered before it was known whose device this is.
    if (this.info) kept.put('/desk', this.info);
    if (me.whole) kept.put('/me', me.whole);
    const [seq] = await Promise.all([
      sessions.load(),
      sessions.loadCounts(),
      people.load(),
      queues.load(),
      channels.load(),
      labels.load(),
      views.load(),
      demo.load(),
      drafts.load(),
      alertSettings.load(),
    ]);
    void push.load();
    this.phase = 'ready';
    this.#events.start(seq);
    outbox.open();
    void keepPages();
  }

  #signedOut(why: string): void {
    if (connection.token === null && this.phase === 'sign-in') return;
    this.#events.stop();
    this.#beat(false);
    // Without a reason they left themselves: nothing of theirs stays. Else it waits for them here.
    if (why === '') {
      outbox.wipe();
      drafts.wipe();
    }
    connection.token = null;
    connection.passing = false;
    void kept.wipe().catch(() => undefined);
    me.take(null);
    sessions.clear();
    threads.clear();
    contacts.clear();
    labels.clear();
    views.clear();
    quickReplies.clear();
    addressBook.clear();
    merging.clear();
    demo.clear();
    search.clear();
    preview.clear();
    drafts.clear();
    outbox.clear();
    uploads.clear();
    quotes.clear();
    starting.clear();
    guard.clear();
    undo.clear();
    connection.renewed();
    rooms.clear();
    visitors.forget();
    void ringing.clear();
    alertSettings.clear();
    void push.forget();
    this.problem = why;
    this.phase = 'sign-in';
  }

  #lineIs(state: LineState): void {
    const back = state === 'live' && this.line !== 'live';
    if (state === 'live' || this.line === 'live') kept.heard(Date.now());
    this.line = state;
    this.#beat(state === 'live');
    // Who is where is known only while the line stands.
    if (state !== 'live') {
      rooms.takeAll([]);
      visitors.forget();
    }
    if (!back) return;
    // What is under way on a line that broke may hang for long.
    connection.renewed();
    // What is shown was kept here: everything is asked for.
    if (kept.shown) this.#everything();
    kept.shown = false;
    outbox.drain();
    sessions.again();
    threads.again();
    contacts.again();
    if (!alertSettings.loaded) this.#lists.alerts.run();
    if (demo.exists === null) void demo.load();
    status.again();
    addressBook.again();
    void contactFields.know();
    for (const list of Object.values(this.#lists)) list.again();
    this.#lists.drafts.run();
    this.#filling.begin();
  }

  /** While the line stands, this device remembers until when what it keeps is true. */
  #beat(live: boolean): void {
    if (this.#pulse) clearInterval(this.#pulse);
    this.#pulse = live ? setInterval(() => kept.heard(Date.now()), 30_000) : null;
  }

  /** Somebody's draft has this version; one's own comes from another device. */
  #draft(session: string, user: string, note: boolean, version: number): void {
    if (user === me.id) void drafts.changed(session, note, version);
    else rooms.draftChanged(session);
  }

  /** Too much was missed: ask for everything that is on the screen. */
  #everything(): void {
    void sessions.load();
    addressBook.stir();
    sessions.recount();
    threads.resync(sessions.currentId);
    if (sessions.currentId) void sessions.fetch(sessions.currentId);
    for (const list of Object.values(this.#lists)) list.run();
    demo.stirred();
  }

  #take(event: DeskEvent): void {
    switch (event.kind) {
      case 'session_changed':
        if (event.change === 'opened') addressBook.stir();
        if (event.change === 'closed') toasts.dropOf(event.session_id);
        if (event.change !== 'assigned')
          return sessions.changed(event.session_id, event.change !== 'other');
        toasts.dropOf(
          event.session_id,
          (kind) => kind === 'asked' || settled(kind, event.owner_id ?? null, me.id),
        );
        return sessions.assigned(event.session_id, people.get(event.owner_id)?.name ?? '');
      case 'session_woken':
        sessions.changed(event.session_id, true);
        return void woke(event.session_id);
      case 'transfer_asked':
        return void asked(event);
      case 'message_added':
        threads.hears(event.session_id)?.added();
        sessions.changed(event.session_id, false);
        demo.stirred();
        status.stir();
        void alerts.heard(event);
        return;
      case 'mentioned':
        void alerts.about('mention', event.session_id);
        return sessions.changed(event.session_id, true);
      case 'draft_changed':
        this.#draft(event.session_id, event.user_id, event.note ?? false, event.version);
        if (event.user_id !== me.id) sessions.changed(event.session_id, false);
        return;
      case 'message_changed':
        threads.hears(event.session_id)?.changed(event.message_id);
        sessions.changed(event.session_id, false);
        return demo.stirred();
      case 'scheduled_changed':
        return threads.hears(event.session_id)?.rescheduled();
      case 'quick_reply_changed':
        return this.#lists.replies.run();
      case 'contact_changed':
        contacts.changed(event.contact_id);
        addressBook.stir();
        return sessions.contactChanged(event.contact_id);
      case 'contact_import_changed':
        contactImports.stirred(event.import_id);
        return addressBook.stir();
      case 'channel_changed':
        this.#lists.channels.run();
        return this.#lists.me.run();
      case 'queue_changed':
        this.#lists.queues.run();
        this.#lists.replies.run();
        this.#lists.me.run();
        return sessions.stir();
      case 'user_changed':
        this.#lists.people.run();
        if (event.user_id === me.id) this.#lists.me.run();
        return;
      case 'label_changed':
        this.#lists.labels.run();
        return sessions.labelChanged(event.label_id);
      case 'view_changed':
        return this.#lists.views.run();
      case 'settings_changed':
        contactFields.stir();
        return this.#lists.info.run();
      case 'hours_changed':
        return this.#lists.hours.run();
      case 'attention_changed':
        sessions.recount();
        if (me.maySupervise) this.#lists.deliveries.run();
        return;
      case 'alert':
        return void alerts.raised(event);
      case 'alerts_changed':
        return this.#lists.alerts.run();
      case 'signed_out':
        this.#signedOut(t('sign_in.logged_out'));
    }
  }
}

function tellSaved({ saved, name }: desktop.SavedFile): void {
  if (saved) toasts.good(t('file.saved', { name: name ?? t('file.one') }));
  else toasts.bad(t('file.not_saved', { name: name ?? t('file.one') }));
}

/** What this device calls itself in the list of devices. */
export function deviceName(agent = navigator.userAgent): string {
  const browser =
    [/Edg/, /Firefox/, /Chrome/, /Safari/].find((name) => name.test(agent))?.source ?? 'Browser';
  const names: Record<string, string> = { Edg: 'Edge' };
  const system =
    [/Android/, /iPhone|iPad/, /Windows/, /Mac OS/, /Linux/]
      .map((name) => name.exec(agent)?.[0])
      .find(Boolean) ?? '';
  const program = desktop.onDesktop ? t('app.name') : (names[browser] ?? browser);
  return system ? t('device.name', { program, system }) : program;
}

export const desk = new DeskState();

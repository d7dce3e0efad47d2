/** The messages of sessions: windows of 40, older ones on scroll, fresh ones by event. */
import { tick } from 'svelte';
import * as api from '../api/calls';
import { t } from '../i18n';
import { kept } from './kept.svelte';
import { outbox } from './outbox.svelte';
import { isLineDown, isMissing, sentence } from './problem';
import { Past } from './past.svelte';
import { continued, firstUnread, merged, rows } from './rows';
import { sessions } from './sessions.svelte';
import { Soon } from './soon';
import { toasts } from './toasts.svelte';
import type { Message, ScheduledChange } from './types';

const WINDOW = 40;
const KEPT = 24;

export class Thread {
  messages = $state.raw<Message[]>([]);
  /** What waits for its time. */
  scheduled = $state.raw<Message[]>([]);
  hasOlder = $state(false);
  /** The window is in the middle of the thread: what is newer follows on scroll. */
  hasNewer = $state(false);
  /** The message that somebody came for, and how often they came. */
  mark = $state.raw<{ seq: number | null; count: number }>({ seq: null, count: 0 });
  loaded = $state(false);
  missing = $state(false);
  problem = $state('');
  /** True while the last change was at the top: the view holds still. */
  prepended = $state(false);
  unreadFrom = $state<number | null>(null);
  #loadingOlder = false;
  #loadingNewer = false;
  /** Counts windows that were asked for as a whole: only the last one is shown. */
  #windows = 0;
  /** Everything up to this one is here; what we sent ourselves may be further on. */
  #upTo = 0;
  /** The last that was on the screen, and the last that the desk was told of. */
  seen = $state(0);
  #read = 0;
  #stale = new Set<string>();
  /** Changed before we had them: news may overtake the answer to a send. */
  #opening = false;
  #early = new Set<string>();
  #tail = new Soon(() => this.#loadTail(), 20, 200);
  #single = new Soon(() => this.#loadStale(), 30, 200);

  /** Something comes in front of what is here: the view holds still this once. */
  #above = (): void => {
    this.prepended = true;
    void tick().then(() => (this.prepended = false));
  };

  /** What came before it. */
  readonly past: Past;

  constructor(readonly id: string) {
    this.past = new Past(id);
  }

  #waiting = new Soon(() => this.#loadScheduled(), 20, 200);

  rows = $derived.by(() => {
    const current = rows(this.messages, outbox.of(this.id), this.unreadFrom, this.scheduled);
    if (this.hasOlder || !this.loaded) return current;
    const session = sessions.known.get(this.id) ?? null;
    return continued(this.past.list, this.past.next, session, current);
  });

  get lastSeq(): number {
    return this.messages[this.messages.length - 1]?.seq ?? 0;
  }

  async open(): Promise<void> {
    const unread = sessions.known.get(this.id)?.unread ?? 0;
    const asked = ++this.#windows;
    // What is heard of from here on may be newer than what comes.
    this.#early.clear();
    this.#opening = true;
    try {
      const page = await api.messages.list(this.id, { limit: WINDOW });
      if (asked !== this.#windows) return;
      this.#opening = false;
      this.prepended = false;
      this.messages = page.messages;
      this.scheduled = page.scheduled ?? [];
      this.#upTo = this.lastSeq;
      this.#again();
      this.hasOlder = page.more;
      this.hasNewer = false;
      this.unreadFrom = firstUnread(page.messages, unread);
      this.loaded = true;
      this.problem = '';
    } catch (error) {
      if (asked !== this.#windows) return;
      this.#opening = false;
      this.missing = isMissing(error);
      this.problem = sentence(error);
      if (isLineDown(error) && !this.loaded) await this.#fromKept(asked);
    }
  }

  /** Without a line: what this device keeps of it. */
  async #fromKept(asked: number): Promise<void> {
    const copy = await kept.thread(this.id);
    if (asked !== this.#windows || this.loaded || !copy?.messages) return;
    this.messages = copy.messages;
    this.#upTo = this.lastSeq;
    this.loaded = true;
  }

  /** It comes onto the screen again: the line stands before what is new since. */
  reopened(): void {
    this.unreadFrom = firstUnread(this.messages, sessions.known.get(this.id)?.unread ?? 0);
  }

  async older(): Promise<void> {
    const first = this.messages[0];
    if (this.#loadingOlder || !first) return;
    this.#loadingOlder = true;
    try {
      if (!this.hasOlder) {
        await this.past.older(this.#above);
        return;
      }
      const page = await api.messages.list(this.id, { before: first.seq, limit: WINDOW });
      this.prepended = true;
      this.messages = merged(page.messages, this.messages);
      this.hasOlder = page.more;
    } catch (error) {
      toasts.bad(t('thread.older_failed'), sentence(error));
    } finally {
      this.#loadingOlder = false;
    }
  }

  /** Asks what came before this session; a thread does without it. */
  before(): void {
    void this.past.know(this.#above).catch(() => undefined);
  }

  /** Brings a message onto the screen and marks it, however far back it is. */
  async jump(seq: number): Promise<void> {
    if (!this.messages.some((message) => message.seq === seq)) {
      const asked = ++this.#windows;
      try {
        const page = await api.messages.list(this.id, { around: seq, limit: WINDOW });
        if (asked !== this.#windows) return;
        this.prepended = false;
        this.messages = page.messages;
        this.#upTo = this.lastSeq;
        this.hasOlder = page.more;
        this.hasNewer = page.newer;
        this.unreadFrom = null;
        this.loaded = true;
        this.problem = '';
      } catch (error) {
        toasts.bad(t('thread.jump_failed'), sentence(error));
        if (!this.loaded) void this.open();
        return;
      }
    }
    this.mark = { seq, count: this.mark.count + 1 };
  }

  unmark(): void {
    if (this.mark.seq !== null) this.mark = { seq: null, count: this.mark.count };
  }

  /** What follows the window, where that is in the middle. */
  async newer(): Promise<void> {
    if (!this.hasNewer || this.#loadingNewer) return;
    this.#loadingNewer = true;
    try {
      const page = await api.messages.list(this.id, { after: this.lastSeq, limit: WINDOW });
      this.prepended = false;
      this.messages = merged(this.messages, page.messages);
      this.#upTo = this.lastSeq;
      this.hasNewer = page.more;
    } catch (error) {
      toasts.bad(t('thread.newer_failed'), sentence(error));
    } finally {
      this.#loadingNewer = false;
    }
  }

  /** The line is back: what could not be loaded is asked for again. */
  again(): void {
    if (this.problem && !this.missing) void this.open();
    this.#tail.again();
    this.#single.again();
    this.#waiting.again();
  }

  /** What waits for its time is different. */
  rescheduled(): void {
    this.#waiting.run();
  }

  async #loadScheduled(): Promise<void> {
    this.scheduled = await api.messages.scheduled(this.id);
  }

  /** A message was added somewhere after what we have. */
  added(): void {
    if (!this.hasNewer) this.#tail.run();
  }

  /** One message changed. */
  changed(id: string): void {
    const there = this.messages.some((message) => message.id === id);
    if (!there || this.#opening) this.#early.add(id);
    if (there) this.#reload(id);
  }

  /** What changed before it was here, or while it was on its way, is asked for once more. */
  #again(): void {
    for (const { id } of this.messages) if (this.#early.delete(id)) this.#reload(id);
  }

  #reload(id: string): void {
    this.#stale.add(id);
    this.#single.run();
  }

  take(fresh: Message[]): void {
    this.prepended = false;
    this.messages = merged(this.messages, fresh);
    if (!this.#opening) this.#again();
  }

  /** What we wrote was taken: who answers has read what was new. */
  answered(message: Message): void {
    if (message.state === 'scheduled') {
      this.prepended = false;
      this.scheduled = [...this.scheduled.filter(({ id }) => id !== message.id), message].sort(
        (a, b) => (a.due_at ?? 0) - (b.due_at ?? 0),
      );
      return;
    }
    // Who answers from the middle of the thread goes to its end.
    if (this.hasNewer) return void this.open();
    this.take([message]);
    if (message.kind === 'message') this.unreadFrom = null;
  }

  async #loadTail(): Promise<void> {
    for (;;) {
      const after = this.#upTo;
      const page = await api.messages.list(this.id, { after, limit: 200 });
      if (this.hasNewer || after !== this.#upTo) return;
      this.take(page.messages);
      this.#upTo = Math.max(after, page.messages.at(-1)?.seq ?? 0);
      if (!page.more || this.#upTo === after) return;
    }
  }

  async #loadStale(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale.clear();
    if (ids.length > 8) return this.open();
    try {
      this.take(await Promise.all(ids.map((id) => api.messages.get(id))));
    } catch (error) {
      for (const id of ids) this.#stale.add(id);
      throw error;
    }
  }

  async retry(id: string): Promise<void> {
    await this.#decide(() => api.messages.retry(id));
  }

  async resolve(id: string, arrived: boolean): Promise<void> {
    await this.#decide(() => api.messages.resolve(id, arrived));
  }

  async cancel(id: string): Promise<void> {
    await this.#decide(() => api.messages.cancel(id));
  }

  async sendNow(id: string): Promise<void> {
    await this.#decide(() => api.messages.sendNow(id));
  }

  /** Another time, other words, another condition for a message that waits. */
  async change(id: string, change: ScheduledChange): Promise<void> {
    this.answered(await api.messages.change(id, change));
  }

  /** It will not leave; answers what it was. */
  async unschedule(id: string): Promise<Message | null> {
    try {
      const message = await api.messages.cancel(id);
      this.scheduled = this.scheduled.filter((other) => other.id !== id);
      return message;
    } catch (error) {
      toasts.bad(t('later.failed'), sentence(error));
      this.rescheduled();
      return null;
    }
  }

  async #decide(act: () => Promise<Message>): Promise<void> {
    try {
      this.take([await act()]);
      sessions.changed(this.id, false);
    } catch (error) {
      toasts.bad(t('message.act_failed'), sentence(error));
    }
  }

  /** Everything up to here was on the screen. */
  saw(seq: number): void {
    if (seq > this.seen) this.seen = seq;
  }

  /** What was on the screen was read; what is further down was not. */
  async markRead(): Promise<void> {
    const { seen } = this;
    const whole = seen >= this.lastSeq && !this.hasNewer;
    if (seen === 0 || (!whole && seen <= this.#read)) return;
    this.#read = seen;
    if (whole) sessions.seen(this.id);
    try {
      await api.sessions.read(this.id, seen);
      sessions.recount();
      if (!whole) await sessions.fetch(this.id);
    } catch {
      void sessions.fetch(this.id);
    }
  }
}

class Threads {
  /** The one on the screen. */
  shown = $state.raw<Thread | null>(null);
  #map = new Map<string, Thread>();
  #drops = new Map<string, () => void>();

  /** Loads a thread that somebody may open next. */
  async ahead(id: string): Promise<void> {
    if (this.#map.has(id)) return;
    await this.#new(id).open();
  }

  #new(id: string): Thread {
    const thread = this.#outlasting(id);
    this.#map.set(id, thread);
    const oldest = this.#map.keys().next().value;
    if (this.#map.size > KEPT && oldest) this.#drop(oldest);
    return thread;
  }

  /** The thread of a session, opened if it was not. */
  open(id: string): Thread {
    kept.opened(id, Date.now(), sessions.known.get(id));
    const known = this.#map.get(id);
    if (known) {
      this.#map.delete(id);
      this.#map.set(id, known);
      if (known.loaded && !known.hasNewer && !known.problem) known.reopened();
      else void known.open();
      return known;
    }
    const thread = this.#new(id);
    void thread.open();
    return thread;
  }

  /** A thread outlasts the view that opens it: what it derives must not end with that view. */
  #outlasting(id: string): Thread {
    let made: Thread | undefined;
    this.#drops.set(
      id,
      $effect.root(() => {
        const thread = new Thread(id);
        made = thread;
        // The newest messages are there without a line as well.
        $effect(() => {
          const { loaded, hasNewer, problem, messages } = thread;
          if (loaded && !hasNewer && !problem) kept.messages(id, messages);
        });
      }),
    );
    return made ?? new Thread(id);
  }

  #drop(id: string): void {
    this.#map.delete(id);
    this.#drops.get(id)?.();
    this.#drops.delete(id);
  }

  get(id: string): Thread | undefined {
    return this.#map.get(id);
  }

  /**
   * The thread that hears of a change. One that is not on the screen and not one's own to answer is
   * forgotten instead: asking for what is new in it would be a look, and nobody looks.
   */
  hears(id: string): Thread | undefined {
    const thread = this.#map.get(id);
    const session = sessions.known.get(id);
    // One that was only just begun is not known yet.
    if (!thread || thread === this.shown || !session || session.permits.answer) return thread;
    this.#drop(id);
    return undefined;
  }

  /** Everything may be stale: the one on screen loads again, the others when they are opened. */
  resync(current: string | null): void {
    for (const [id, thread] of this.#map) {
      if (id === current) void thread.open();
      else this.#drop(id);
    }
  }

  /** The line is back. */
  again(): void {
    for (const thread of this.#map.values()) thread.again();
  }

  clear(): void {
    this.shown = null;
    for (const id of [...this.#map.keys()]) this.#drop(id);
  }
}

export const threads = new Threads();

outbox.onTaken = (message) => threads.get(message.session_id)?.answered(message);

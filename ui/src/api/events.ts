/**
 * Follows the core's event log over one WebSocket: from the last number seen, with back-off,
 * for as long as someone is signed in. Delivers events in order; holds no state of the product.
 */
import { connection } from './client';
import type {
  Attention,
  CallFrame,
  ClientFrame,
  DeskEvent,
  EventFrame,
  Room,
  VisitorNews,
  Whereabouts,
} from './types';

export type LineState = 'connecting' | 'live' | 'offline';

export interface Listener {
  event: (event: DeskEvent) => void;
  /** Too much was missed: ask for everything again. */
  resync: () => void;
  line: (state: LineState) => void;
  refused: (code: string) => void;
  /** A line stands anew: it knows nothing of this screen. */
  began?: () => void;
  room?: (room: Room) => void;
  rooms?: (rooms: Room[]) => void;
  draft?: (session: string, user: string, note: boolean, version: number) => void;
  visit?: (visit: VisitorNews) => void;
  visits?: (all: VisitorNews[]) => void;
  call?: (frame: CallFrame) => void;
}

/** Milliseconds to wait before attempt `attempt` (1, 2, …): 0.5 s doubling to 15 s, ±20 %. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(15_000, 500 * 2 ** (attempt - 1));
  return Math.round(base * (0.8 + 0.4 * random));
}

/** The core sends a frame at least every 20 s. A line that is silent for this long is dead. */
const SILENCE = 50_000;
/** When the page comes to the front after this much silence, the line is not trusted. */
const DOUBT = 30_000;
/** Where somebody is counts once they have been there for this long. */
const REST = 200;
/** A line that is not up after this long is tried anew. */
const PATIENCE = 10_000;

export class EventLine {
  #socket: WebSocket | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #stopped = true;
  #openedAt = 0;
  #heardAt = 0;
  seq: number | null = null;
  /** Where the person is, as last told: said again on every new line. */
  #attention: Attention | null = null;
  /** Whether that is news. */
  #attends = false;
  /** Which session is on the screen, until it was told. */
  #whereabouts: Whereabouts | null = null;
  #resting: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly listener: Listener) {}

  start(since: number | null): void {
    this.seq = since;
    this.#stopped = false;
    globalThis.addEventListener('online', this.#reopen);
    // An open socket hears nothing of it: only a new one tells whether the desk is still there.
    globalThis.addEventListener('offline', this.#reopen);
    document.addEventListener('visibilitychange', this.#woken);
    this.#watch = setInterval(this.#listen, 5_000);
    this.#open();
  }

  /**
   * Tells which session is on the screen, if the line stands: a new one asks again. Who goes fast
   * through the list tells only where they rest; what is written is told at once.
   */
  say(whereabouts: Whereabouts): void {
    this.#whereabouts = whereabouts;
    if (whereabouts.writing) this.#rested();
    else this.#rest();
  }

  /** Tells the core where the person is; nothing of it is kept there. */
  attend(attention: Attention): void {
    const { focused, visible, idle } = this.#attention ?? {};
    const there =
      attention.focused === focused && attention.visible === visible && attention.idle === idle;
    this.#attention = attention;
    this.#attends = true;
    if (there) this.#rest();
    // A page that is left may be frozen in a moment.
    else this.#rested();
  }

  #rest(): void {
    if (this.#resting) clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rested(), REST);
  }

  /** Tells the last of what was said since. */
  #rested(): void {
    if (this.#resting) clearTimeout(this.#resting);
    this.#resting = null;
    if (this.#attends) this.#tellAttention();
    const whereabouts = this.#whereabouts;
    if (!whereabouts || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#whereabouts = null;
    this.#socket.send(JSON.stringify(whereabouts));
  }

  #tellAttention(): void {
    if (!this.#attention || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#attends = false;
    const frame: ClientFrame = { type: 'attention', ...this.#attention };
    this.#socket.send(JSON.stringify(frame));
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#watch) clearInterval(this.#watch);
    if (this.#resting) clearTimeout(this.#resting);
    globalThis.removeEventListener('online', this.#reopen);
    globalThis.removeEventListener('offline', this.#reopen);
    document.removeEventListener('visibilitychange', this.#woken);
    this.#socket?.close();
    this.#socket = null;
  }

  /** A socket may look open and be dead: after a sleep, behind a router that forgot it. */
  #listen = (): void => {
    const now = Date.now();
    const opening = this.#socket?.readyState === WebSocket.CONNECTING;
    if (!this.#socket) return;
    if (opening ? now - this.#openedAt > PATIENCE : now - this.#heardAt > SILENCE) this.#reopen();
  };

  #woken = (): void => {
    if (document.visibilityState !== 'visible') return;
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (!open || Date.now() - this.#heardAt > DOUBT) this.#reopen();
  };

  #reopen = (): void => {
    if (this.#stopped) return;
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    if (this.#timer) clearTimeout(this.#timer);
    this.#open();
  };

  #open(): void {
    this.listener.line(this.#attempt === 0 ? 'connecting' : 'offline');
    this.#openedAt = Date.now();
    this.#heardAt = this.#openedAt;
    const socket = new WebSocket(connection.socketUrl('/events'));
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: connection.token, since: this.seq }));
    socket.onmessage = (message) => {
      if (this.#socket !== socket) return;
      this.#heardAt = Date.now();
      if (typeof message.data === 'string') this.#take(message.data);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#retry();
    };
  }

  #retry(): void {
    this.#socket = null;
    if (this.#stopped) return;
    this.#attempt += 1;
    this.listener.line('offline');
    this.#timer = setTimeout(() => this.#open(), backoff(this.#attempt, Math.random()));
  }

  #take(text: string): void {
    const frame = JSON.parse(text) as EventFrame;
    switch (frame.type) {
      case 'hello':
        this.#attempt = 0;
        this.seq ??= frame.seq;
        this.#tellAttention();
        this.listener.line('live');
        return this.listener.began?.();
      case 'event':
        if (this.seq !== null && frame.seq <= this.seq) return;
        this.seq = frame.seq;
        this.listener.event(frame.event);
        return;
      case 'resync':
        this.#attempt = 0;
        this.seq = frame.seq;
        this.#tellAttention();
        this.listener.line('live');
        this.listener.resync();
        return this.listener.began?.();
      case 'room':
        return this.listener.room?.(frame);
      case 'rooms':
        return this.listener.rooms?.(frame.rooms);
      case 'draft':
        return this.listener.draft?.(frame.session_id, frame.user_id, frame.note, frame.version);
      case 'visitor':
        return this.listener.visit?.(frame);
      case 'visitors':
        return this.listener.visits?.(frame.visitors);
      case 'chat_call':
      case 'chat_calls':
      case 'chat_call_answer':
      case 'chat_call_candidate':
        return this.listener.call?.(frame);
      case 'error':
        return this.listener.refused(frame.code);
      default:
      // A beat: that it came is all it says.
    }
  }
}

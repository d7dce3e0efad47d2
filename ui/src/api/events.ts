/**
 * Follows the core's event log over one WebSocket: from the last number seen, with back-off,
 * for as long as someone is signed in. Delivers events in order; holds no state of the product.
 */
import { connection } from './client';
import type { DeskEvent, EventFrame } from './types';

export type LineState = 'connecting' | 'live' | 'offline';

export interface Listener {
  event: (event: DeskEvent) => void;
  /** Too much was missed: ask for everything again. */
  resync: () => void;
  line: (state: LineState) => void;
  refused: (code: string) => void;
}

/** Milliseconds to wait before attempt `attempt` (1, 2, …): 0.5 s doubling to 15 s, ±20 %. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(15_000, 500 * 2 ** (attempt - 1));
  return Math.round(base * (0.8 + 0.4 * random));
}

/** A line that says nothing for this long is dead: the core pings every 20 s and we ask too. */
const SILENCE = 50_000;

export class EventLine {
  #socket: WebSocket | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #stopped = true;
  #openedAt = 0;
  seq: number | null = null;

  constructor(private readonly listener: Listener) {}

  start(since: number | null): void {
    this.seq = since;
    this.#stopped = false;
    globalThis.addEventListener('online', this.#now);
    document.addEventListener('visibilitychange', this.#woken);
    this.#watch = setInterval(this.#slept, 5_000);
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#watch) clearInterval(this.#watch);
    globalThis.removeEventListener('online', this.#now);
    document.removeEventListener('visibilitychange', this.#woken);
    this.#socket?.close();
    this.#socket = null;
  }

  #lastTick = Date.now();

  /** After a sleep of the computer the socket may look open and be dead. */
  #slept = (): void => {
    const now = Date.now();
    const gap = now - this.#lastTick;
    this.#lastTick = now;
    if (gap > SILENCE) this.#reopen();
    else if (this.#socket?.readyState === WebSocket.CONNECTING && now - this.#openedAt > 10_000) {
      this.#reopen();
    }
  };

  #now = (): void => {
    if (this.#socket?.readyState !== WebSocket.OPEN) this.#reopen();
  };

  #woken = (): void => {
    if (document.visibilityState === 'visible') this.#now();
  };

  #reopen(): void {
    if (this.#stopped) return;
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    if (this.#timer) clearTimeout(this.#timer);
    this.#open();
  }

  #open(): void {
    this.listener.line(this.#attempt === 0 ? 'connecting' : 'offline');
    this.#openedAt = Date.now();
    const socket = new WebSocket(connection.socketUrl('/events'));
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: connection.token, since: this.seq }));
    socket.onmessage = (message) => {
      if (this.#socket === socket && typeof message.data === 'string') this.#take(message.data);
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
        this.listener.line('live');
        return;
      case 'event':
        if (this.seq !== null && frame.seq <= this.seq) return;
        this.seq = frame.seq;
        this.listener.event(frame.event);
        return;
      case 'resync':
        this.#attempt = 0;
        this.seq = frame.seq;
        this.listener.line('live');
        this.listener.resync();
        return;
      case 'error':
        this.listener.refused(frame.code);
    }
  }
}

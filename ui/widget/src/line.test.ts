import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ToVisitor } from './frames';
import { line, pause } from './line';
import { takePage } from './page';

/** A socket whose other end is the test. */
class Socket {
  static all: Socket[] = [];
  static get last(): Socket {
    const socket = Socket.all.at(-1);
    if (!socket) throw new Error('nobody has called');
    return socket;
  }
  readyState = 0;
  said: string[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor(readonly address: string) {
    Socket.all.push(this);
  }
  send(text: string) {
    this.said.push(text);
  }
  close() {
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  tells(frame: object | string) {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }
  breaks() {
    this.readyState = 3;
    this.onclose?.();
  }
}

const begin = () => {
  const heard: ToVisitor[] = [];
  const ups: boolean[] = [];
  const page = { ...takePage(), Socket: Socket as unknown as typeof WebSocket };
  const hello = () => ({ t: 'typing', on: true }) as const;
  const made = line(
    page,
    'wss://desk.example/s',
    hello,
    (one) => heard.push(one),
    (up) => ups.push(up),
  );
  return { made, heard, ups };
};

beforeEach(() => {
  vi.useFakeTimers();
  Socket.all = [];
});
afterEach(() => vi.useRealTimers());

describe('the line', () => {
  it('greets first, and says nothing else until it is welcome', () => {
    const { made, heard, ups } = begin();
    Socket.last.opens();
    made.send({ t: 'end' });
    expect(Socket.last.said).toEqual(['{"t":"typing","on":true}']);
    Socket.last.tells({ t: 'welcome' });
    made.send({ t: 'end' });
    expect(Socket.last.said[1]).toBe('{"t":"end"}');
    expect(ups).toEqual([true]);
    Socket.last.tells('not json');
    Socket.last.tells({ t: 'beat' });
    expect(heard.map(({ t }) => t)).toEqual(['welcome', 'beat']);
  });

  it('comes back with growing pauses, and soon after it was up', () => {
    begin();
    for (const limit of [1_000, 2_000, 4_000]) {
      const before = Socket.all.length;
      Socket.last.breaks();
      vi.advanceTimersByTime(limit / 2 - 1);
      expect(Socket.all.length).toBe(before);
      vi.advanceTimersByTime(limit / 2 + 1);
      expect(Socket.all.length).toBe(before + 1);
    }
    Socket.last.opens();
    Socket.last.tells({ t: 'welcome' });
    Socket.last.breaks();
    const before = Socket.all.length;
    vi.advanceTimersByTime(1_000);
    expect(Socket.all.length).toBe(before + 1);
    expect(pause(30)).toBe(60_000);
  });

  it('takes a minute of silence for a dead line, and a beat for a live one', () => {
    const { ups } = begin();
    Socket.last.opens();
    Socket.last.tells({ t: 'welcome' });
    vi.advanceTimersByTime(50_000);
    Socket.last.tells({ t: 'beat' });
    vi.advanceTimersByTime(50_000);
    expect(Socket.all.length).toBe(1);
    vi.advanceTimersByTime(12_000);
    expect(Socket.all.length).toBe(2);
    expect(Socket.all[0]?.readyState).toBe(3);
    expect(ups).toEqual([true, false]);
  });

  it('stays away for a while when it was sent away', () => {
    begin();
    Socket.last.opens();
    Socket.last.tells({ t: 'bye', code: 'too_many', message: '' });
    Socket.last.breaks();
    vi.advanceTimersByTime(7_900);
    expect(Socket.all.length).toBe(1);
    vi.advanceTimersByTime(8_200);
    expect(Socket.all.length).toBe(2);
  });

  it('hurries when the browser is back, unless it is up or on its way', () => {
    const { made } = begin();
    made.hurry();
    expect(Socket.all.length).toBe(1);
    Socket.last.breaks();
    made.hurry();
    expect(Socket.all.length).toBe(2);
    Socket.last.opens();
    Socket.last.tells({ t: 'welcome' });
    made.hurry();
    expect(Socket.all.length).toBe(2);
  });

  it('rests with its page, and wakes with it', () => {
    const { made, ups } = begin();
    Socket.last.opens();
    Socket.last.tells({ t: 'welcome' });
    made.close();
    expect(ups).toEqual([true, false]);
    vi.advanceTimersByTime(600_000);
    expect(Socket.all.length).toBe(1);
    made.hurry();
    expect(Socket.all.length).toBe(2);
  });
});

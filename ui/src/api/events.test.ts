import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventLine, type Listener } from './events';

/** A socket that opens and says what a test tells it to; nothing comes by itself. */
class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = FakeSocket.CONNECTING;
  sent: string[] = [];
  closed = false;
  onopen: () => void = () => {};
  onclose: () => void = () => {};
  onmessage: (message: { data: string }) => void = () => {};

  constructor() {
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    // A dead line never says that it closed.
    this.closed = true;
  }

  says(frame: object): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  opens(seq: number): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
    this.says({ type: 'hello', seq });
  }
}

const listener = { event: vi.fn(), resync: vi.fn(), line: vi.fn(), refused: vi.fn() };
let line: EventLine;
const last = () => FakeSocket.made[FakeSocket.made.length - 1]!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
  for (const heard of Object.values(listener)) heard.mockReset();
  line = new EventLine(listener as Listener);
  line.start(7);
  last().opens(7);
});

afterEach(() => {
  line.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a line that falls silent is closed and opened again from the last number seen', () => {
  last().says({ type: 'event', seq: 9, at: 0, event: { kind: 'settings_changed' } });
  const dead = last();
  vi.advanceTimersByTime(49_000);
  expect(FakeSocket.made).toHaveLength(1);
  vi.advanceTimersByTime(7_000);
  expect(dead.closed).toBe(true);
  expect(FakeSocket.made).toHaveLength(2);
  last().opens(9);
  expect(JSON.parse(last().sent[0]!)).toMatchObject({ since: 9 });
  expect(listener.line).toHaveBeenLastCalledWith('live');
});

test('beats keep a quiet line', () => {
  for (let beat = 0; beat < 10; beat += 1) {
    vi.advanceTimersByTime(20_000);
    last().says({ type: 'beat', seq: 7 });
  }
  expect(FakeSocket.made).toHaveLength(1);
  expect(listener.event).not.toHaveBeenCalled();
});

test('what a dead line still says is not heard', () => {
  const dead = last();
  vi.advanceTimersByTime(56_000);
  dead.says({ type: 'event', seq: 8, at: 0, event: { kind: 'settings_changed' } });
  expect(listener.event).not.toHaveBeenCalled();
});

test('the network coming back opens the line at once', () => {
  globalThis.dispatchEvent(new Event('online'));
  expect(FakeSocket.made).toHaveLength(2);
});

test('coming to the front opens the line only after some silence', () => {
  vi.advanceTimersByTime(20_000);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSocket.made).toHaveLength(1);
  vi.advanceTimersByTime(11_000);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSocket.made).toHaveLength(2);
});

test('a line that does not come up is tried anew', () => {
  vi.advanceTimersByTime(56_000);
  expect(FakeSocket.made).toHaveLength(2);
  vi.advanceTimersByTime(16_000);
  expect(FakeSocket.made).toHaveLength(3);
});

const told = () =>
  last()
    .sent.slice(1)
    .map((text) => JSON.parse(text) as Record<string, unknown>);
const here = (session_id: string | null, writing = false) => ({ session_id, writing });
const looking = (session_id: string | null, focused = true) => ({
  focused,
  visible: true,
  idle: false,
  session_id,
});

test('who goes fast through the list tells where they rest, and only that', () => {
  line.attend(looking(null));
  const before = told().length;
  for (let row = 0; row < 100; row += 1) {
    line.say(here(null));
    line.say(here(`row-${row}`));
    line.attend(looking(`row-${row}`));
    vi.advanceTimersByTime(30);
  }
  expect(told()).toHaveLength(before);
  vi.advanceTimersByTime(200);
  expect(told().slice(before)).toEqual([
    { type: 'attention', ...looking('row-99') },
    here('row-99'),
  ]);
});

test('what is written, and that somebody leaves, is told at once', () => {
  line.attend(looking('a'));
  line.say(here('a'));
  line.say(here('a', true));
  expect(told().at(-1)).toEqual(here('a', true));
  const before = told().length;
  line.attend(looking('a', false));
  expect(told()).toHaveLength(before + 1);
  vi.advanceTimersByTime(1_000);
  expect(told()).toHaveLength(before + 1);
});

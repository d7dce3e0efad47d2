import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Soon } from './soon';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('many wishes become one call', async () => {
  const act = vi.fn(() => Promise.resolve());
  const soon = new Soon(act, 50, 300);
  for (let wish = 0; wish < 20; wish += 1) soon.run();
  await vi.advanceTimersByTimeAsync(50);
  expect(act).toHaveBeenCalledTimes(1);
});

test('a stream of wishes neither starves the call nor repeats it more often than agreed', async () => {
  const act = vi.fn(() => Promise.resolve());
  const soon = new Soon(act, 150, 1500, 1500);
  for (let at = 0; at < 6000; at += 100) {
    soon.run();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(act.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(act.mock.calls.length).toBeLessThanOrEqual(4);
});

test('it never runs twice at once; a wish meanwhile is kept', async () => {
  let free = () => {};
  const act = vi.fn(() => new Promise<void>((done) => (free = done)));
  const soon = new Soon(act, 10, 10);
  soon.run();
  await vi.advanceTimersByTimeAsync(10);
  soon.run();
  await vi.advanceTimersByTimeAsync(100);
  expect(act).toHaveBeenCalledTimes(1);
  free();
  await vi.advanceTimersByTimeAsync(10);
  expect(act).toHaveBeenCalledTimes(2);
});

test('again repeats what failed, and only that', async () => {
  const act = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('line'));
  act.mockResolvedValue();
  const soon = new Soon(act, 0, 0);
  soon.run();
  await vi.advanceTimersByTimeAsync(1);
  soon.again();
  await vi.advanceTimersByTimeAsync(1);
  expect(act).toHaveBeenCalledTimes(2);
  soon.again();
  await vi.advanceTimersByTimeAsync(10);
  expect(act).toHaveBeenCalledTimes(2);
});

import { beforeEach, expect, test, vi } from 'vitest';
import { back } from './back';

const step = vi.fn();
/** The browser went back to an entry. */
function goes(to: string, state: unknown = null): void {
  history.replaceState(state, '', to);
  dispatchEvent(new PopStateEvent('popstate', { state }));
}

beforeEach(() => {
  step.mockReset();
  vi.spyOn(history, 'back').mockImplementation(step);
  history.replaceState(null, '', '#/inbox/recent');
});

test('the way back closes what stands over the page, topmost first, and the page stays', async () => {
  const closed: string[] = [];
  const below = back.stands(() => closed.push('below'));
  expect(history.state).toEqual({ over: true });
  const above = back.stands(() => {
    closed.push('above');
    above();
  });
  goes('#/inbox/recent');
  expect(closed).toEqual(['above']);
  await Promise.resolve();
  expect(history.state).toEqual({ over: true });
  goes('#/inbox/recent');
  expect(closed).toEqual(['above', 'below']);
  expect(step).not.toHaveBeenCalled();
  below();
});

test('an entry that nothing used is stepped over', () => {
  back.stands(() => undefined)();
  goes('#/inbox/recent');
  expect(step).toHaveBeenCalledOnce();
});

test('a link out of what stands over the page closes nothing and goes nowhere else', () => {
  const closed = vi.fn();
  const end = back.stands(closed);
  goes('#/settings/network');
  expect(closed).not.toHaveBeenCalled();
  expect(step).not.toHaveBeenCalled();
  end();
});

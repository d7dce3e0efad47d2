import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UNKNOWN } from '../../../state/alert-rules';
import { alertSettings } from '../../../state/alert-settings.svelte';
import { push, whyNot } from '../../../state/push.svelte';
import type { Alerts } from '../../../state/types';
import Matrix from './Matrix.svelte';
import PushPanel from './PushPanel.svelte';
import QuietPanel from './QuietPanel.svelte';

let kept: Alerts;
let refuse = false;
let puts: Alerts[] = [];

beforeEach(async () => {
  refuse = false;
  puts = [];
  kept = {
    ...UNKNOWN,
    rows: [
      { kind: 'mine', sound: 'chime', toast: [], system: ['unfocused'], ring: [], push: ['away'] },
    ],
    quiet_presence: ['do_not_disturb'],
  };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    if (path === '/me/push') return new Response(JSON.stringify({ on: false }));
    if (init.method === 'PUT') {
      const body = JSON.parse(String(init.body)) as Alerts;
      puts.push(body);
      if (refuse)
        return new Response(JSON.stringify({ code: 'internal', message: 'no' }), { status: 500 });
      kept = body;
    }
    return new Response(JSON.stringify(kept));
  });
  await alertSettings.load();
});
afterEach(cleanup);

test('a cell is for the chosen place, and is kept at once', async () => {
  const user = userEvent.setup();
  render(Matrix);
  const cell = () => screen.getByTestId<HTMLInputElement>('alert-mine-system');
  expect(cell().checked).toBe(true);
  await user.click(screen.getByRole('tab', { name: 'Away' }));
  expect(cell().checked).toBe(false);
  await user.click(cell());
  await waitFor(() => expect(puts.length).toBe(1));
  expect(puts[0]?.rows?.find((row) => row.kind === 'mine')?.system).toEqual(['unfocused', 'away']);
  expect(screen.queryByTestId('alert-channel_down')).toBeNull();
});

test('what the desk does not take is undone on the screen', async () => {
  refuse = true;
  const user = userEvent.setup();
  render(Matrix);
  const cell = screen.getByTestId<HTMLInputElement>('alert-mine-ring');
  await user.click(cell);
  await waitFor(() => expect(puts.length).toBe(1));
  await waitFor(() => expect(cell.checked).toBe(false));
});

test('quiet hours without a day are off', async () => {
  const user = userEvent.setup();
  render(QuietPanel);
  await user.click(screen.getByTestId('quiet-hours'));
  await waitFor(() => expect(kept.quiet_hours?.days).toEqual([1, 2, 3, 4, 5, 6, 7]));
  for (const day of [1, 2, 3, 4, 5, 6]) await user.click(screen.getByTestId(`quiet-day-${day}`));
  await waitFor(() => expect(kept.quiet_hours?.days).toEqual([7]));
  await user.click(screen.getByTestId('quiet-day-7'));
  await waitFor(() => expect(kept.quiet_hours).toBeNull());
});

test('a device that cannot have push is told why', async () => {
  const here = {
    desktop: false,
    secure: true,
    apple: false,
    installed: false,
    workers: true,
    push: true,
    permission: 'default' as NotificationPermission,
  };
  expect(whyNot(here)).toBeNull();
  expect(whyNot({ ...here, secure: false, workers: false })).toBe('insecure');
  expect(whyNot({ ...here, apple: true, push: false })).toBe('ios');
  expect(whyNot({ ...here, apple: true, installed: true })).toBeNull();
  expect(whyNot({ ...here, push: false })).toBe('unsupported');
  expect(whyNot({ ...here, permission: 'denied' })).toBe('denied');
  expect(whyNot({ ...here, desktop: true })).toBe('desktop');
  render(PushPanel);
  await waitFor(() => expect(push.reason).not.toBeNull());
  expect(screen.getByTestId('push-why').textContent).not.toBe('');
  expect(screen.queryByTestId('push-on')).toBeNull();
});

import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Voice } from '../../../../widget/src/voice';
import { alerts } from '../../../state/alerts.svelte';
import { chatCalls } from '../../../state/chat-calls.svelte';
import { keys } from '../../../state/keys.svelte';
import { me } from '../../../state/me.svelte';
import { ringing } from '../../../state/ringing.svelte';
import { chatCall, session } from '../../../state/samples';
import { sessions } from '../../../state/sessions.svelte';
import type { Me } from '../../../state/types';
import { visitors } from '../../../state/visitors.svelte';
import CallLayer from './CallLayer.svelte';

const media = vi.hoisted(() => ({ changed: (_: 'talking') => {} }));
vi.mock('../../../../widget/src/voice', () => ({
  canTalk: () => true,
  microphone: async () => ({ getTracks: () => [] }),
  voice: (_s: unknown, _i: unknown, _p: unknown, _t: unknown, changed: () => void): Voice => {
    media.changed = changed;
    return {
      offer: async () => 'offer',
      answer: async () => 'answer',
      accept: async () => {},
      candidate: () => {},
      mute: () => {},
      close: () => {},
    };
  },
}));

let asked: string[];
const CALL = chatCall();
const rings = () => chatCalls.take({ type: 'chat_call', call: CALL });

beforeEach(() => {
  asked = [];
  me.take({ user: { id: 'u1', name: 'Ana', queues: [] }, preferences: {} } as unknown as Me);
  const given = session('s1', {
    provider: 'livechat',
    contact_name: 'Maria Rossi',
    channel_name: 'Website',
    owner_id: null,
    queue_name: 'Sales',
  });
  sessions.known.set('s1', given);
  const page = { at: 1, url: 'https://shop.example/bikes', title: 'City bikes' };
  visitors.take({ session_id: 's1', state: 'online', writing: false, page });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    asked.push(path);
    const over = init.method === 'POST' && !path.endsWith('/answer');
    const state = over ? (path.endsWith('/decline') ? 'declined' : 'ended') : 'connected';
    return new Response(JSON.stringify({ ...CALL, state, user_id: 'u1', sdp: null }));
  });
});
afterEach(() => {
  cleanup();
  chatCalls.clear();
  vi.unstubAllGlobals();
});

test('a ring says who calls, from which site and page, and in the title of the page', async () => {
  render(CallLayer);
  rings();
  await screen.findByTestId('call-card');
  expect(screen.getByRole('link', { name: 'Maria Rossi' })).toBeTruthy();
  expect(screen.getByTestId('call-where').textContent).toBe('Website · City bikes');
  expect(screen.getByText('for the queue Sales')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Maria Rossi is calling');
  expect([ringing.title, ringing.count]).toEqual(['Maria Rossi is calling', 1]);
  await userEvent.click(screen.getByTestId('call-decline'));
  await waitFor(() => expect(screen.queryByTestId('call-card')).toBeNull());
  expect([asked, ringing.title, ringing.count]).toEqual([['/chat-calls/c1/decline'], '', 0]);
});

test('by keys it is answered, muted and hung up', async () => {
  render(CallLayer);
  rings();
  await screen.findByTestId('call-card');
  const press = (key: string) => keys.pressed(new KeyboardEvent('keydown', { key, altKey: true }));
  press('a');
  await waitFor(() => expect(asked).toContain('/chat-calls/c1/answer'));
  media.changed('talking');
  const bar = await screen.findByTestId('call-bar');
  await waitFor(() => expect(bar.dataset.stage).toBe('talking'));
  expect(screen.getByTestId('call-line').textContent).toContain('In a call with Maria Rossi');
  expect(screen.getByTestId('call-time').textContent).toBe('0:00');
  press('m');
  await waitFor(() =>
    expect(screen.getByTestId('call-mute').getAttribute('aria-pressed')).toBe('true'),
  );
  expect(screen.getByTestId('call-line').textContent).toContain('your microphone is off');
  press('h');
  await waitFor(() => expect(screen.queryByTestId('call-bar')).toBeNull());
  expect(asked.at(-1)).toBe('/chat-calls/c1/end');
});

test('who does not look at the page is told by the system, without names if they want it so', async () => {
  const told = vi.spyOn(alerts, 'called').mockImplementation(() => {});
  render(CallLayer);
  rings();
  await waitFor(() =>
    expect(told).toHaveBeenCalledWith('s1', 'Maria Rossi is calling', 'Answer in Deskbell.'),
  );
});

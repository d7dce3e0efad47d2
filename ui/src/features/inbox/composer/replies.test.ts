import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts } from '../../../state/drafts.svelte';
import { me } from '../../../state/me.svelte';
import { outbox } from '../../../state/outbox.svelte';
import { quickReplies } from '../../../state/quick-replies.svelte';
import { quotes } from '../../../state/quotes.svelte';
import { message, NOW, session } from '../../../state/samples';
import { sessions } from '../../../state/sessions.svelte';
import type { QuickReply } from '../../../state/types';
import { uploads } from '../../../state/uploads.svelte';
import Composer from './Composer.svelte';

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}
let calls: Call[] = [];

function reply(id: string, more: Partial<QuickReply>): QuickReply {
  return {
    id,
    name: id,
    shortcut: '',
    folder: '',
    body: id,
    bodies: [],
    files: [],
    channels: [],
    visible: 'me',
    user_id: 'me',
    queue_id: null,
    after: null,
    uses: 0,
    used_at: null,
    may_change: true,
    updated_at: NOW,
    ...more,
  };
}

const menu = {
  id: 'f1',
  name: 'menu.pdf',
  content_type: 'application/pdf',
  size: 1200,
  state: 'stored' as const,
  error: null,
};
const LIST = [
  reply('Hours', { shortcut: 'h', body: 'We open at 8, {{contact.first_name|there}}.' }),
  reply('Order', { body: 'Your order {{ask:Order number}} is ready.' }),
  reply('Menu', { body: 'Here it is', files: [menu], after: 'archive' }),
  reply('Elsewhere', { channels: ['c9'] }),
];
const owned = session('s1', { owner_id: 'me', owner_name: 'Sofia Ortiz' });

beforeEach(() => {
  calls = [];
  localStorage.clear();
  for (const item of outbox.list) outbox.discard(item.client_key);
  drafts.set('s1', { text: '', note: false });
  uploads.take('s1');
  quotes.drop('s1');
  quickReplies.list = LIST;
  quickReplies.loaded = true;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
    const path = new URL(url).pathname.replace('/api/v1', '');
    calls.push({ method: init.method ?? 'GET', path, body });
    const sent = message(9, { client_key: String(body.client_key) });
    return new Response(JSON.stringify(sent), { status: 201 });
  });
  me.take({
    user: {
      id: 'me',
      login: 'sofia',
      name: 'Sofia Ortiz',
      role: 'agent',
      presence: 'available',
      disabled: false,
      locked_until: null,
      queues: ['q1'],
      may_call: false,
      created_at: 1,
    },
    may_administer: false,
    may_supervise: false,
    startable: [],
    preferences: {},
    presence_idle: false,
  });
});
afterEach(cleanup);

function compose() {
  sessions.known.set('s1', owned);
  render(Composer, { session: owned, onpickup: () => {} });
  return { user: userEvent.setup(), box: screen.getByTestId('composer-text') };
}

const names = () => screen.queryAllByTestId('quick-reply').map((row) => row.textContent?.trim());
const sent = () => calls.filter((call) => call.path.endsWith('/messages'));

test('a slash lists the replies of this channel; Enter puts one in, filled, and sends nothing', async () => {
  const { user, box } = compose();
  await user.type(box, 'Hello! /');
  expect(names()).toHaveLength(3);
  await user.keyboard('h');
  expect(names()[0]).toContain('Hours');
  await user.keyboard('{Enter}');
  expect(box).toHaveValue('Hello! We open at 8, Maria.');
  expect(names()).toHaveLength(0);
  expect(sent()).toHaveLength(0);
  await waitFor(() =>
    expect(calls).toContainEqual(
      expect.objectContaining({ method: 'POST', path: '/quick-replies/Hours/use' }),
    ),
  );
});

test('several go into one message; Escape leaves the word as it is', async () => {
  const { user, box } = compose();
  await user.type(box, '/h{Enter} And /h{Enter}');
  expect(box).toHaveValue('We open at 8, Maria. And We open at 8, Maria.');
  await user.clear(box);
  await user.type(box, '/h{Escape}');
  expect(names()).toHaveLength(0);
  expect(box).toHaveFocus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(sent()[0]?.body.text).toBe('/h'));
});

test('the arrows choose, the pointer chooses too', async () => {
  const { user, box } = compose();
  await user.type(box, '/{ArrowDown}');
  const rows = screen.getAllByTestId('quick-reply');
  expect(rows[1]).toHaveAttribute('aria-selected', 'true');
  await user.click(rows[0] as HTMLElement);
  expect((box as HTMLTextAreaElement).value).not.toContain('/');
});

test('what a reply asks is asked first', async () => {
  const { user, box } = compose();
  await user.type(box, '/order{Enter}');
  expect(box).toHaveValue('/order');
  await user.type(screen.getByTestId('ask-answer'), '4711');
  await user.click(screen.getByTestId('ask-insert'));
  expect(box).toHaveValue('Your order 4711 is ready.');
});

test('its files go along, and what is to follow goes with the message', async () => {
  const { user, box } = compose();
  await user.type(box, '/menu{Enter}');
  expect(screen.getByTestId('attachment')).toHaveTextContent('menu.pdf');
  expect(screen.getByTestId('send')).toHaveTextContent('Send and archive');
  await user.type(box, '{Enter}');
  await waitFor(() => expect(sent()[0]?.body).toMatchObject({ file_ids: ['f1'], then: 'archive' }));
});

test('a colon with two letters brings an emoji', async () => {
  const { user, box } = compose();
  await user.type(box, 'Done :tad{Enter}');
  expect(box).toHaveValue('Done 🎉 ');
  expect(sent()).toHaveLength(0);
});

test('a quote stands over the box, goes with the message, and is gone', async () => {
  quotes.set('s1', message(3, { text: 'Do you have rye bread?' }));
  const { user, box } = compose();
  expect(screen.getByTestId('quote-strip')).toHaveTextContent('Do you have rye bread?');
  await user.type(box, 'Yes{Enter}');
  await waitFor(() => expect(sent()[0]?.body).toMatchObject({ text: 'Yes', reply_to: 'm3' }));
  expect(screen.queryByTestId('quote-strip')).toBeNull();
});

test('Ctrl Shift Enter archives with the message; the clock schedules it', async () => {
  const { user, box } = compose();
  await user.type(box, 'Bye{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  await waitFor(() => expect(sent()[0]?.body).toMatchObject({ text: 'Bye', then: 'archive' }));
  await user.type(box, 'Tomorrow then');
  await user.click(screen.getByTestId('later-open'));
  await user.click(screen.getByTestId('menu-later-tomorrow'));
  await waitFor(() => expect(sent()).toHaveLength(2));
  const at = new Date(Number(sent()[1]?.body.send_at));
  expect([at.getHours(), at.getMinutes()]).toEqual([9, 0]);
  expect(sent()[1]?.body).not.toHaveProperty('then');
});

test('the arrow up brings back what was refused', async () => {
  const { user, box } = compose();
  vi.stubGlobal(
    'fetch',
    async () =>
      new Response(JSON.stringify({ code: 'opted_out', message: 'They wrote STOP.' }), {
        status: 409,
      }),
  );
  await user.type(box, 'Hello{Enter}');
  await waitFor(() => expect(outbox.of('s1')[0]?.state).toBe('refused'));
  await user.type(box, '{ArrowUp}');
  expect(box).toHaveValue('Hello');
  expect(outbox.of('s1')).toHaveLength(0);
});

import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts } from '../../state/drafts.svelte';
import { me } from '../../state/me.svelte';
import { outbox } from '../../state/outbox.svelte';
import { message, session } from '../../state/samples';
import { sessions } from '../../state/sessions.svelte';
import { Thread } from '../../state/threads.svelte';
import type { Message } from '../../state/types';
import Composer from './composer/Composer.svelte';
import Bubble from './thread/Bubble.svelte';
import EventLines from './thread/EventLines.svelte';
import ThreadPane from './thread/ThreadPane.svelte';

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

let calls: Call[] = [];
/** What the core answers next; a function that throws is a line that is down. */
let answer: (call: Call) => { status: number; body: unknown };

beforeEach(() => {
  calls = [];
  localStorage.clear();
  for (const item of outbox.list) outbox.discard(item.client_key);
  for (const id of ['s1', 's2']) drafts.set(id, { text: '', note: false });
  answer = (call) => ({
    status: 201,
    body: message(9, { client_key: String(call.body.client_key) }),
  });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const call = {
      method: init.method ?? 'GET',
      path: new URL(url).pathname.replace('/api/v1', ''),
      body: init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {},
    };
    // Drafts come and go beside everything else.
    if (/\/drafts?$/.test(call.path)) {
      return new Response(JSON.stringify({ version: 1, replaced: null, mine: null, others: [] }));
    }
    calls.push(call);
    const { status, body } = answer(call);
    return new Response(JSON.stringify(body), { status });
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
    presence_idle: false,
    preferences: {},
  });
});
afterEach(cleanup);

const sent = () => calls.filter((call) => call.path.endsWith('/messages'));
const owned = session('s1', {
  owner_id: 'me',
  owner_name: 'Sofia Ortiz',
  permits: {
    answer: true,
    note: true,
    bring_in: true,
    pick_up: false,
    transfer: true,
    take_over: false,
    end: true,
  },
});

function compose(given = owned) {
  sessions.known.set(given.id, given);
  render(Composer, { session: given, onpickup: () => {} });
  return { user: userEvent.setup(), box: screen.getByTestId('composer-text') };
}

test('Enter sends and empties the box; Shift Enter begins a line', async () => {
  const { user, box } = compose();
  await user.type(box, 'one{Shift>}{Enter}{/Shift}two');
  expect(sent()).toHaveLength(0);
  expect(box).toHaveValue('one\ntwo');
  await user.type(box, '{Enter}');
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.body).toMatchObject({ text: 'one\ntwo', note: false, file_ids: [] });
  expect(box).toHaveValue('');
});

test('nothing is sent when nothing is written', async () => {
  const { user, box } = compose();
  await user.type(box, '   {Enter}');
  expect(sent()).toHaveLength(0);
  expect(screen.getByTestId('send')).toBeDisabled();
});

test('a note goes as a note', async () => {
  const { user, box } = compose();
  await user.click(screen.getByTestId('tab-note'));
  await user.type(box, 'for the team{Enter}');
  await waitFor(() => expect(sent()[0]?.body).toMatchObject({ note: true, text: 'for the team' }));
});

test('a draft is kept for each session', async () => {
  const { user, box } = compose();
  await user.type(box, 'half a');
  cleanup();
  compose(session('s2'));
  expect(screen.getByTestId('composer-text')).toHaveValue('');
  cleanup();
  compose();
  expect(screen.getByTestId('composer-text')).toHaveValue('half a');
  expect(localStorage.getItem('deskbell.draft.me@/s1')).toContain('half a');
});

test('while the line is down a message waits, and goes later under the same key', async () => {
  answer = () => {
    throw new TypeError('no line');
  };
  outbox.add('s1', 'hello', [], false, 1);
  await waitFor(() => expect(outbox.list[0]?.state).toBe('waiting'));
  const key = outbox.list[0]?.client_key;
  expect(localStorage.getItem(`deskbell.outbox.me@/${key}`)).toContain('hello');
  answer = (call) => ({
    status: 200,
    body: message(9, { client_key: String(call.body.client_key) }),
  });
  outbox.drain();
  await waitFor(() => expect(outbox.list).toHaveLength(0));
  expect(new Set(sent().map((call) => call.body.client_key)).size).toBe(1);
});

test('messages of one session leave in the order they were written', async () => {
  for (const text of ['one', 'two', 'three']) outbox.add('s1', text, [], false, 1);
  await waitFor(() => expect(outbox.list).toHaveLength(0));
  expect(sent().map((call) => call.body.text)).toEqual(['one', 'two', 'three']);
});

test('whoever loses the race keeps the text', async () => {
  answer = () => ({
    status: 409,
    body: { code: 'session_owned', message: 'Ana has this session.' },
  });
  outbox.add('s1', 'my answer', [], false, 1);
  await waitFor(() => expect(outbox.list).toHaveLength(0));
  expect(drafts.get('s1').text).toBe('my answer');
});

test('what the core refuses stays as a bubble and says why', async () => {
  answer = () => ({ status: 409, body: { code: 'opted_out', message: 'They wrote STOP.' } });
  outbox.add('s1', 'hello', [], false, 1);
  await waitFor(() =>
    expect(outbox.list[0]).toMatchObject({ state: 'refused', problem: 'They wrote STOP.' }),
  );
});

test.each([
  ['manual', 'banner-not-picked-up'],
  ['auto', 'banner-auto'],
  ['none', 'banner-shared'],
] as const)('an unowned session of a %s queue says what an answer does', (mode, banner) => {
  compose(session('s1', { queue_mode: mode }));
  expect(screen.getByTestId(banner)).toBeInTheDocument();
});

test('a session that someone else has takes notes only', () => {
  const permits = {
    answer: false,
    note: true,
    bring_in: true,
    pick_up: false,
    transfer: true,
    take_over: true,
    end: false,
  };
  compose(session('s1', { owner_id: 'ana', owner_name: 'Ana', permits }));
  expect(screen.getByTestId('banner-owned')).toHaveTextContent(
    'Ana has this session. You can leave a note.',
  );
  expect(screen.getByTestId('attach')).toBeInTheDocument();
  expect(screen.getByTestId('send')).toHaveTextContent('Add note');
});

test('a session that has ended cannot be answered', () => {
  const permits = {
    answer: false,
    note: false,
    bring_in: false,
    pick_up: false,
    transfer: false,
    take_over: false,
    end: false,
  };
  sessions.known.set('s1', session('s1'));
  render(Composer, {
    session: session('s1', { status: 'closed', closed_by: 'agent', permits }),
    onpickup: () => {},
  });
  expect(screen.getByTestId('banner-ended')).toBeInTheDocument();
  expect(screen.queryByTestId('composer-text')).toBeNull();
});

function bubble(given: Message, holder = owned) {
  const thread = new Thread('s1');
  thread.messages = [given];
  render(Bubble, { message: given, session: holder, thread, first: true, customer: 'Maria Rossi' });
  return { thread, user: userEvent.setup() };
}

const out = (change: Partial<Message>) =>
  message(1, { direction: 'out', author_id: 'me', author_name: 'Sofia Ortiz', ...change });

test('a failed message shows the exact prompt, retries, and tells what the provider said', async () => {
  const error = {
    kind: 'too_many_requests' as const,
    prompt: 'Too frequent operations. Please try again later.',
    code: '10006',
    text: 'slow down',
  };
  const { thread, user } = bubble(out({ state: 'failed', error }));
  expect(screen.getByTestId('failed')).toHaveTextContent(error.prompt);
  await user.click(screen.getByRole('button', { name: 'Details' }));
  expect(screen.getByText('10006')).toBeInTheDocument();
  expect(screen.getByText('slow down')).toBeInTheDocument();
  answer = () => ({ status: 200, body: out({ state: 'queued', updated_at: Date.now() }) });
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(calls[0]).toMatchObject({ method: 'POST', path: '/messages/m1/retry' });
  await waitFor(() => expect(thread.messages[0]?.state).toBe('queued'));
});

test('an uncertain message lets the person decide', async () => {
  const { user } = bubble(out({ state: 'uncertain' }));
  expect(screen.getByTestId('uncertain')).toHaveTextContent('May have been sent');
  answer = () => ({ status: 200, body: out({ state: 'sent', updated_at: Date.now() }) });
  await user.click(screen.getByRole('button', { name: 'It arrived' }));
  await user.click(screen.getByRole('button', { name: 'Send again' }));
  const resolved = calls.filter((call) => call.path.endsWith('/resolve'));
  expect(resolved.map(({ path, body }) => [path, body.arrived])).toEqual([
    ['/messages/m1/resolve', true],
    ['/messages/m1/resolve', false],
  ]);
});

test('who may not answer sees the failure without the buttons', () => {
  const watcher = session('s1', { permits: { ...owned.permits, answer: false } });
  bubble(out({ state: 'failed', error: null }), watcher);
  expect(screen.getByTestId('failed')).toHaveTextContent('Failed to send');
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
});

test('a bubble names its state to those who cannot see ticks', () => {
  bubble(out({ state: 'delivered' }));
  expect(screen.getByRole('article')).toHaveAccessibleName(/^You, \d\d:\d\d, delivered$/);
});

test('a message to several says who else has it, and who the answer goes to', () => {
  bubble(message(1, { others: ['+15550104477', '+15550104478'] }));
  expect(screen.getByTestId('others')).toHaveTextContent(
    'Also to +1 555 010 4477, +1 555 010 4478: your answer goes to Maria Rossi only.',
  );
});

test('a message of which pieces are missing says which', () => {
  bubble(message(1, { parts: { have: 2, total: 3, missing: [2] } }));
  expect(screen.getByTestId('parts')).toHaveTextContent('Part 2 of 3 is missing.');
  cleanup();
  bubble(message(1, { parts: { have: 1, total: 3, missing: [1, 3] } }));
  expect(screen.getByTestId('parts')).toHaveTextContent('Parts 1, 3 of 3 are missing.');
  cleanup();
  bubble(message(1, { parts: { have: 1, total: null, missing: [] } }));
  expect(screen.getByTestId('parts')).toHaveTextContent('A part of this message is missing.');
});

test('who opted out is not written to, and an agent cannot lift that', () => {
  const at = new Date(2026, 2, 3).getTime();
  const optedOut = session('s1', {
    ...owned,
    opted_out: { at, word: 'Stop', told_by: 'customer', told: null },
  });
  render(Composer, { session: optedOut, onpickup: () => {} });
  expect(screen.getByTestId('banner-opted-out')).toHaveTextContent(
    /Maria opted out on 3 March.* with “Stop”\. They can write START to hear from you again\./,
  );
  expect(screen.queryByTestId('tab-reply')).toBeNull();
  expect(screen.getByLabelText('Note')).toBe(screen.getByTestId('composer-text'));
  expect(screen.queryByTestId('lift')).toBeNull();
  cleanup();
  bubble(out({ state: 'failed', error: null }), optedOut);
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
});

test('HTML in a message is text', () => {
  const { container } = render(Bubble, {
    message: message(1, { text: '<img src=x onerror=alert(1)><b>hi</b>' }),
    session: owned,
    thread: new Thread('s1'),
    first: true,
    customer: 'Maria',
  });
  expect(container.querySelector('img, b')).toBeNull();
  expect(container).toHaveTextContent('<b>hi</b>');
});

test('three events fold into one line that opens', async () => {
  const events = [1, 2, 3].map((seq) =>
    message(seq, { kind: 'event', author_id: 'me', event: { kind: 'archived' } }),
  );
  render(EventLines, { props: { events } });
  const fold = screen.getByTestId('events');
  expect(fold).toHaveTextContent('3 events');
  await userEvent.click(fold);
  expect(screen.getAllByTestId('event')).toHaveLength(3);
});

test('a session that somebody else picked up says so and keeps the draft', async () => {
  sessions.take(session('s1', { owner_id: null }));
  sessions.currentId = 's1';
  drafts.set('s1', { text: 'Yes, until six', note: false });
  answer = (call) =>
    call.path === '/sessions/s1'
      ? { status: 404, body: { code: 'not_found', message: 'Session not found.' } }
      : { status: 200, body: { messages: [], more: false, sessions: [], event_seq: 1 } };
  sessions.assigned('s1', 'Sam Okafor');
  render(ThreadPane, { id: 's1' });
  expect(await screen.findByText('Sam Okafor picked this up.')).toBeInTheDocument();
  expect(screen.getByTestId('taken-draft')).toHaveValue('Yes, until six');
  expect(screen.getByRole('button', { name: 'Back to the list' })).toBeEnabled();
  sessions.clear();
});

test('many events of one session ask for its row once', async () => {
  sessions.take(session('s1'));
  sessions.currentId = 's1';
  answer = (call) => ({
    status: 200,
    body: call.path === '/sessions/s1' ? session('s1') : { sessions: [], event_seq: 1 },
  });
  for (let event = 0; event < 30; event += 1) sessions.changed('s1', false);
  await new Promise((done) => setTimeout(done, 700));
  expect(calls.filter((call) => call.path === '/sessions/s1')).toHaveLength(1);
  sessions.clear();
});

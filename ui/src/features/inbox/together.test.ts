import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts } from '../../state/drafts.svelte';
import { guard } from '../../state/guard.svelte';
import { people } from '../../state/nouns.svelte';
import { outbox } from '../../state/outbox.svelte';
import { rooms } from '../../state/rooms.svelte';
import { message, session } from '../../state/samples';
import { sessions } from '../../state/sessions.svelte';
import { threads } from '../../state/threads.svelte';
import { uploads } from '../../state/uploads.svelte';
import Composer from './composer/Composer.svelte';
import SessionRow from './list/SessionRow.svelte';

let sent: Record<string, unknown>[] = [];
let refusal: object | null = null;

beforeEach(() => {
  sent = [];
  refusal = null;
  localStorage.clear();
  drafts.clear();
  threads.clear();
  guard.clear();
  rooms.clear();
  for (const item of outbox.list) outbox.discard(item.client_key);
  people.list = [
    { id: 'a', name: 'Ana Lopez', role: 'agent', presence: 'available', open_sessions: 0 },
    { id: 'n', name: 'Nina Brandt', role: 'agent', presence: 'away', open_sessions: 0 },
  ];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname;
    if (init.method === 'POST' && path.endsWith('/messages')) {
      const body = JSON.parse(String(init.body)) as Record<string, unknown>;
      sent.push(body);
      if (refusal) return new Response(JSON.stringify(refusal), { status: 409 });
      return new Response(JSON.stringify(message(90, { client_key: String(body.client_key) })));
    }
    const body = { version: 1, replaced: null, mine: null, others: [], messages: [], more: false };
    return new Response(JSON.stringify(body));
  });
});
afterEach(cleanup);

function compose(given = session('s1')) {
  sessions.known.set(given.id, given);
  render(Composer, { session: given, onpickup: () => {} });
  return { user: userEvent.setup(), box: screen.getByTestId('composer-text') };
}

test('@ offers colleagues; who is chosen is named in a note', async () => {
  const { user, box } = compose();
  await user.type(box, 'Could @n');
  expect(screen.getAllByTestId('mention-option').map((one) => one.textContent)).toHaveLength(1);
  expect(screen.getByTestId('mention-picker')).toHaveTextContent('this becomes a note');
  await user.keyboard('{Enter}');
  expect(box).toHaveValue('Could @Nina Brandt ');
  expect(screen.queryByTestId('mention-picker')).toBeNull();
  expect(sent).toHaveLength(0);
  await user.type(box, 'look?{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ note: true, text: 'Could @Nina Brandt look?', mentions: ['n'] });
});

test('a name that was taken out again is not named', async () => {
  const { user, box } = compose();
  await user.type(box, '@ana{Enter}');
  await user.clear(box);
  await user.type(box, 'nobody{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ note: true, mentions: [] });
});

test('who may not bring anybody in is offered those who see the session', async () => {
  const given = session('s1', { owner_id: 'a' });
  const { user, box } = compose({
    ...given,
    permits: { ...given.permits, answer: false, bring_in: false },
  });
  await user.type(box, '@');
  expect(screen.getAllByTestId('mention-option')).toHaveLength(1);
  expect(screen.getByTestId('mention-option')).toHaveTextContent('Ana Lopez');
});

test('an answer says up to where its author has seen, and waits when something came', async () => {
  const thread = threads.open('s1');
  thread.take([message(4)]);
  const { user, box } = compose();
  await user.type(box, 'Yes');
  thread.take([
    message(7, { direction: 'out', author_id: 'a', author_name: 'Ana Lopez', text: 'No' }),
  ]);
  await user.keyboard('{Enter}');
  expect(sent).toHaveLength(0);
  expect(await screen.findByTestId('newer-line')).toHaveTextContent('Ana Lopez answered: No');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ text: 'Yes', after_seq: 7 });
  expect(screen.queryByTestId('newer')).toBeNull();
});

test('what the desk held back is in the box again, with what came', async () => {
  const thread = threads.open('s1');
  thread.take([message(4)]);
  const faster = message(6, {
    direction: 'out',
    author_id: 'a',
    author_name: 'Ana Lopez',
    text: 'No',
  });
  refusal = { code: 'newer_arrived', message: 'Ana has answered meanwhile.', newer: [faster] };
  const { user, box } = compose();
  const file = { id: 'f1', name: 'plan.pdf', content_type: 'application/pdf', size: 9 };
  uploads.addStored('s1', [{ ...file, state: 'stored' }]);
  await user.type(box, 'Yes{Enter}');
  expect(await screen.findByTestId('newer-line')).toHaveTextContent('No');
  await waitFor(() => expect(box).toHaveValue('Yes'));
  expect(uploads.ids('s1')).toEqual(['f1']);
  refusal = null;
  await user.click(box);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({ text: 'Yes', after_seq: 6, file_ids: ['f1'] });
});

test('the strip and the row say who views and writes', async () => {
  compose();
  rooms.take({ session_id: 's1', people: [{ user_id: 'a', writing: false }] });
  expect(await screen.findByTestId('company-viewing')).toHaveTextContent('Ana Lopez is viewing');
  rooms.drafts = [{ user_id: 'a', name: 'Ana Lopez', note: false, text: 'Dear M', at: 1 }];
  rooms.take({ session_id: 's1', people: [{ user_id: 'a', writing: true }] });
  expect(await screen.findByTestId('company-writing')).toHaveTextContent('Ana Lopez is writing');
  expect(screen.getByTestId('company-writing')).toHaveTextContent('Dear M');
  const given = session('s1', { drafts: [{ user_id: 'a', name: 'Ana Lopez', note: false }] });
  render(SessionRow, { session: given, selected: false, href: '#', index: 0, total: 1 });
  expect(screen.getByTestId('session-row')).toHaveTextContent('Ana Lopez is writing…');
  rooms.take({ session_id: 's1', people: [] });
  expect(await screen.findByRole('img', { name: 'Draft by Ana Lopez' })).toBeInTheDocument();
});

import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts } from '../../../state/drafts.svelte';
import { guard } from '../../../state/guard.svelte';
import { me } from '../../../state/me.svelte';
import { outbox } from '../../../state/outbox.svelte';
import { message, session } from '../../../state/samples';
import { sessions } from '../../../state/sessions.svelte';
import { threads } from '../../../state/threads.svelte';
import { uploads } from '../../../state/uploads.svelte';
import Composer from './Composer.svelte';

let sent: Record<string, unknown>[] = [];
let refusal: object | null = null;

beforeEach(() => {
  [sent, refusal] = [[], null];
  localStorage.clear();
  uploads.clear();
  drafts.clear();
  threads.clear();
  guard.clear();
  outbox.clear();
  void me.prefer({ enter: 'auto' });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname;
    if (init.method === 'POST' && path.endsWith('/messages')) {
      const body = JSON.parse(String(init.body)) as Record<string, unknown>;
      sent.push(body);
      if (refusal) return new Response(JSON.stringify(refusal), { status: 409 });
      return new Response(JSON.stringify(message(90, { client_key: String(body.client_key) })));
    }
    const body = { version: 1, replaced: null, mine: [], others: [], messages: [], more: false };
    return new Response(JSON.stringify(body));
  });
});
afterEach(cleanup);

function compose() {
  const given = session('s1', { owner_id: 'me' });
  sessions.known.set(given.id, given);
  threads.open('s1').take([message(4)]);
  render(Composer, { session: given, onpickup: () => {} });
  return { user: userEvent.setup(), box: screen.getByTestId('composer-text') };
}

const news = () => threads.open('s1').take([message(7, { text: 'Wait' })]);

test.each(['Send anyway', 'Enter'])(
  'what is to go tomorrow goes tomorrow, with %s after news, too',
  async (how) => {
    const { user, box } = compose();
    await user.type(box, 'Good morning');
    news();
    await user.click(screen.getByRole('button', { name: 'Send later' }));
    await user.click(screen.getByTestId('menu-later-tomorrow'));
    const card = await screen.findByTestId('newer-send');
    expect(card).toHaveTextContent('Send at');
    expect(sent).toEqual([]);
    if (how === 'Enter') await user.type(box, '{Enter}');
    else await user.click(card);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.send_at).toBeGreaterThan(Date.now());
    expect(sent[0]?.after_seq).toBe(7);
  },
);

test('an answer that is to end the session still does after news', async () => {
  const { user, box } = compose();
  await user.type(box, 'Goodbye');
  news();
  await user.click(screen.getByTestId('send-more'));
  await user.click(screen.getByTestId('menu-send-end'));
  await screen.findByTestId('newer');
  await user.type(box, '{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ text: 'Goodbye', then: 'end' });
});

test('what the desk held back goes again as it was wished', async () => {
  refusal = { code: 'newer_arrived', message: 'Ana was faster.', newer: [message(9)] };
  const { user, box } = compose();
  await user.type(box, 'Goodbye');
  await user.click(screen.getByTestId('send-more'));
  await user.click(screen.getByTestId('menu-send-end'));
  await screen.findByTestId('newer');
  refusal = null;
  await user.click(screen.getByTestId('newer-send'));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({ text: 'Goodbye', then: 'end' });
});

test('who goes on writing wishes anew', async () => {
  const { user, box } = compose();
  await user.type(box, 'Good morning');
  news();
  await user.click(screen.getByRole('button', { name: 'Send later' }));
  await user.click(screen.getByTestId('menu-later-tomorrow'));
  await screen.findByTestId('newer');
  await user.type(box, '{Escape}');
  await user.type(box, '!{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).not.toHaveProperty('send_at');
});

test('a file that is dropped on a note stays with the note, and the answer keeps its words', async () => {
  const { user, box } = compose();
  await user.type(box, 'Dear Maria');
  await user.click(screen.getByTestId('tab-note'));
  expect(box).toHaveValue('');
  expect(screen.getByTestId('tab-reply')).toHaveTextContent('begun');
  await user.type(box, 'Do not tell her');
  uploads.addStored('s1:note', [
    { id: 'f1', name: 'x.png', content_type: 'image/png', size: 9, state: 'stored' },
  ]);
  expect(await screen.findByTestId('attachment')).toHaveTextContent('x.png');
  await user.type(box, '{Enter}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ note: true, text: 'Do not tell her', file_ids: ['f1'] });
  // A second Enter sends nothing.
  await user.type(box, '{Enter}');
  expect(sent).toHaveLength(1);
  await user.click(screen.getByTestId('tab-reply'));
  expect(box).toHaveValue('Dear Maria');
});

test('where Enter begins a line, Ctrl+Enter sends', async () => {
  await me.prefer({ enter: 'line' });
  const { user, box } = compose();
  await user.type(box, 'one{Enter}two');
  expect(box).toHaveValue('one\ntwo');
  expect(sent).toEqual([]);
  expect(box).toHaveAttribute('enterkeyhint', 'enter');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ text: 'one\ntwo' });
});

import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Find } from '../../state/find.svelte';
import { preview } from '../../state/preview.svelte';
import { route } from '../../state/route.svelte';
import { message } from '../../state/samples';
import { search } from '../../state/search.svelte';
import { Thread } from '../../state/threads.svelte';
import Search from './Search.svelte';

interface Asked {
  path: string;
  query: URLSearchParams;
}

let asked: Asked[] = [];
let answer: (call: Asked) => unknown;

const none = { count: 0, more: false };
const around = {
  id: 's1',
  status: 'open',
  contact_id: 'k1',
  contact_name: 'Lena Fischer',
  address: '+12025550147',
  channel_name: 'Shop number',
  provider: 'demo',
  owner_name: null,
};

function hit(seq: number) {
  return {
    kind: 'message',
    message_id: `m${seq}`,
    seq,
    message_kind: 'message',
    direction: 'in',
    author_id: null,
    author_name: null,
    at: 1,
    text: [
      { text: 'rye ', hit: true },
      { text: `number ${seq}`, hit: false },
    ],
    files: [],
    session: around,
  };
}

beforeEach(() => {
  asked = [];
  search.clear();
  preview.clear();
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal('fetch', async (url: string) => {
    const { pathname, searchParams } = new URL(url);
    const call = { path: pathname.replace('/api/v1', ''), query: searchParams };
    asked.push(call);
    return new Response(JSON.stringify(answer(call)), { status: 200 });
  });
  answer = ({ path, query }) => {
    if (path === '/search/counts') {
      return { messages: { count: 100, more: true }, sessions: none, contacts: none, files: none };
    }
    if (path === '/search') {
      const hits = query.get('q') === 'rye' ? [hit(3), hit(2), hit(1)] : [];
      return { hits, next: null, behind: 0, all: 3 };
    }
    if (path.endsWith('/messages')) {
      return {
        messages: [message(1), message(2), message(3)],
        more: false,
        newer: false,
        event_seq: 1,
      };
    }
    return [];
  };
  route.replace(['search']);
});
afterEach(cleanup);

const searches = () => asked.filter(({ path }) => path === '/search');

test('it looks while one types, counts, and Enter opens the hit at its place', async () => {
  const user = userEvent.setup();
  render(Search);
  expect(screen.getByText('Find anything that was ever said')).toBeInTheDocument();
  await user.type(screen.getByTestId('search-everything'), 'rye');
  await waitFor(() => expect(screen.getAllByTestId('search-hit')).toHaveLength(3));
  expect(searches().at(-1)?.query.get('q')).toBe('rye');
  expect(screen.getByTestId('tab-messages')).toHaveTextContent('Messages 100+');
  expect(document.querySelectorAll('mark')).toHaveLength(3);
  await user.keyboard('{ArrowDown}');
  expect(screen.getAllByTestId('search-hit')[1]).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  expect(location.hash).toBe('#/inbox/recent/s1?at=2');
});

test('who comes back finds what they left, without asking again', async () => {
  route.replace(['search'], { q: 'rye', in: 'messages' });
  const first = render(Search);
  await waitFor(() => expect(screen.getAllByTestId('search-hit')).toHaveLength(3));
  search.step(2);
  first.unmount();
  const before = searches().length;
  route.replace(['search']);
  render(Search);
  expect(screen.getAllByTestId('search-hit')).toHaveLength(3);
  expect(screen.getAllByTestId('search-hit')[2]).toHaveAttribute('aria-selected', 'true');
  expect(searches()).toHaveLength(before);
});

test('nothing here says where there is something', async () => {
  answer = ({ path }) =>
    path === '/search/counts'
      ? { messages: none, sessions: none, contacts: { count: 2, more: false }, files: none }
      : path === '/search'
        ? { hits: [], next: null, behind: 0, all: 3 }
        : [];
  route.replace(['search'], { q: 'fischer', in: 'messages' });
  render(Search);
  await waitFor(() => expect(screen.getByText('Nothing found here')).toBeInTheDocument());
  await userEvent.click(screen.getByRole('button', { name: 'Contacts: 2 hits' }));
  expect(location.hash).toContain('in=contacts');
});

test('an empty part of a large desk is no end: it goes on until there is something', async () => {
  answer = ({ path, query }) => {
    if (path.endsWith('/messages')) return { messages: [], more: false, newer: false };
    if (path !== '/search') return [];
    const cursor = query.get('cursor');
    if (cursor === null) return { hits: [], next: '90', behind: 5, all: 100 };
    if (cursor === '90') return { hits: [], next: '80', behind: 5, all: 100 };
    return { hits: [hit(7)], next: null, behind: 5, all: 100 };
  };
  route.replace(['search'], { q: 'rye', in: 'messages' });
  render(Search);
  await waitFor(() => expect(screen.getAllByTestId('search-hit')).toHaveLength(1));
  expect(searches().map(({ query }) => query.get('cursor'))).toEqual([null, '90', '80']);
  expect(screen.getByTestId('search-behind')).toHaveTextContent('95 %');
});

test('finding inside a conversation goes round from the newest place to the oldest', async () => {
  const thread = new Thread('s1');
  const find = new Find(thread);
  find.text = 'rye';
  await find.look();
  expect(searches()[0]?.query.get('session')).toBe('s1');
  expect([find.at, thread.mark.seq]).toEqual([0, 3]);
  await find.older();
  expect(thread.mark.seq).toBe(2);
  await find.newer();
  await find.newer();
  expect(thread.mark.seq).toBe(1);
  find.stop();
  expect(thread.mark.seq).toBeNull();
});

import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { channels } from '../../state/nouns.svelte';
import { rooms } from '../../state/rooms.svelte';
import { session } from '../../state/samples';
import { sessions } from '../../state/sessions.svelte';
import type { Description, Session, Visitor } from '../../state/types';
import { visitors } from '../../state/visitors.svelte';
import Composer from './composer/Composer.svelte';
import Situation from './composer/Situation.svelte';
import VisitorPanel from './details/VisitorPanel.svelte';
import SessionRow from './list/SessionRow.svelte';

const NOW = Date.parse('2026-05-14T12:08:00Z');
let visitor: Visitor;

beforeEach(() => {
  visitors.forget();
  channels.providers = [
    {
      id: 'livechat',
      label: 'Live chat',
      medium: 'livechat',
      limits: { text_chars: 5000, files: 10 },
    },
  ] as unknown as Description[];
  visitor = {
    state: 'online',
    writing: false,
    page: { at: NOW, url: 'https://shop.example/pricing', title: 'Prices' },
    pages: [
      { at: NOW, url: 'https://shop.example/pricing', title: 'Prices' },
      { at: NOW - 60_000, url: 'javascript:alert(1)', title: 'A <b>trap</b>' },
    ],
    referrer: 'https://search.example/?q=bikes',
    browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    language: 'de',
    time_zone: 'Asia/Kolkata',
    form: { name: 'Maria', email: 'maria@example.com' },
    consented_at: NOW,
    first_seen_at: NOW,
    last_seen_at: NOW,
  };
  vi.stubGlobal('fetch', async (url: string) => {
    const path = new URL(url).pathname;
    const body = path.endsWith('/visitor') ? visitor : { version: 1, mine: null, others: [] };
    return new Response(JSON.stringify(body));
  });
});
afterEach(cleanup);

function visit(change: Record<string, unknown> = {}): Session {
  const given = session('s1', {
    provider: 'livechat',
    contact_name: '',
    address: '5A6F0E1D4F2A',
    ...change,
  });
  sessions.known.set(given.id, given);
  return { ...given, page: '/pricing', ...change } as Session;
}

function row(given: Session): HTMLElement {
  render(SessionRow, { session: given, selected: false, href: '#', index: 0, total: 1 });
  return screen.getByTestId('session-row');
}

test('a row names a visitor by their page, says where they are and that they type', async () => {
  const it = row(visit());
  expect(it).toHaveTextContent('Visitor · pricing');
  expect(screen.queryByTestId('visitor-state')).toBeNull();
  visitors.takeAll([{ session_id: 's1', state: 'online', writing: true }]);
  await waitFor(() => expect(it).toHaveTextContent('typing…'));
  expect(screen.getByTestId('visitor-state').dataset.state).toBe('online');
  visitors.take({ session_id: 's1', state: 'away', writing: false });
  await waitFor(() => expect(screen.getByTestId('visitor-state').dataset.state).toBe('away'));
  expect(it).not.toHaveTextContent('typing…');
  // Whoever is not among those who are there has left.
  visitors.takeAll([]);
  await waitFor(() => expect(screen.getByTestId('visitor-state')).toHaveTextContent('Left'));
});

test('who gave a name is called by it, and other customers have no place on a page', () => {
  visitors.takeAll([]);
  expect(row(visit({ contact_name: 'Maria Rossi' }))).toHaveTextContent('Maria Rossi');
  cleanup();
  row(session('s2', { provider: 'twilio', contact_name: 'Jonas' }));
  expect(screen.queryByTestId('visitor-state')).toBeNull();
});

test('the composer says who types, and that an answer will be read later; it counts no parts', async () => {
  render(Composer, { session: visit(), onpickup: () => {} });
  visitors.takeAll([{ session_id: 's1', state: 'online', writing: true }]);
  expect(await screen.findByTestId('visitor-writing')).toHaveTextContent('is typing…');
  visitors.takeAll([]);
  expect(await screen.findByTestId('visitor-left')).toHaveTextContent('next visit');
  await userEvent.setup().type(screen.getByTestId('composer-text'), 'Hello');
  expect(screen.getByTestId('counter')).toHaveTextContent('5 / 5000');
});

test('typing tells a visitor only of answers: a note says that it is one', async () => {
  const said: unknown[] = [];
  rooms.say = (whereabouts) => said.push(whereabouts);
  rooms.enter('s1');
  rooms.typing('s1', false);
  rooms.typing('s1', true);
  rooms.enter(null);
  rooms.say = () => {};
  expect(said.slice(1, 3)).toEqual([
    { session_id: 's1', writing: true },
    { session_id: 's1', writing: true, note: true },
  ]);
});

test('an ended chat says who ended it and offers no new session', () => {
  const closed = { status: 'closed', closed_by: 'visitor' };
  render(Situation, { session: visit(closed), onpickup: () => {} });
  expect(screen.getByTestId('banner-ended')).toHaveTextContent('The visitor ended this chat.');
  expect(screen.queryByRole('button')).toBeNull();
});

test('the details tell the way of a visitor; only addresses of the web can be opened', async () => {
  render(VisitorPanel, { session: visit() });
  const part = await screen.findByTestId('visitor');
  expect(screen.getByTestId('visitor-page')).toHaveTextContent('Prices');
  const links = [...part.querySelectorAll('a')].map((link) => link.href);
  expect(links).toEqual(['https://shop.example/pricing', 'https://search.example/?q=bikes']);
  expect(screen.getByTestId('visitor-pages')).toHaveTextContent('A <b>trap</b>');
  expect(part).toHaveTextContent('Firefox · Linux');
  expect(part).toHaveTextContent('German');
  expect(screen.getByTestId('visitor-answers')).toHaveTextContent('maria@example.com');
  expect(part).toHaveTextContent('Nobody has checked them.');
});

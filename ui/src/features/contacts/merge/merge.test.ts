import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contactFields } from '../../../state/contact-fields.svelte';
import { contacts } from '../../../state/contacts.svelte';
import { conflicts, facts, merging, swapped } from '../../../state/merging.svelte';
import { route } from '../../../state/route.svelte';
import { contact } from '../../../state/samples';
import { toasts } from '../../../state/toasts.svelte';
import type { ContactMerge, MergePreview, UnmergePreview } from '../../../state/types';
import ContactPage from '../ContactPage.svelte';
import MergeDialogs from './MergeDialogs.svelte';

const one = contact('k1', { name: 'Maria', email: 'm@example.com', remarks: 'Likes rye' });
const two = contact('k2', { name: 'Maria Lang', email: 'lang@example.com', company: 'Lang' });
const merged: ContactMerge = {
  id: 'm1',
  kept_id: 'k1',
  merged_id: 'k2',
  merged_name: 'Maria Lang',
  at: Date.now(),
  by_id: 'u1',
  by_name: 'Ana',
  until: Date.now() + 1e9,
  undone: null,
};

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

let calls: Call[] = [];
let answers: Record<string, (call: Call) => { status?: number; body: unknown }>;

function preview({ body }: Call): { body: MergePreview } {
  const swaps = body.other_id === 'k1';
  const [kept, other] = swaps ? [two, one] : [one, two];
  const counts = { notes: 2, sessions: 1, files: 0 };
  const brings = { kept: { notes: 0, sessions: 0, files: 0 }, other: counts };
  const result = { ...kept, company: 'Lang', remarks: 'Likes rye' };
  return { body: { kept, other, result, brings, refused: null } };
}

beforeEach(() => {
  calls = [];
  merging.clear();
  contacts.clear();
  toasts.list = [];
  contactFields.list = [];
  contactFields.loaded = true;
  contacts.take(one);
  contacts.take(two);
  answers = {
    'GET /contacts/k1': () => ({ body: one }),
    'GET /contacts/k2': () => ({ body: two }),
    'POST /contacts/k1/merge-preview': preview,
    'POST /contacts/k2/merge-preview': preview,
  };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const call = {
      method: init.method ?? 'GET',
      path: new URL(url).pathname.replace('/api/v1', ''),
      body: init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {},
    };
    calls.push(call);
    const { status = 200, body } = answers[`${call.method} ${call.path}`]?.(call) ?? { body: [] };
    return new Response(JSON.stringify(body), { status });
  });
});
afterEach(cleanup);

const sent = (path: string) => calls.filter((call) => call.path === path).map((call) => call.body);

test('what both know differently is to be chosen, and stays chosen when the other stays', () => {
  expect(facts(one, two)).toEqual(['name', 'company', 'email', 'remarks']);
  expect(conflicts(one, two)).toEqual(['name', 'email']);
  expect(swapped(one, two, ['email'])).toEqual(['name']);
  const [left, right] = ['a', 'b'].map((value) => contact('k', { values: { f1: value } }));
  expect(left && right && conflicts(left, right)).toEqual(['values.f1']);
});

test('a value of the other is one click away, and goes along', async () => {
  const user = userEvent.setup();
  answers['POST /contacts/k1/merge'] = () => ({ body: { contact: one, merge: merged } });
  merging.ask('k1', 'k2');
  render(MergeDialogs);
  const emails = await screen.findByTestId('merge-fact-email');
  expect(emails).toHaveTextContent('lang@example.com');
  expect(screen.queryByTestId('merge-fact-company'), 'only one has it').toBeNull();
  expect(screen.getByTestId('merge-together')).toHaveTextContent('2 notes');
  await user.click(screen.getByLabelText('lang@example.com'));
  await waitFor(() =>
    expect(sent('/contacts/k1/merge-preview').at(-1)).toEqual({ other_id: 'k2', take: ['email'] }),
  );
  await user.click(screen.getByTestId('merge-confirm'));
  await waitFor(() => expect(merging.kept).toBeNull());
  expect(sent('/contacts/k1/merge')).toEqual([{ other_id: 'k2', take: ['email'] }]);
  expect(toasts.list.at(-1)?.title).toBe('Maria Lang is part of Maria now');
});

test('the one who stays is changed with a click', async () => {
  const user = userEvent.setup();
  merging.ask('k1', 'k2');
  render(MergeDialogs);
  await user.click(await screen.findByTestId('merge-swap'));
  await waitFor(() => expect([merging.kept, merging.other]).toEqual(['k2', 'k1']));
  const wish = { other_id: 'k1', take: ['name', 'email'] };
  await waitFor(() => expect(sent('/contacts/k2/merge-preview').at(-1)).toEqual(wish));
});

test('who may not merge is told why, and cannot', async () => {
  answers['POST /contacts/k1/merge-preview'] = (call) => ({
    body: { ...preview(call).body, refused: 'Ask a supervisor.' },
  });
  merging.ask('k1', 'k2');
  render(MergeDialogs);
  await screen.findByText('Ask a supervisor.');
  expect(screen.getByTestId('merge-confirm')).toBeDisabled();
});

test('what stays is said before two are taken apart, and a reason why not', async () => {
  const user = userEvent.setup();
  const apart: UnmergePreview = {
    merge: merged,
    kept: one,
    other: two,
    notes: 2,
    stays: ['email'],
    numbers_stay: ['+12025550163'],
    notes_stay: 1,
    refused: null,
  };
  answers['GET /contact-merges/m1'] = () => ({ body: apart });
  answers['POST /contact-merges/m1/undo'] = () => ({ body: { kept: one, other: two } });
  merging.askApart('m1');
  render(MergeDialogs);
  const stays = await screen.findByTestId('unmerge-stays');
  for (const words of ['E-mail', '+1 202 555 0163', '1 note written since']) {
    expect(stays).toHaveTextContent(words);
  }
  await user.click(screen.getByTestId('unmerge-confirm'));
  await waitFor(() => expect(merging.apart).toBeNull());
  const reason = 'The number belongs to Omar since.';
  answers['GET /contact-merges/m1'] = () => ({
    body: { ...apart, kept: null, other: null, refused: reason },
  });
  merging.askApart('m1');
  await screen.findByText(reason);
  expect(screen.getByTestId('unmerge-confirm')).toBeDisabled();
});

test('an old address leads to whom its contact became part of', async () => {
  route.replace(['contacts', 'k2'], { q: 'maria' });
  answers['GET /contacts/k2'] = () => ({
    status: 410,
    body: { code: 'contact_merged', message: 'It became part of Maria.', contact_id: 'k1' },
  });
  render(ContactPage, { id: 'k2', onopen: () => {} });
  await waitFor(() => expect(location.hash).toBe('#/contacts/k1?q=maria'));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('That contact became part of Maria'));
});

test('who was taken apart again is found at their own address', async () => {
  contacts.became.set('k2', 'k1');
  route.replace(['contacts', 'k2']);
  render(ContactPage, { id: 'k2', onopen: () => {} });
  await screen.findByTestId('contact-heading');
  expect(location.hash).toBe('#/contacts/k2');
});

test('the page tells of merges and of who looks like the same person', async () => {
  const user = userEvent.setup();
  answers['GET /contacts/k1/merges'] = () => ({ body: [merged] });
  answers['GET /contacts/k1/lookalikes'] = () => ({ body: [{ contact: two, by: ['name'] }] });
  render(ContactPage, { id: 'k1', onopen: () => {} });
  expect(await screen.findByTestId('contact-merge')).toHaveTextContent(
    'Merged with Maria Lang by Ana on',
  );
  expect(await screen.findByTestId('contact-alike')).toHaveTextContent('same name');
  await user.click(screen.getByTestId('alike-merge'));
  expect([merging.kept, merging.other]).toEqual(['k1', 'k2']);
  await user.click(screen.getByTestId('alike-not'));
  await waitFor(() => expect(sent('/contacts/k1/distinct/k2')).toHaveLength(1));
});

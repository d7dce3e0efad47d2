import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockIn, dayWords } from '../../i18n/zones';
import { addressBook } from '../../state/address-book.svelte';
import { contactFields } from '../../state/contact-fields.svelte';
import { ContactForm as Form } from '../../state/contact-form.svelte';
import { contacts, nameOf } from '../../state/contacts.svelte';
import { me } from '../../state/me.svelte';
import { contact } from '../../state/samples';
import type { ContactField } from '../../state/types';
import ContactForm from './ContactForm.svelte';
import ContactPage from './ContactPage.svelte';
import Facts from './Facts.svelte';

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

let calls: Call[] = [];
let answer: (call: Call) => { status?: number; body: unknown };

beforeEach(() => {
  calls = [];
  contacts.clear();
  addressBook.clear();
  contactFields.list = [];
  contactFields.loaded = true;
  answer = () => ({ body: [] });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(url);
    const call = {
      method: init.method ?? 'GET',
      path: pathname.replace('/api/v1', '') + search,
      body: init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {},
    };
    calls.push(call);
    const { status = 200, body } = answer(call);
    return new Response(JSON.stringify(body), { status });
  });
});
afterEach(cleanup);

function field(id: string, change: Partial<ContactField>): ContactField {
  return { id, name: id, kind: 'text', choices: [], used_by: 0, ...change };
}

const asked = (method: string, path: string) =>
  calls.filter((call) => call.method === method && call.path === path);

test('a new contact is sent with what was typed, and its page opens', async () => {
  const user = userEvent.setup();
  const onclose = vi.fn();
  answer = ({ method }) => ({ status: method === 'POST' ? 201 : 200, body: contact('k9') });
  render(ContactForm, { id: null, prefill: '', onclose });
  expect(screen.getByTestId('save')).toBeDisabled();
  await user.type(screen.getByTestId('form-name'), ' Vera Novak ');
  await user.type(screen.getByTestId('form-phone'), '(202) 555-0147');
  await user.click(screen.getByTestId('save'));
  await waitFor(() => expect(onclose).toHaveBeenCalledWith('k9'));
  expect(asked('POST', '/contacts')[0]?.body).toMatchObject({ phone: '(202) 555-0147' });
});

test('who was sought and not found is the beginning of a new contact', () => {
  expect(new Form(null, [], 'Vera').typed.name).toBe('Vera');
  const form = new Form(null, [], '+1 (202) 555');
  expect([form.typed.name, form.phone]).toEqual(['', '+1 (202) 555']);
  expect(form.dirty).toBe(true);
});

test('a contact without a name is refused here, one who wrote by themselves is not', async () => {
  const form = new Form(null, []);
  expect(await form.save()).toBeNull();
  expect(form.sending.wrong.name).toBeTruthy();
  expect(calls).toHaveLength(0);
  contacts.take(contact('k1', { name: '' }));
  answer = () => ({ body: contact('k1', { name: '', company: 'Bakery' }) });
  const nameless = new Form(contacts.known.get('k1') ?? null, []);
  nameless.typed.company = 'Bakery';
  expect(await nameless.save()).toBe('k1');
});

test('what the core refuses is told at its field, custom ones too', async () => {
  const user = userEvent.setup();
  contactFields.list = [field('f1', { name: 'Birthday', kind: 'date' })];
  contacts.take(contact('k1'));
  answer = () => ({
    status: 422,
    body: {
      code: 'invalid',
      message: 'some fields need another look',
      fields: [
        { field: 'values.f1', message: 'Enter a day.' },
        { field: 'email', message: 'This is not an e-mail address.' },
      ],
    },
  });
  render(ContactForm, { id: 'k1', prefill: '', onclose: () => {} });
  await user.type(screen.getByTestId('form-company'), '!');
  await user.click(screen.getByTestId('save'));
  await screen.findByText('Enter a day.');
  expect(screen.getByTestId('value-Birthday')).toHaveAttribute('aria-invalid');
  expect(screen.getByText('This is not an e-mail address.')).toBeInTheDocument();
});

test('custom fields are shown in their order and in words, empty ones not at all', () => {
  contactFields.list = [
    field('f2', { name: 'Regular', kind: 'yes_no' }),
    field('f1', { name: 'Birthday', kind: 'date' }),
    field('f3', { name: 'Level' }),
    field('f4', { name: 'Site', kind: 'link' }),
  ];
  const values = { f1: '1990-05-14', f2: 'yes', f4: 'https://example.com/v' };
  render(Facts, { contact: contact('k1', { values }) });
  const shown = [...document.querySelectorAll('dt')].map((dt) => dt.textContent);
  expect(shown).toEqual(['Regular', 'Birthday', 'Site']);
  expect(screen.getByText('Yes')).toBeInTheDocument();
  expect(screen.getByText('14 May 1990')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'example.com/v' })).toHaveAttribute(
    'href',
    'https://example.com/v',
  );
});

test('a blocked contact says so, and offers to write to nobody', async () => {
  const blocked = { at: 1, by: 'ben', by_name: 'Ben', reason: 'Spam' };
  const vera = contact('k1', { blocked });
  answer = ({ path }) => ({ body: path === '/contacts/k1' ? vera : [] });
  contacts.take(vera);
  me.take({
    user: {
      id: 'me',
      login: 'ana',
      name: 'Ana',
      role: 'agent',
      presence: 'available',
      disabled: false,
      locked_until: null,
      queues: [],
      created_at: 1,
    },
    may_administer: false,
    may_supervise: false,
    startable: [
      { id: 'n1', channel_id: 'c1', channel_name: 'Shop', address: '+15550100', provider: 'acme' },
    ],
    preferences: {},
  } as unknown as Parameters<typeof me.take>[0]);
  render(ContactPage, { id: 'k1', onopen: () => {} });
  expect(screen.getByTestId('contact-blocked')).toHaveTextContent('Spam');
  expect(screen.queryByTestId('contact-write')).toBeNull();
  contacts.take(contact('k1'));
  await screen.findByTestId('contact-write');
});

test('a contact that was deleted elsewhere is told as gone', async () => {
  contacts.take(contact('k1'));
  answer = () => ({
    status: 404,
    body: { code: 'not_found', message: 'there is no such contact' },
  });
  render(ContactPage, { id: 'k1', onopen: () => {} });
  await screen.findByText('This contact is not there any more');
});

test('who became part of another contact is asked for once', async () => {
  answer = () => ({ status: 404, body: { code: 'not_found', message: 'no such contact' } });
  await contacts.know('k1');
  await contacts.know('k1');
  expect(asked('GET', '/contacts/k1')).toHaveLength(1);
  answer = () => ({ body: [] });
  contacts.take(contact('k1'));
  await contacts.know('k1');
  expect(asked('GET', '/contacts/k1')).toHaveLength(1);
});

test('the list keeps its pages when it is asked for again', async () => {
  const page = (from: number, count: number, next: string | null, total: number | null) => ({
    contacts: Array.from({ length: count }, (_, at) => contact(`k${from + at}`)),
    next,
    total,
  });
  answer = ({ path }) => {
    if (path.startsWith('/contacts/counts')) {
      return { body: { all: 90, unnamed: 0, blocked: 0 } };
    }
    return { body: path.includes('cursor') ? page(60, 30, null, null) : page(0, 60, 'next', 90) };
  };
  await addressBook.show({ q: '', show: 'all', sort: 'name' });
  expect([addressBook.list.length, addressBook.hasMore]).toEqual([60, true]);
  await addressBook.more();
  expect([addressBook.list.length, addressBook.hasMore, addressBook.total]).toEqual([
    90,
    false,
    90,
  ]);
  await addressBook.load();
  expect(addressBook.list).toHaveLength(90);
  expect(addressBook.neighbour('k0', 1)?.id).toBe('k1');
  expect(addressBook.neighbour('k0', -1)).toBeNull();
});

test('times elsewhere, days and names are words', () => {
  const noon = Date.UTC(2026, 4, 14, 12, 0);
  expect(clockIn('Asia/Tokyo', noon)).toMatch(/21:00/);
  expect([clockIn('', noon), clockIn('Mars/Base', noon)]).toEqual(['', '']);
  expect(dayWords('soon')).toBe('soon');
  expect(nameOf(contact('k1', { name: '' }))).toBe('+1 202 555 0147');
  expect(nameOf(contact('k1', { name: '', identities: [] }))).toBe('Without a name');
});

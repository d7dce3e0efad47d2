import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChannelForm } from '../../state/channel-form.svelte';
import { channels, queues } from '../../state/nouns.svelte';
import type { Channel, Description } from '../../state/types';
import ChannelEditor from './channels/ChannelEditor.svelte';
import GuideText from './channels/GuideText.svelte';
import StepNumbers from './channels/StepNumbers.svelte';
import StepWebhook from './channels/StepWebhook.svelte';

const PROVIDER = {
  id: 'acme',
  label: 'Acme',
  tagline: '',
  medium: 'sms',
  base_url: 'https://api.acme.example',
  fields: [],
  signing: 'never',
  networks: ['192.0.2.0/27', '198.51.100.7'],
  abilities: { numbers: true, webhook: true },
  sender_ids: false,
  portal: '',
  steps: [],
  notes: [],
  unconfirmed: [],
} as unknown as Description;

function channel(change: Partial<Channel> = {}): Channel {
  return {
    id: 'c1',
    provider: 'acme',
    name: 'Shop number',
    state: 'draft',
    values: {},
    secrets_set: [],
    numbers: [],
    rate: 1,
    allowed_networks: [],
    webhook_path: '/api/v1.0/webhook/acme/x',
    webhook_url: 'https://desk.example/api/v1.0/webhook/acme/x',
    webhook_at_provider: null,
    health: { state: null, words: 'Not checked yet', refused: 0, refusals: [] },
    ...change,
  } as Channel;
}

/** What the pages ask for besides. */
const ELSEWHERE: Record<string, { status?: number; body: unknown }> = {
  '/channels': { body: [] },
  '/settings': { body: { proxy_header: 'none' } },
  '/me': { body: { user: { id: 'me', name: 'Ana' }, startable: [], preferences: {} } },
};

let calls: { method: string; path: string; body: unknown }[] = [];
let answer: (path: string) => { status?: number; body: unknown };

beforeEach(() => {
  calls = [];
  channels.providers = [PROVIDER];
  queues.list = [{ id: 'q1', name: 'Sales', mode: 'manual', agents: [] } as never];
  answer = () => ({ body: channel() });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    const body: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    calls.push({ method: init.method ?? 'GET', path, body });
    const { status = 200, body: said } = ELSEWHERE[path] ?? answer(path);
    return new Response(JSON.stringify(said), { status });
  });
});
afterEach(cleanup);

/** The wizard of a draft, at its numbers. */
async function wizardAtNumbers(listed: unknown[]): Promise<ReturnType<typeof userEvent.setup>> {
  Element.prototype.scrollIntoView = vi.fn();
  answer = (path) => {
    if (path.endsWith('/check')) return { body: { state: 'connected', words: 'Connected' } };
    return { body: path.endsWith('/account-numbers') ? listed : channel() };
  };
  render(ChannelEditor, { id: 'c1' });
  const user = userEvent.setup();
  await user.click(await screen.findByTestId('wizard-next'));
  await screen.findByTestId('numbers-fetch');
  return user;
}

test('numbers that are ticked are taken along without another button', async () => {
  const user = await wizardAtNumbers([
    { address: '+12025550123', added: false },
    { address: '+12025550124', added: false, in_channel: 'Old shop' },
  ]);
  await user.click(screen.getByTestId('numbers-fetch'));
  const boxes = await screen.findAllByRole('checkbox');
  expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([true, false]);
  expect(screen.getByText('already in the channel “Old shop”')).toBeInTheDocument();
  await user.click(screen.getByTestId('wizard-next'));
  await screen.findByTestId('webhook-url');
  const saved = calls.filter((call) => call.method === 'PATCH').at(-1);
  expect(saved?.body).toMatchObject({ numbers: [{ address: '+12025550123' }] });
}, 20_000);

test('going on without a number is asked for, and its step gets no tick', async () => {
  const user = await wizardAtNumbers([]);
  await user.click(screen.getByTestId('wizard-next'));
  expect(screen.getByTestId('wizard-status')).toHaveTextContent('Add a number first');
  expect(screen.getByTestId('numbers-fetch')).toBeInTheDocument();
  await user.click(screen.getByTestId('wizard-next'));
  await screen.findByTestId('webhook-url');
  expect(screen.getByTestId('step-numbers')).not.toHaveClass('done');
  expect(screen.getByTestId('step-credentials')).toHaveClass('done');
}, 20_000);

async function formOf(given: Channel): Promise<ChannelForm> {
  answer = () => ({ body: given });
  const form = new ChannelForm();
  await form.open(given.id);
  return form;
}

test('numbers come before the webhook only where the webhook is set for them', async () => {
  const form = await formOf(channel());
  expect(form.steps.indexOf('numbers')).toBeLessThan(form.steps.indexOf('webhook'));
  channels.providers = [
    { ...PROVIDER, abilities: { numbers: true, webhook: false, calls: false } },
  ];
  expect(form.steps.indexOf('webhook')).toBeLessThan(form.steps.indexOf('numbers'));
});

test('fetched numbers are taken with one destination; those with a problem wait to be chosen', async () => {
  const form = await formOf(channel());
  answer = () => ({
    body: [
      { address: '+12025550123', name: 'Front', problem: null, added: false },
      { address: '+12025550124', name: null, problem: 'It cannot send texts.', added: false },
    ],
  });
  render(StepNumbers, { form });
  const user = userEvent.setup();
  await user.click(screen.getByTestId('numbers-fetch'));
  const boxes = await screen.findAllByRole('checkbox');
  expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([true, false]);
  expect(screen.getByText('It cannot send texts.')).toBeInTheDocument();
  await user.click(screen.getByTestId('numbers-take'));
  expect(form.typed.numbers).toMatchObject([
    { address: '+12025550123', destination: { kind: 'queue', id: 'q1' } },
  ]);
  await waitFor(() => expect(screen.getAllByRole('checkbox')[0]).toBeDisabled());
});

test('what the provider says against it is told in its own words, one click away', async () => {
  const form = await formOf(channel());
  answer = () => ({
    status: 424,
    body: {
      code: 'provider_failed',
      message: 'Acme: Authentication Failed.',
      failure: { kind: 'authentication_failed', code: '401', text: 'bad key' },
    },
  });
  render(StepNumbers, { form });
  await userEvent.setup().click(screen.getByTestId('numbers-fetch'));
  const problem = await screen.findByTestId('numbers-problem');
  expect(problem).toHaveTextContent('Acme: Authentication Failed.');
  expect(problem).toHaveTextContent('401: bad key');
});

test('the webhook waits for an address and a number, and says for which', async () => {
  const without = await formOf(channel({ webhook_url: null }));
  render(StepWebhook, { form: without });
  expect(screen.getByTestId('webhook-set')).toBeDisabled();
  expect(screen.getByTestId('webhook-state')).toHaveTextContent('public address');
  cleanup();
  const numberless = await formOf(channel());
  render(StepWebhook, { form: numberless });
  expect(screen.getByTestId('webhook-state')).toHaveTextContent('has a number');
});

test('what was set, what is left to do, and another address are told apart', async () => {
  const numbers = [{ id: 'n1', address: '+12025550123', starters: [] }] as never;
  const set = { url: 'https://old.example/x', at: Date.now(), is_current: false, missing: [] };
  const form = await formOf(channel({ numbers, webhook_at_provider: set }));
  render(StepWebhook, { form });
  expect(screen.getByTestId('webhook-state')).toHaveTextContent(
    'Acme still has another address: https://old.example/x',
  );
  answer = (path) =>
    path.endsWith('/webhook')
      ? { body: { done: ['+1 202 now sends here.'], left: ['Switch on replies.'] } }
      : { body: channel({ numbers, webhook_at_provider: { ...set, is_current: true } }) };
  await userEvent.setup().click(screen.getByTestId('webhook-set'));
  expect(await screen.findByTestId('webhook-result')).toHaveTextContent('+1 202 now sends here.');
  expect(screen.getByTestId('webhook-left')).toHaveTextContent('Switch on replies.');
  expect(screen.getByTestId('webhook-state')).toHaveTextContent('Set at Acme');
});

test('the published addresses join what stands there, and go out one by one', async () => {
  const form = await formOf(channel({ allowed_networks: ['203.0.113.9'] }));
  render(StepWebhook, { form });
  expect(screen.getByTestId('guard')).toHaveAttribute('open');
  const user = userEvent.setup();
  await user.click(screen.getByTestId('guard-publish'));
  expect(screen.queryByTestId('guard-publish')).toBeNull();
  answer = () => ({ body: channel() });
  const saving = form.saveGuard();
  expect(form.asking).toBe(true);
  expect(calls.some((call) => call.method === 'PATCH')).toBe(false);
  form.answerBlind(true);
  await saving;
  const saved = calls.find((call) => call.method === 'PATCH');
  expect(saved?.body).toEqual({
    webhook_user: '',
    allowed_networks: ['203.0.113.9', '192.0.2.0/27', '198.51.100.7'],
  });
});

test('a list that shuts everybody out is not saved without a yes', async () => {
  const form = await formOf(channel());
  render(StepWebhook, { form });
  await userEvent.setup().click(screen.getByTestId('guard-publish'));
  await screen.findByTestId('guard-blind');
  const saving = form.saveGuard();
  form.answerBlind(false);
  expect(await saving).toBe(false);
  expect(calls.some((call) => call.method === 'PATCH')).toBe(false);
});

test('a made-up password can be copied, also within the address, and has to be told', async () => {
  const form = await formOf(channel());
  render(StepWebhook, { form });
  const user = userEvent.setup();
  await user.click(screen.getByTestId('guard-invent'));
  const { webhook_user: name, webhook_password: password } = form.typed;
  expect(screen.getByTestId('guard-address')).toHaveValue(
    `https://${name}:${password}@desk.example/api/v1.0/webhook/acme/x`,
  );
  await form.saveGuard();
  expect(form.locked).toBe(true);
});

test('without a public address nothing half is shown to be copied', async () => {
  const form = await formOf(channel({ webhook_url: null }));
  render(StepWebhook, { form });
  expect(screen.queryByTestId('webhook-url')).toBeNull();
  cleanup();
  render(GuideText, { text: 'Enter {webhook_url} there.', url: '' });
  expect(screen.getByTestId('guide-no-address')).toHaveTextContent('no public address yet');
  expect(screen.queryByRole('button')).toBeNull();
});

test('what stands in backticks is copied as it is', async () => {
  const user = userEvent.setup();
  render(GuideText, { text: 'Enter `SMS/Inbound` there.', url: '' });
  await user.click(screen.getByRole('button', { name: 'Copy SMS/Inbound' }));
  expect(await navigator.clipboard.readText()).toBe('SMS/Inbound');
});

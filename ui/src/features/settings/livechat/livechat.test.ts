import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { channels, queues } from '../../../state/nouns.svelte';
import { ofSite } from '../../../state/site-samples';
import type { Channel, ChatSettings, ChatCheck } from '../../../state/types';
import SiteEditor from './SiteEditor.svelte';

const drawn = vi.hoisted(() => ({ last: null as unknown, closed: 0 }));
vi.mock('../../../../widget/src/preview', () => ({
  preview: (_box: unknown, look: unknown, scene: unknown) => {
    drawn.last = { look, scene };
    return {
      draw: (look: unknown, scene: unknown) => (drawn.last = { look, scene }),
      close: () => (drawn.closed += 1),
    };
  },
}));
interface Drawn {
  look: { appearance: { title: string; colour: string; icon: number }; pre_chat: { on: boolean } };
  scene: { online: boolean; greeting: string | null; phone: boolean; dark: boolean; open: boolean };
}
const shown = () => drawn.last as Drawn;

function site(change: Partial<Channel> = {}): Channel {
  return {
    id: 'c1',
    provider: 'livechat',
    name: 'Live chat',
    state: 'draft',
    values: {},
    secrets_set: [],
    numbers: [],
    rate: 1000,
    allowed_networks: [],
    webhook_path: '/x',
    health: { state: null, words: 'Not checked yet', refused: 0, refusals: [] },
    ...change,
  } as unknown as Channel;
}

let calls: { method: string; path: string; body: unknown }[] = [];
let channel: Channel;
let settings: ChatSettings;
/** What the desk says to the next change of the settings. */
let refusal: { code: string; message: string; fields: unknown[] } | null = null;
let page: ChatCheck;

beforeEach(() => {
  calls = [];
  refusal = null;
  channel = site();
  settings = ofSite();
  channels.list = [];
  queues.list = [{ id: 'q1', name: 'Sales', mode: 'manual', agents: [] } as never];
  Element.prototype.scrollIntoView = vi.fn();
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    const body: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    calls.push({ method: init.method ?? 'GET', path, body });
    const json = (said: unknown, status = 200) => new Response(JSON.stringify(said), { status });
    if (path === '/channels/c1/chat/snippet') {
      return json({
        snippet: '<script src="https://desk.example/chat/s/widget.js" async></script>',
        script_url: '',
        csp: ['script-src https://desk.example'],
        needs_public_url: true,
        test_path: '/chat-test/s',
      });
    }
    if (path === '/channels/c1/chat/check') return json(page);
    if (path === '/channels/c1/chat') {
      if (init.method === 'PUT' && refusal) return json(refusal, 422);
      if (init.method === 'PUT') settings = body as ChatSettings;
      return json(settings);
    }
    if (path === '/channels/c1') {
      if (init.method === 'PATCH') channel = { ...channel, ...(body as Partial<Channel>) };
      return json(channel);
    }
    if (path === '/me') {
      return json({ user: { id: 'me', name: 'Ana' }, startable: [], preferences: {} });
    }
    return json([]);
  });
});
afterEach(cleanup);

async function editor(): Promise<ReturnType<typeof userEvent.setup>> {
  render(SiteEditor, { id: 'c1' });
  await screen.findByTestId('site-name');
  if (channel.state === 'draft') await screen.findByTestId('wizard-next');
  return userEvent.setup();
}

/** Chooses as a browser does: the test's own document does not find `:checked` options. */
async function choose(testid: string, value: string): Promise<void> {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  const option = [...select.options].find((one) => one.value === value) ?? null;
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await fireEvent.change(select);
}

const sent = (method: string) => calls.filter((call) => call.method === method).at(-1)?.body;

test('the wizard takes a pasted address as its domain and leads to the snippet', async () => {
  const user = await editor();
  expect(screen.getByTestId('wizard-next')).toBeDisabled();
  await user.type(screen.getByTestId('site-domain'), 'https://www.Shop.example/cart');
  await user.click(screen.getByTestId('wizard-next'));
  await screen.findByTestId('site-title');
  expect(sent('PUT')).toMatchObject({ domains: ['www.shop.example'] });
  expect(sent('PATCH')).toMatchObject({
    numbers: [{ address: 'www.shop.example', destination: { kind: 'queue', id: 'q1' } }],
  });
  expect(sent('PATCH')).not.toHaveProperty('state');
  await user.click(screen.getByTestId('wizard-next'));
  await screen.findByTestId('site-language');
  expect(screen.getByTestId('wizard-next')).toHaveTextContent('Save and switch on');
  await user.click(screen.getByTestId('wizard-next'));
  expect(await screen.findByTestId('site-snippet')).toHaveTextContent('widget.js');
  expect(sent('PATCH')).toMatchObject({ state: 'active' });
  expect(screen.getByTestId('site-no-public')).toBeInTheDocument();
}, 20_000);

test('who has no website yet gets a stand-in and the test page in one click', async () => {
  const user = await editor();
  await user.click(screen.getByTestId('site-try'));
  const open = await screen.findByTestId('test-page');
  await waitFor(() => expect(open.dataset.url).toContain('/chat-test/s'));
  expect(sent('PUT')).toMatchObject({ domains: ['my-website.example'] });
}, 20_000);

test('the preview follows what is typed, before anything is saved', async () => {
  settings = ofSite(['www.shop.example']);
  channel = site({ state: 'active' });
  const user = await editor();
  await user.click(screen.getByTestId('tab-appearance'));
  await user.type(screen.getByTestId('site-title'), 'Ask us');
  await user.click(screen.getByTestId('site-colour-1d4f91'));
  await user.click(screen.getByTestId('site-icon-4'));
  await waitFor(() =>
    expect(shown().look.appearance).toMatchObject({ title: 'Ask us', colour: '#1d4f91', icon: 4 }),
  );
  for (const chip of ['phone', 'dark', 'holiday', 'closed'])
    await user.click(screen.getByTestId(`sight-${chip}`));
  await waitFor(() =>
    expect(shown().scene).toMatchObject({
      phone: true,
      dark: true,
      online: false,
      open: false,
      greeting: 'We are away, leave us a message!',
    }),
  );
  expect(calls.filter((call) => call.method !== 'GET')).toEqual([]);
  expect(screen.getByTestId('save-bar')).toBeInTheDocument();
}, 20_000);

test('what the desk refuses stands at its field, and its tab is marked', async () => {
  settings = ofSite(['www.shop.example']);
  channel = site({ state: 'active' });
  const user = await editor();
  await user.type(screen.getByTestId('site-name'), '!');
  refusal = {
    code: 'invalid',
    message: 'something is wrong',
    fields: [{ field: 'appearance.title', message: 'That title is too long.' }],
  };
  await user.click(screen.getByTestId('save'));
  const title = await screen.findByTestId('site-title');
  expect(title).toHaveAccessibleDescription(expect.stringContaining('That title is too long.'));
  expect(screen.getByTestId('tab-appearance')).toHaveTextContent('something here needs a look');
  await user.type(title, 'x');
  expect(title).not.toHaveAttribute('aria-invalid');
}, 20_000);

test('another language changes the usual texts and leaves those that somebody wrote', async () => {
  settings = ofSite(['www.shop.example']);
  settings.messages.closed.text = 'Bye!';
  channel = site({ state: 'active' });
  const user = await editor();
  await user.click(screen.getByTestId('tab-messages'));
  await choose('site-language', 'de');
  expect(screen.getByTestId('site-auto-online_greeting-text')).toHaveValue(
    'Hallo! Wie können wir Ihnen helfen?',
  );
  expect(screen.getByTestId('site-auto-closed-text')).toHaveValue('Bye!');
  await user.click(screen.getByTestId('site-auto-closed-reset'));
  expect(screen.getByTestId('site-auto-closed-text')).toHaveValue(
    'Dieser Chat ist beendet. Bei weiteren Fragen sind wir gern wieder für Sie da.',
  );
  await user.click(screen.getByTestId('site-auto-first_answer-on'));
  expect(screen.queryByTestId('site-auto-first_answer-text')).not.toBeInTheDocument();
}, 20_000);

test('the form before the chat is put together field by field', async () => {
  settings = ofSite(['www.shop.example']);
  channel = site({ state: 'active' });
  const user = await editor();
  await user.click(screen.getByTestId('tab-messages'));
  await user.click(screen.getByTestId('site-pre-chat'));
  await user.click(screen.getByTestId('site-field-phone-show'));
  await user.click(screen.getByTestId('site-field-phone-required'));
  await user.click(screen.getByTestId('site-field-phone-up'));
  await user.type(screen.getByTestId('site-field-phone-label'), 'Mobile');
  await user.click(screen.getByTestId('save'));
  await waitFor(() => expect(sent('PUT')).toBeDefined());
  const { pre_chat } = (sent('PUT') as ChatSettings).messages;
  expect(pre_chat.on).toBe(true);
  expect(pre_chat.fields.slice(0, 3).map(({ id }) => id)).toEqual(['name', 'phone', 'email']);
  expect(pre_chat.fields[1]).toEqual({ id: 'phone', show: true, required: true, label: 'Mobile' });
}, 20_000);

test('silence is counted in minutes, hours or days, or not at all', async () => {
  settings = ofSite(['www.shop.example']);
  channel = site({ state: 'active' });
  const user = await editor();
  expect(screen.getByTestId('site-close-after')).toHaveValue('1');
  await choose('site-close-unit', 'days');
  await user.clear(screen.getByTestId('site-close-after'));
  expect(screen.getByText('Enter a whole number above zero.')).toBeInTheDocument();
  await user.type(screen.getByTestId('site-close-after'), '3');
  await user.click(screen.getByTestId('save'));
  await waitFor(() => expect(sent('PUT')).toMatchObject({ close_after_minutes: 4320 }));
  await user.click(screen.getByTestId('site-closes'));
  await user.click(screen.getByTestId('save'));
  await waitFor(() => expect(sent('PUT')).toMatchObject({ close_after_minutes: null }));
}, 20_000);

test('a page is looked at, and what was found is said in words', async () => {
  settings = ofSite(['www.shop.example']);
  channel = site({ state: 'active' });
  const user = await editor();
  await user.click(screen.getByTestId('tab-install'));
  const url = await screen.findByTestId('page-check-url');
  expect(url).toHaveValue('https://www.shop.example/');
  page = {
    state: 'not_found',
    words: 'The page does not carry the chat yet.',
    url: 'https://www.shop.example/',
  };
  await user.click(screen.getByTestId('page-check'));
  expect(await screen.findByTestId('page-check-result')).toHaveTextContent('does not carry');
  page = { ...page, state: 'found', words: 'The page carries the chat, and it loads there.' };
  await user.click(screen.getByTestId('page-check'));
  await waitFor(() =>
    expect(screen.getByTestId('page-check-result')).toHaveTextContent('it loads there'),
  );
  expect(sent('POST')).toEqual({ url: 'https://www.shop.example/' });
}, 20_000);

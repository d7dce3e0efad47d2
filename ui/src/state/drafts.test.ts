import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts } from './drafts.svelte';
import type { DraftInput } from './types';
import { uploads } from './uploads.svelte';

interface Put {
  session: string;
  draft: DraftInput;
  /** It outlives the page. */
  lasts: boolean;
}

let puts: Put[] = [];
let version = 0;
/** What the desk has in the place of what comes. */
let replaced: object | null = null;
let kept: { session_id: string; version: number; text: string; note: boolean; files?: object[] }[] =
  [];
let down = false;

beforeEach(() => {
  vi.useFakeTimers();
  drafts.clear();
  localStorage.clear();
  [puts, kept, replaced, down] = [[], [], null, false];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (down) throw new TypeError('no line');
    const path = new URL(url).pathname.replace('/api/v1', '');
    if (init.method === 'GET') {
      const one = kept.find((draft) => path === `/sessions/${draft.session_id}/drafts`);
      const body = path === '/drafts' ? kept : { mine: one ?? null, others: [] };
      return new Response(JSON.stringify(body));
    }
    const draft = JSON.parse(String(init.body)) as DraftInput;
    puts.push({ session: path.split('/')[2] ?? '', draft, lasts: init.keepalive === true });
    const now = draft.text?.trim() ? ++version : 0;
    return new Response(JSON.stringify({ version: now, replaced }));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('what is typed reaches the desk once for many keys, each time with what it continues', async () => {
  for (const text of ['H', 'He', 'Hello']) drafts.set('s1', { text, note: false });
  await wait(399);
  expect(puts).toEqual([]);
  await wait(1);
  expect(puts.map((put) => put.draft.text)).toEqual(['Hello']);
  drafts.set('s1', { text: 'Hello!', note: false });
  await wait(400);
  expect(puts.map((put) => put.draft.base)).toEqual([0, version - 1]);
  drafts.set('s1', { text: '', note: false });
  await drafts.save('s1');
  expect(puts.at(-1)?.draft).toMatchObject({ text: '', base: version });
  expect(localStorage.length).toBe(0);
});

test('without a line it stays here, survives a reload, and goes when the line is back', async () => {
  down = true;
  drafts.set('s1', { text: 'half a sentence', note: true });
  await wait(400);
  drafts.clear();
  expect(drafts.get('s1')).toMatchObject({ text: 'half a sentence', note: true });
  down = false;
  await drafts.load();
  await wait(400);
  expect(puts.map((put) => put.draft.text)).toEqual(['half a sentence']);
});

test('who leaves the page loses nothing that the pause had not let through yet', async () => {
  drafts.set('s1', { text: 'almost', note: false });
  globalThis.dispatchEvent(new Event('pagehide'));
  await wait(0);
  expect(puts).toMatchObject([{ session: 's1', lasts: true, draft: { text: 'almost' } }]);
});

test('another device’s draft comes onto the screen, unless something was typed here', async () => {
  kept = [{ session_id: 's1', version: 900, text: 'from the phone', note: false }];
  await drafts.load();
  expect(drafts.get('s1').text).toBe('from the phone');
  kept = [{ session_id: 's1', version: 901, text: 'from the phone, more', note: false }];
  await drafts.changed('s1', 901);
  expect(drafts.get('s1').text).toBe('from the phone, more');
  drafts.set('s1', { text: 'typed here', note: false });
  kept = [{ session_id: 's1', version: 902, text: 'the phone again', note: false }];
  await drafts.changed('s1', 902);
  expect(drafts.get('s1').text).toBe('typed here');
  await wait(400);
  expect(puts.at(-1)?.draft).toMatchObject({ text: 'typed here', base: 901 });
  await drafts.changed('s1', 0);
  expect(drafts.get('s1').text).toBe('');
});

test('the files of a draft come along, and one that is taken out is out everywhere', async () => {
  const file = {
    id: 'f1',
    name: 'plan.pdf',
    content_type: 'application/pdf',
    size: 9,
    state: 'stored',
  };
  kept = [{ session_id: 's3', version: 950, text: 'see this', note: false, files: [file] }];
  await drafts.load();
  expect(uploads.ids('s3')).toEqual(['f1']);
  uploads.drop('s3', uploads.of('s3')[0]!);
  await wait(400);
  expect(puts.at(-1)?.draft).toMatchObject({ text: 'see this', file_ids: [], base: 950 });
});

test('what it takes the place of can be added, and is never lost silently', async () => {
  drafts.set('s1', { text: 'typed here', note: false });
  replaced = { text: 'from the phone', note: false, mentions: [], files: [] };
  await wait(400);
  expect(drafts.replaced.get('s1')?.text).toBe('from the phone');
  replaced = null;
  drafts.takeBack('s1');
  expect(drafts.get('s1').text).toBe('typed here\nfrom the phone');
  expect(drafts.replaced.size).toBe(0);
});

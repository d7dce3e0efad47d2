import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connection } from '../api/client';
import { boxOf } from './box';
import { drafts } from './drafts.svelte';
import { me } from './me.svelte';
import { user } from './samples';
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
      const mine = kept.filter((draft) => path === `/sessions/${draft.session_id}/drafts`);
      const body = path === '/drafts' ? kept : { mine, others: [] };
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
  await drafts.changed('s1', false, 901);
  expect(drafts.get('s1').text).toBe('from the phone, more');
  drafts.set('s1', { text: 'typed here', note: false });
  kept = [{ session_id: 's1', version: 902, text: 'the phone again', note: false }];
  await drafts.changed('s1', false, 902);
  expect(drafts.get('s1').text).toBe('typed here');
  await wait(400);
  expect(puts.at(-1)?.draft).toMatchObject({ text: 'typed here', base: 901 });
  await drafts.changed('s1', false, 0);
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

const inBoxes = () => [drafts.at('s1', false).text, drafts.at('s1', true).text];

test('an answer and a note lie beside each other, here and on the desk', async () => {
  drafts.set('s1', { text: 'Dear Maria', note: false });
  drafts.set('s1', { text: 'Do not tell her', note: true });
  await wait(400);
  expect(puts.map(({ draft }) => [draft.text, draft.note])).toEqual([
    ['Dear Maria', false],
    ['Do not tell her', true],
  ]);
  drafts.show('s1', false);
  expect(drafts.get('s1')).toMatchObject({ text: 'Dear Maria', note: false });
  expect(inBoxes()).toEqual(['Dear Maria', 'Do not tell her']);
});

test('a refused answer does not get into the note that is being typed', () => {
  drafts.set('s1', { text: 'Her card was declined', note: true });
  drafts.restore('s1', 'Dear Maria', false);
  expect(inBoxes()).toEqual(['Dear Maria', 'Her card was declined']);
  expect(drafts.showsNote('s1')).toBe(true);
});

test('another device’s note never gets into the answer here', async () => {
  drafts.set('s1', { text: 'Dear Maria', note: false });
  await wait(400);
  kept = [{ session_id: 's1', version: 950, text: 'Do not tell her', note: true }];
  await drafts.changed('s1', true, 950);
  expect(inBoxes()).toEqual(['Dear Maria', 'Do not tell her']);
  expect(drafts.showsNote('s1')).toBe(false);
  drafts.set('s1', { text: 'Her card', note: true });
  replaced = { text: 'was declined', note: true, mentions: [], files: [] };
  await wait(400);
  drafts.takeBack(boxOf('s1', true));
  expect(inBoxes()).toEqual(['Dear Maria', 'Her card\nwas declined']);
});

test('who names a colleague in an answer makes a note of it, behind one that is there', () => {
  drafts.set('s1', { text: 'First', note: true });
  drafts.set('s1', { text: 'Could @n', note: false });
  expect(drafts.intoNote('s1', 'nina')).toBe('First\n'.length);
  expect(inBoxes()).toEqual(['', 'First\nCould @n']);
  expect(drafts.get('s1')).toMatchObject({ note: true, mentions: ['nina'] });
});

test('after a note the box does not turn to an answer that lies half written', () => {
  drafts.set('s1', { text: 'Dear Mar', note: false });
  drafts.set('s1', { text: 'seen', note: true });
  drafts.emptied('s1', true);
  expect(drafts.showsNote('s1')).toBe(true);
  drafts.set('s1', { text: '', note: false });
  drafts.emptied('s1', true);
  expect(drafts.showsNote('s1')).toBe(false);
});

test('on a shared computer everybody has drafts of their own, and at every office', async () => {
  down = true;
  me.take(user('ana'));
  drafts.set('s1', { text: 'of Ana', note: false });
  drafts.clear();
  me.take(user('ben'));
  expect(drafts.get('s1').text).toBe('');
  drafts.set('s1', { text: 'of Ben', note: false });
  drafts.clear();
  me.take(user('ana'));
  expect(drafts.get('s1').text).toBe('of Ana');
  connection.joined = 'http://other.example';
  expect(drafts.get('s1').text).toBe('');
  connection.joined = '';
  me.take(null);
});

test('the page that closes tells the last word even while an older one is under way', async () => {
  let answer = () => {};
  const under = new Promise<void>((done) => (answer = done));
  const told: [string, boolean][] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const draft = JSON.parse(String(init.body)) as DraftInput;
    told.push([draft.text ?? '', init.keepalive === true]);
    await under;
    return new Response(JSON.stringify({ version: 1, replaced: null }));
  });
  drafts.set('s1', { text: 'Dear Maria', note: false });
  await wait(400);
  drafts.emptied('s1', false);
  globalThis.dispatchEvent(new Event('pagehide'));
  expect(told).toEqual([
    ['Dear Maria', false],
    ['', true],
  ]);
  answer();
});

test('a draft that hangs on a dead line ends with it, and is told again', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked += 1;
    return new Promise((done, fail) => {
      init.signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
      if (asked > 1) done(new Response(JSON.stringify({ version: 1, replaced: null })));
    });
  });
  drafts.set('s1', { text: 'Dear Maria', note: false });
  await wait(400);
  expect(asked).toBe(1);
  connection.renewed();
  await wait(5_000);
  expect(asked).toBe(2);
});

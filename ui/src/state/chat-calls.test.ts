import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Media, Silence, Voice } from '../../widget/src/voice';
import { chatCalls } from './chat-calls.svelte';
import { me } from './me.svelte';
import { chatCall as call, session } from './samples';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';
import type { ChatCall, Me } from './types';

/** The microphone and the connection, led by the test. */
const tool = vi.hoisted(() => ({
  why: '' as Silence | '',
  stopped: 0,
  done: [] as string[],
  tell: (_way: string) => {},
  changed: (_media: Media) => {},
}));
vi.mock('../../widget/src/voice', () => ({
  canTalk: () => true,
  microphone: async () => {
    if (tool.why) throw tool.why;
    return { getTracks: () => [{ stop: () => (tool.stopped += 1) }] };
  },
  voice: (
    _stream: unknown,
    _servers: unknown,
    _page: unknown,
    tell: (way: string) => void,
    changed: (media: Media) => void,
  ): Voice => {
    Object.assign(tool, { tell, changed });
    const note = (what: string) => tool.done.push(what);
    return {
      offer: async () => 'our offer',
      answer: async (sdp) => `answer to ${sdp}`,
      accept: async (sdp) => void note(`accept ${sdp}`),
      candidate: (way) => note(`way ${way}`),
      mute: (on) => note(on ? 'mute' : 'unmute'),
      close: () => note('close'),
    };
  },
}));

let asked: string[];
let answers: Record<string, unknown>;
const MINE = 'u1';

const mine = { state: 'connected', user_id: MINE, answered_at: 2_000, sdp: null } as const;
const hear = (change: Partial<ChatCall> = {}) =>
  chatCalls.take({ type: 'chat_call', call: call(change) });
const titles = () => toasts.list.map(({ title }) => title);
const settled = () => new Promise((done) => setTimeout(done, 5));

beforeEach(() => {
  me.take({ user: { id: MINE, name: 'Ana', queues: [] }, preferences: {} } as unknown as Me);
  sessions.known.set('s1', session('s1', { contact_name: 'Maria Rossi' }));
  Object.assign(tool, { why: '', stopped: 0, done: [] });
  toasts.list = [];
  asked = [];
  answers = {
    'GET /sessions/s1/chat-calls': { possible: true, code: null, message: null, ice: [] },
    'POST /sessions/s1/chat-calls': call({ by: 'agent', user_id: MINE, sdp: null }),
    'POST /chat-calls/c1/answer': call(mine),
    'POST /chat-calls/c1/decline': call({ state: 'declined', sdp: null }),
    'POST /chat-calls/c1/end': call({ ...mine, state: 'ended', ended_at: 63_000 }),
    'POST /chat-calls/c1/failed': call({ ...mine, state: 'failed' }),
  };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const what = `${init.method} ${new URL(url).pathname.replace('/api/v1', '')}`;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as object) : {};
    asked.push([what, ...Object.values(body).filter((one) => String(one).length < 30)].join(' '));
    const answer = answers[what];
    if (answer instanceof Response) return answer;
    return answer ? new Response(JSON.stringify(answer)) : new Response(null, { status: 204 });
  });
});
afterEach(() => {
  chatCalls.clear();
  vi.unstubAllGlobals();
});

test('a call that rings for me can be answered: microphone, answer, ways, talk', async () => {
  hear();
  expect(chatCalls.ringing.map(({ id }) => id)).toEqual(['c1']);
  const answering = chatCalls.answer('c1');
  expect([chatCalls.own?.stage, chatCalls.ringing]).toEqual(['asking', []]);
  await answering;
  expect(asked[0]).toBe('POST /chat-calls/c1/answer answer to their offer');
  expect(chatCalls.own?.stage).toBe('joining');
  tool.tell('here');
  await settled();
  expect(asked.at(-1)).toBe('POST /chat-calls/c1/candidates here');
  chatCalls.take({ type: 'chat_call_candidate', call: 'c1', candidate: 'there' });
  chatCalls.take({ type: 'chat_call_candidate', call: 'other', candidate: 'nowhere' });
  expect(tool.done).toEqual(['way there']);
  tool.changed('talking');
  expect(chatCalls.own?.stage).toBe('talking');
  chatCalls.mute();
  expect([chatCalls.own?.muted, tool.done.at(-1)]).toEqual([true, 'mute']);
  chatCalls.hangUp();
  await settled();
  expect([chatCalls.own, tool.done.at(-1)]).toEqual([null, 'close']);
  expect(asked.at(-1)).toBe('POST /chat-calls/c1/end');
  expect(titles()).toEqual(['Call with Maria Rossi ended · 1:01']);
});

test('what became known of us before the desk had the answer is told after it', async () => {
  hear();
  const answering = chatCalls.answer('c1');
  await Promise.resolve();
  await Promise.resolve();
  tool.tell('early');
  await answering;
  await settled();
  expect(asked).toEqual([
    'POST /chat-calls/c1/answer answer to their offer',
    'POST /chat-calls/c1/candidates early',
  ]);
});

test('a colleague was quicker: it stops ringing, and is said by whom', async () => {
  hear();
  hear({ state: 'connected', user_id: 'u2', user_name: 'Ben Ito', sdp: null });
  expect(chatCalls.ringing).toEqual([]);
  expect(titles()).toEqual(['Ben Ito answered the call of Maria Rossi']);
});

test('quicker by a moment: what was begun here is closed', async () => {
  answers['POST /chat-calls/c1/answer'] = new Response(
    JSON.stringify({ code: 'answered_elsewhere', message: 'Ben Ito has this call.' }),
    { status: 409 },
  );
  hear();
  await chatCalls.answer('c1');
  expect([chatCalls.own, tool.done.at(-1), chatCalls.ringing]).toEqual([null, 'close', []]);
});

test('I answered on another device: nothing rings here, and nothing is told', () => {
  hear();
  hear(mine);
  expect([chatCalls.ringing, titles(), chatCalls.elsewhere?.id]).toEqual([[], [], 'c1']);
});

test('without a microphone it rings on, and says why', async () => {
  tool.why = 'denied';
  hear();
  await chatCalls.answer('c1');
  expect([chatCalls.silence, chatCalls.ringing.length, asked]).toEqual(['denied', 1, []]);
  tool.why = '';
  await chatCalls.answer('c1');
  expect([chatCalls.silence, chatCalls.own?.stage]).toEqual([null, 'joining']);
});

test('left while the microphone is asked for: it is given back', async () => {
  hear();
  const answering = chatCalls.answer('c1');
  chatCalls.hangUp();
  await answering;
  expect([tool.stopped, asked, chatCalls.ringing.length]).toEqual([1, [], 1]);
});

test('missed and declined calls ring no more', async () => {
  hear();
  hear({ state: 'missed', reason: 'given_up', sdp: null });
  expect(titles()).toEqual(['You missed a call from Maria Rossi']);
  hear();
  await chatCalls.decline('c1');
  expect(chatCalls.ringing).toEqual([]);
});

test('calling back asks first, rings, and is answered or not', async () => {
  const maria = sessions.known.get('s1')!;
  await chatCalls.call(maria);
  expect(asked.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
    'GET /sessions/s1/chat-calls',
    'POST /sessions/s1/chat-calls',
  ]);
  expect(chatCalls.own?.stage).toBe('calling');
  chatCalls.take({ type: 'chat_call_answer', call: 'c1', sdp: 'their answer' });
  expect([chatCalls.own?.stage, tool.done]).toEqual(['joining', ['accept their answer']]);
  hear({ by: 'agent', ...mine, state: 'declined' });
  expect([chatCalls.own, titles()]).toEqual([null, ['Maria Rossi declined your call']]);

  answers['GET /sessions/s1/chat-calls'] = {
    possible: false,
    code: 'visitor_left',
    message: 'The visitor has left.',
    ice: [],
  };
  await chatCalls.call(maria);
  expect(chatCalls.own).toBeNull();
  expect(toasts.list.at(-1)).toMatchObject({
    title: 'There was no call',
    text: 'The visitor has left.',
  });
});

test('media that break are told to the desk', async () => {
  hear();
  await chatCalls.answer('c1');
  tool.changed('broken');
  await settled();
  expect([chatCalls.own, asked.at(-1)]).toEqual([null, 'POST /chat-calls/c1/failed']);
});

test('a new line tells what goes on: others are over', async () => {
  hear();
  await chatCalls.answer('c1');
  chatCalls.take({ type: 'chat_calls', calls: [call(mine), call({ id: 'c2' })] });
  expect([chatCalls.own?.id, chatCalls.ringing.map(({ id }) => id)]).toEqual(['c1', ['c2']]);
  chatCalls.take({ type: 'chat_calls', calls: [] });
  expect([chatCalls.own, chatCalls.ringing, titles().at(-1)]).toEqual([
    null,
    [],
    'The call broke off',
  ]);
});

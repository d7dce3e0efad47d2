/**
 * Calls of live chat: which ring here, and the one whose voice is in this page. What the desk says
 * holds; the page leads the media of the call that it made or answered.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/chat-calls';
import { onDesktop, openExternal } from '../api/desktop';
import { canTalk, type Silence } from '../../widget/src/voice';
import { newKey } from '../device/key';
import { t } from '../i18n';
import '../i18n/later';
import { alertSettings } from './alert-settings.svelte';
import { isQuiet } from './alert-rules';
import { alerts, open, who } from './alerts.svelte';
import { goInList } from './in-list';
import { lasting } from './lasting';
import { me } from './me.svelte';
import { OwnCall } from './own-call.svelte';
import { code, sentence } from './problem';
import { address } from './route.svelte';
import { sessions } from './sessions.svelte';
import { score } from './sound';
import { toasts } from './toasts.svelte';
import type { CallBack, CallFrame, ChatCall, Session } from './types';

/** A ring of two notes, twice, and the pause after it. */
const RING = [0, 0.16, 0.5, 0.66].map((after, at) => ({
  frequency: at % 2 ? 1046.5 : 880,
  gain: 0.18,
  seconds: 0.4,
  after,
}));
const EVERY = 2_500;
/** A new line tells of all calls at once: without a word by then there is none. */
const SOON = 3_000;

/** Whether it rings for me. */
function rings(call: ChatCall): boolean {
  return call.state === 'ringing' && call.by === 'visitor' && call.sdp != null;
}

function isOver(call: ChatCall): boolean {
  return call.state !== 'ringing' && call.state !== 'connected';
}

class ChatCalls {
  #known = new SvelteMap<string, ChatCall>();
  own = $state.raw<OwnCall | null>(null);
  /** Why the last try to answer came to nothing. */
  silence = $state<Silence | null>(null);
  /** Whether the visitor of a session can be called, as the desk said last. */
  back = $state.raw<(CallBack & { session: string }) | null>(null);
  #hole: ReturnType<typeof setTimeout> | undefined;

  /** Whether this page can carry a voice; else a browser on this computer may. */
  readonly can = canTalk();
  readonly onDesktop = onDesktop;

  constructor() {
    addEventListener('pagehide', () => this.#left());
    addEventListener('beforeunload', (event) => {
      if (this.own?.told) event.preventDefault();
    });
  }

  /** Those that ring for me, the first one first. */
  get ringing(): ChatCall[] {
    return [...this.#known.values()].filter((call) => rings(call) && call.id !== this.own?.id);
  }

  /** I talk in another window or on another device. */
  get elsewhere(): ChatCall | null {
    const mine = (call: ChatCall) => call.user_id === me.id && call.id !== this.own?.id;
    const runs = (call: ChatCall) => call.state === 'connected' || call.by === 'agent';
    return [...this.#known.values()].find((call) => mine(call) && runs(call)) ?? null;
  }

  /** Changes with everything that may make a call possible, or not any more. */
  get stirred(): string {
    return [...this.#known.values()].map(({ id, state }) => id + state).join();
  }

  name(call: { session_id: string }): string {
    const session = sessions.known.get(call.session_id);
    return session ? who(session) : t('voice.visitor');
  }

  take(frame: CallFrame): void {
    switch (frame.type) {
      case 'chat_call':
        return this.#hear(frame.call);
      case 'chat_calls':
        return this.#all(frame.calls);
      case 'chat_call_answer':
        if (this.own?.id === frame.call) this.own.answered(frame.sdp);
        return;
      case 'chat_call_candidate':
        if (this.own?.id === frame.call) this.own.candidate(frame.candidate);
    }
  }

  began(): void {
    clearTimeout(this.#hole);
    this.#hole = setTimeout(() => this.#all([]), SOON);
  }

  /** All that go on: of others that were known it was not heard how they ended. */
  #all(calls: ChatCall[]): void {
    clearTimeout(this.#hole);
    const ids = new Set(calls.map(({ id }) => id));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    const { own } = this;
    if (own?.told && !ids.has(own.id)) {
      this.#close(own);
      toasts.bad(t('voice.broken'));
    }
    for (const call of calls) this.#hear(call);
  }

  #hear(call: ChatCall): void {
    const before = this.#known.get(call.id);
    if (isOver(call)) this.#known.delete(call.id);
    else this.#known.set(call.id, call);
    const { own } = this;
    if (own && own.id === call.id) return this.#ofOwn(own, call);
    if (rings(call) && !(before && rings(before))) return void this.#begins(call);
    if (before && rings(before) && !rings(call)) this.#stops(call);
  }

  #ofOwn(own: OwnCall, call: ChatCall): void {
    if (isOver(call)) {
      this.#close(own);
      this.#tellEnd(call);
    } else if (call.state === 'connected' && call.user_id !== me.id) {
      this.#close(own);
      this.#stops(call);
    }
  }

  /** It began to ring here. */
  async #begins(call: ChatCall): Promise<void> {
    this.silence = null;
    if (!sessions.known.has(call.session_id)) await sessions.fetch(call.session_id);
    const current = this.#known.get(call.id);
    if (!current || !rings(current)) return;
    const name = this.name(call);
    alerts.called(call.session_id, t('voice.rings', { name }), t('voice.rings_text'));
  }

  /** It does not ring here any more. */
  #stops(call: ChatCall): void {
    const name = this.name(call);
    if (call.state === 'connected' && call.user_id !== me.id) {
      const user = call.user_name ?? t('story.desk');
      toasts.show({ title: t('voice.answered_by', { user, name }) });
    } else if (call.state === 'missed') {
      const act = { label: t('action.open'), run: () => open(call.session_id) };
      toasts.show({ title: t('voice.missed', { name }), act }, 20_000);
    }
  }

  /** What became of a call that I made or took. */
  #tellEnd(call: ChatCall): void {
    const name = this.name(call);
    const { state, answered_at: from, ended_at: until } = call;
    if (state === 'ended') {
      const seconds = from && until ? Math.round((until - from) / 1000) : 0;
      toasts.show({ title: t('voice.ended', { name, time: lasting(seconds) }) });
    } else if (state === 'declined') toasts.show({ title: t('voice.declined', { name }) });
    else if (state === 'missed') toasts.show({ title: t('voice.not_answered', { name }) });
    else toasts.bad(t('voice.failed'), t('voice.failed_hint'));
  }

  async answer(id: string): Promise<void> {
    const call = this.#known.get(id);
    if (this.own || !call?.sdp) return;
    const own = new OwnCall(call.session_id, id, false, (one) => this.#broken(one));
    this.own = own;
    this.silence = null;
    try {
      const media = await own.begin(call.ice);
      if (!media) return;
      const sdp = await media.answer(call.sdp);
      const answered = await api.chatCalls.answer(id, sdp);
      own.known(id);
      // Hung up while the answer was on its way.
      if (own.closed) return void this.end(id);
      if (own.stage === 'asking') own.stage = 'joining';
      this.#hear(answered);
      goInList(call.session_id);
    } catch (error) {
      this.#notBegun(own, error);
    }
  }

  /** Calls the visitor of an open session. */
  async call(session: Session): Promise<void> {
    if (this.own) return toasts.bad(t('voice.one'));
    if (!this.can)
      return this.onDesktop ? this.inBrowser(session.id) : this.#tellSilence('insecure');
    const own = new OwnCall(session.id, '', true, (one) => this.#broken(one));
    this.own = own;
    try {
      const back = await api.chatCalls.back(session.id);
      if (!back.possible) throw back;
      const sdp = await (await own.begin(back.ice))?.offer();
      if (!sdp || own.closed) return;
      const call = await this.#start(session.id, sdp);
      own.known(call.id);
      if (own.closed) return void this.end(call.id);
      if (own.stage === 'asking') own.stage = 'calling';
      this.#hear(call);
    } catch (error) {
      this.#notBegun(own, error);
    }
  }

  /** A lost line is asked again under the same key: nobody is called twice. */
  async #start(session: string, sdp: string): Promise<ChatCall> {
    const key = newKey();
    try {
      return await api.chatCalls.start(session, key, sdp);
    } catch (error) {
      if (code(error) !== 'line_down') throw error;
      return api.chatCalls.start(session, key, sdp);
    }
  }

  #notBegun(own: OwnCall, error: unknown): void {
    const here = this.own === own;
    this.#close(own);
    if (!here) return;
    if (typeof error === 'string') return this.#tellSilence(error as Silence, own.calls);
    const said = isBack(error) ? error.message : sentence(error);
    if (code(error) === 'answered_elsewhere' || code(error) === 'call_over') {
      this.#known.delete(own.id);
      toasts.show({ title: said ?? '' });
    } else toasts.bad(t('voice.not_begun'), said ?? '');
  }

  #tellSilence(why: Silence, toast = true): void {
    this.silence = why;
    if (toast) toasts.bad(t('voice.not_begun'), t(`voice.${why}`));
  }

  async decline(id: string): Promise<void> {
    try {
      this.#hear(await api.chatCalls.decline(id));
    } catch (error) {
      if (code(error) === 'call_over' || code(error) === 'not_found') this.#known.delete(id);
      else toasts.bad(sentence(error));
    }
  }

  /** Ends the call of this page; while it asks for the microphone, only the asking. */
  hangUp(): void {
    const { own } = this;
    if (!own) return;
    this.#close(own);
    if (own.told) void this.end(own.id);
  }

  mute(): void {
    this.own?.mute();
  }

  /** Ends one that the desk knows as mine: this page's, or another's. */
  async end(id: string): Promise<void> {
    try {
      const call = await api.chatCalls.end(id);
      this.#known.delete(id);
      this.#tellEnd(call);
    } catch (error) {
      // Without a line the desk ends it by itself.
      if (code(error) !== 'not_found' && code(error) !== 'call_over') toasts.bad(sentence(error));
    }
  }

  #broken(own: OwnCall): void {
    this.#close(own);
    toasts.bad(t('voice.failed'), t('voice.failed_hint'));
    if (own.told) void api.chatCalls.failed(own.id).catch(() => undefined);
  }

  #close(own: OwnCall): void {
    own.close();
    if (this.own === own) this.own = null;
  }

  #left(): void {
    const { own } = this;
    if (!own) return;
    this.#close(own);
    if (own.told) void api.chatCalls.endBehind(own.id).catch(() => undefined);
  }

  /** Asks whether the visitor of this session can be called. */
  async ask(session: string): Promise<void> {
    try {
      this.back = { ...(await api.chatCalls.back(session)), session };
    } catch {
      this.back = null;
    }
  }

  /** Where this page has no voice: the same session in the system's browser, signed in. */
  async inBrowser(session: string): Promise<void> {
    const place = api.chatCalls.place();
    let way = address(['inbox', 'recent', session]);
    try {
      way = address(['enter', (await api.chatCalls.link()).token, session]);
    } catch {
      // They sign in there.
    }
    try {
      await openExternal(`${place}/${way}`);
    } catch (error) {
      toasts.bad(t('voice.not_begun'), sentence(error));
    }
  }

  /** Rings until it is told to stop, unless nothing may disturb now. */
  ring(): () => void {
    const once = () => {
      const quiet = isQuiet(alertSettings.value, me.presence, Date.now());
      if (me.preferences.sound && !quiet) void score(RING);
    };
    once();
    const timer = setInterval(once, EVERY);
    return () => clearInterval(timer);
  }

  clear(): void {
    clearTimeout(this.#hole);
    if (this.own) this.#close(this.own);
    this.#known.clear();
    this.back = null;
    this.silence = null;
  }
}

function isBack(error: unknown): error is CallBack {
  return typeof error === 'object' && error !== null && 'possible' in error;
}

export const chatCalls = new ChatCalls();

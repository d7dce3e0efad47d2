/**
 * The visitor's call, one at a time: follows the frames of the desk, leads the media, and says what
 * the visitor does. Knows no element.
 */
import type { Chat } from './chat';
import type { CallNews, Server } from './frames';
import type { Page } from './page';
import type { microphone, Silence, voice, Voice } from './voice';

export type Stage =
  /** The browser asks for the microphone. */
  | 'asking'
  /** It is to ring at the desk. */
  | 'calling'
  /** It rings here. */
  | 'ringing'
  /** Somebody answered; they do not hear each other yet. */
  | 'joining'
  | 'talking'
  | 'over';

/** What became of it; the last ones are why it could not begin. */
export type Outcome =
  | 'ended'
  | 'declined'
  | 'missed'
  | 'failed'
  | 'offline'
  | 'busy'
  | 'fast'
  | 'never'
  | 'down'
  | Silence;

export interface Call {
  id: string;
  /** They called. */
  incoming: boolean;
  stage: Stage;
  /** The desk has taken it: it rings there. */
  rings?: boolean;
  name?: string | null;
  muted?: boolean;
  /** They do not hear each other at the moment. */
  shaky?: boolean;
  /** Why it could not be answered; it rings on. */
  silence?: Silence;
  /** When they began to hear each other. */
  since?: number;
  outcome?: Outcome;
  /** How long it was, once it is over. */
  seconds?: number;
}

export interface Calling {
  /** The one that goes on, or was the last. */
  call: Call | undefined;
  dial(): void;
  answer(): void;
  /** Ends it, whatever it does; one that is over is forgotten. */
  leave(): void;
  /** The page is left: a call ends with it. What only rings, rings on the next page. */
  part(): void;
  mute(): void;
  hear(news: CallNews): void;
  /** The line to the desk stands anew. */
  again(): void;
}

export interface Instruments {
  microphone: typeof microphone;
  voice: typeof voice;
}

/** The desk lets it ring for 30 s. Where nobody says what became of it, nothing will. */
const LONGEST = 45_000;

const REFUSALS: Record<string, Outcome> = {
  offline: 'offline',
  busy: 'busy',
  too_fast: 'fast',
};
const ENDS: readonly unknown[] = ['ended', 'declined', 'missed', 'failed'] satisfies Outcome[];

export const calling = (
  at: Page,
  chat: Chat,
  { microphone, voice }: Instruments,
  changed: () => void,
): Calling => {
  const { state } = chat;
  let ours: Voice | undefined;
  /** What the desk has of it: nothing is said of a call that it does not know. */
  let isTold = false;
  let offer = '';
  let servers: Server[] = [];
  /** Ways to us, and to them while there are no media. */
  let ways: string[] = [];
  let theirs: string[] = [];
  let late: number | undefined;

  const say = (kind: string, more: object = {}) => {
    if (it.call && isTold) chat.send({ t: `call.${kind}`, call: it.call.id, ...more });
  };
  const set = (change: Partial<Call>) => {
    if (it.call) Object.assign(it.call, change);
    changed();
  };
  const fresh = (id: string, incoming: boolean, stage: Stage): Call => {
    [isTold, offer, ways, theirs] = [false, '', [], []];
    return (it.call = { id, incoming, stage });
  };
  const goesOn = (call?: Call): call is Call => !!call && call === it.call && call.stage !== 'over';
  const over = (outcome: Outcome, seconds?: number | null) => {
    ours?.close();
    ours = undefined;
    at.never(late);
    const { since } = it.call ?? {};
    const heard = since ? Math.round((Date.now() - since) / 1000) : 0;
    set({ stage: 'over', outcome, seconds: seconds ?? heard });
  };
  const broken = () => {
    say('failed');
    over('failed');
  };
  const forget = () => {
    it.call = undefined;
    changed();
  };

  /** A microphone and a connection for this call, unless it ended meanwhile. */
  const begin = async (call: Call): Promise<Voice | undefined> => {
    const stream = await microphone().catch((why: Silence) => {
      if (!goesOn(call)) return;
      // Who cannot talk has not declined.
      if (call.incoming) set({ stage: 'ringing', silence: why });
      else over(why);
    });
    if (!stream) return;
    if (!goesOn(call)) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const way = (candidate: string) => {
      ways.push(candidate);
      say('ice', { candidate });
    };
    return (ours = voice(stream, servers, at, way, (media) => {
      if (!goesOn(call)) return;
      if (media === 'shaky') set({ shaky: true });
      else if (media === 'talking')
        set({ stage: 'talking', shaky: false, since: call.since ?? Date.now() });
      else broken();
    }));
  };
  /** Says it with everything that belongs to it; a second time is no second call. */
  const tell = (kind: string, more: object) => {
    isTold = true;
    say(kind, more);
    for (const candidate of ways) say('ice', { candidate });
  };
  const ring = () => tell('ring', { sdp: offer, ...state.asked });
  const careful = (call: Call, work: () => Promise<void>) =>
    void work().catch(() => goesOn(call) && broken());

  const it: Calling = {
    call: undefined,
    dial() {
      if (goesOn(it.call)) return;
      const call = fresh(chat.key(), false, 'asking');
      if (!state.up) return over('down');
      changed();
      careful(call, async () => {
        servers = state.ice ?? [];
        offer = (await (await begin(call))?.offer()) ?? '';
        if (!goesOn(call) || !offer) return;
        late = at.later(() => {
          say('end');
          over('missed');
        }, LONGEST);
        ring();
        set({ stage: 'calling' });
      });
    },
    answer() {
      const { call } = it;
      if (call?.stage !== 'ringing') return;
      set({ stage: 'asking', silence: undefined });
      careful(call, async () => {
        const voice = await begin(call);
        if (!voice) return;
        for (const one of theirs) voice.candidate(one);
        const sdp = await voice.answer(offer);
        if (!goesOn(call)) return;
        tell('answer', { sdp });
        set({ stage: 'joining' });
      });
    },
    leave() {
      const { call } = it;
      if (!call) return;
      if (!goesOn(call)) return forget();
      const declines = call.incoming && !isTold;
      isTold ||= call.incoming;
      say(declines ? 'decline' : 'end');
      over('ended');
      // A talk says how long it was.
      if (!call.since) forget();
    },
    part() {
      if (isTold) it.leave();
    },
    mute() {
      if (!ours) return;
      set({ muted: !it.call?.muted });
      ours.mute(!!it.call?.muted);
    },
    again() {
      const { call } = it;
      if (!goesOn(call) || !isTold) return;
      if (call.stage === 'calling' && !call.rings) ring();
      else say('here');
    },
    hear(news) {
      const { call } = it;
      const { t, sdp, name, candidate } = news;
      if (t === 'call.ring') {
        if (goesOn(call) || !news.call || !sdp) return;
        fresh(news.call, true, 'ringing').name = name;
        offer = sdp;
        servers = news.ice ?? [];
        return changed();
      }
      if (!call || !goesOn(call) || (news.call ?? news.key) !== call.id) return;
      if (t === 'call.ok') {
        at.never(late);
        late = at.later(() => over('missed'), LONGEST);
        state.asked = undefined;
        state.form_needed = state.ended = false;
        state.session = { agent: state.session?.agent, open: true };
        set({ rings: true });
      } else if (t === 'call.answer') {
        if (!ours || !sdp) return;
        at.never(late);
        ours.accept(sdp).catch(broken);
        if (call.stage === 'calling') set({ stage: 'joining', name });
      } else if (t === 'call.ice') {
        if (!candidate) return;
        if (ours) ours.candidate(candidate);
        else theirs.push(candidate);
      } else if (t === 'refused') over(REFUSALS[news.code ?? ''] ?? 'never');
      else if (ENDS.includes(news.state)) over(news.state as Outcome, news.seconds);
      else if (call.incoming && call.stage !== 'talking' && news.here === false) {
        // Another tab was quicker.
        over('ended');
        forget();
      }
    },
  };
  return it;
};

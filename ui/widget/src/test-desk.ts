/** For tests: a line whose other end is the test, and a kit around it. */
import type { Chat } from './chat';
import { chat as makeChat } from './chat';
import { dom } from './dom';
import type { Message, Server, ToDesk, ToVisitor } from './frames';
import { kept } from './kept';
import type { Kit } from './kit';
import { launcher } from './launcher';
import type { Look } from './look';
import { takePage } from './page';
import type { Media, Silence, Voice } from './voice';

// Every browser has it; the one of these tests does not.
const seen = Object.assign(new EventTarget(), { height: 700, offsetTop: 0 });
Object.defineProperty(globalThis, 'visualViewport', { value: seen, configurable: true });

export const LOOK: Look = {
  mode: 'chat',
  images: true,
  language: 'en',
  appearance: {
    theme: 'light',
    colour: '#1f5b4c',
    launcher: 'bubble',
    icon: 1,
    side: 'right',
    offset_x: 20,
    offset_y: 20,
    title: 'Northside Bikes',
    subtitle: 'usually answers in 2 minutes',
    logo: null,
    agent_name: '',
    agent_photo: null,
  },
  pre_chat: { on: false, fields: [], consent: '' },
};

type Welcome = Extract<ToVisitor, { t: 'welcome' }>;

export class Desk {
  said: ToDesk[] = [];
  hear: (frame: ToVisitor) => void = () => {};
  up: (isUp: boolean) => void = () => {};
  hello: () => ToDesk = () => ({ t: 'end' });
  isUp = false;

  connect = (
    hello: () => ToDesk,
    hear: (frame: ToVisitor) => void,
    up: (isUp: boolean) => void,
  ) => {
    Object.assign(this, { hello, hear, up });
    return {
      send: (frame: ToDesk) => this.isUp && this.said.push(frame),
      hurry: () => {},
      close: () => {
        this.isUp = false;
      },
    };
  };

  welcome(more: Partial<Welcome> = {}) {
    this.isUp = true;
    this.hear({
      t: 'welcome',
      now: new Date().toISOString(),
      session: null,
      online: true,
      greeting: 'Hello!',
      messages: [],
      more: false,
      seen: 0,
      full: false,
      form_needed: false,
      ...more,
    });
    this.up(true);
  }

  down() {
    this.isUp = false;
    this.up(false);
  }

  /** What it was told of this kind. */
  of = <T extends ToDesk['t']>(kind: T) =>
    this.said.filter((frame): frame is Extract<ToDesk, { t: T }> => frame.t === kind);

  take(key: string, seq: number) {
    this.hear({ t: 'taken', key, seq, at: new Date().toISOString(), session: 's' });
  }
}

/** A microphone and a connection that the test leads. */
export class Instrument {
  /** Why there is no microphone. */
  why?: Silence;
  stopped = 0;
  done: string[] = [];
  tell: (way: string) => void = () => {};
  changed: (media: Media) => void = () => {};

  microphone = async (): Promise<MediaStream> => {
    if (this.why) throw this.why;
    const track = { stop: () => (this.stopped += 1) };
    return { getTracks: () => [track] } as unknown as MediaStream;
  };

  voice = (
    _stream: MediaStream,
    servers: readonly Server[],
    _wire: unknown,
    tell: (way: string) => void,
    changed: (media: Media) => void,
  ): Voice => {
    Object.assign(this, { tell, changed });
    const note = (what: string) => this.done.push(what);
    note(`by ${servers.flatMap(({ urls }) => urls).join()}`);
    return {
      offer: async () => 'our offer',
      answer: async (sdp) => `answer to ${sdp}`,
      accept: async (sdp) => void note(`accept ${sdp}`),
      candidate: (way) => note(`way ${way}`),
      mute: (on) => note(on ? 'mute' : 'unmute'),
      close: () => note('close'),
    };
  };
}

export const message = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  id: `id${seq}`,
  from: 'agent',
  name: 'Sofia',
  text: `message ${seq}`,
  files: [],
  at: new Date(Date.now() - 60_000).toISOString(),
  ...more,
});

/** A tab: its own memory of the page, and what all tabs of the browser keep. */
export const tab = (look: Look = LOOK): { kit: Kit; chat: Chat; desk: Desk } => {
  const desk = new Desk();
  const drawing = dom();
  const host = drawing.el('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const wrap = drawing.el('div');
  root.append(wrap);
  const page = takePage();
  const kit: Kit = {
    ...page,
    ...drawing,
    base: 'https://desk.example/chat/abc/',
    look,
    lang: 'en',
    root,
    wrap,
    launcher: launcher(drawing, look, () => {}),
    store: kept('https://desk.example/chat/abc/', () => localStorage),
    tab: kept('', () => sessionStorage),
    full: () => false,
    shut: () => {},
    piece: async (name) =>
      (await {
        call: () => import('./call'),
        'en-call': () => import('./texts/call/en'),
        form: () => import('./form'),
        phone: () => import('./phone'),
        tools: () => import('./tools'),
        sound: () => import('./sound'),
      }[name as 'call']()) as never,
    more: async () => (await import('./texts/more/en')).texts,
  };
  wrap.append(kit.launcher.node);
  return { kit, desk, chat: makeChat(kit, kit.store, 'en', desk.connect) };
};

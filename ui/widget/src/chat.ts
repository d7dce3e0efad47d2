/**
 * One visitor's conversation: what was said, what waits, who is there. Follows the line and keeps
 * what is not the desk's yet, so that it is sent once. Knows no element.
 */
import type {
  Agent,
  CallNews,
  Form,
  Message,
  Picture,
  Saying,
  Server,
  ToDesk,
  ToVisitor,
} from './frames';
import { newKey, newToken } from './key';
import type { Kept } from './kept';
import type { Line } from './line';
import type { Page } from './page';

/** Written and not taken yet. */
export interface Pending extends Omit<Saying, 'files'> {
  /** Under which name it is kept. */
  place: string;
  pictures: Picture[];
}

/** What the desk told in `welcome` and since, and what is ours beside it. */
export interface State {
  /** The desk has answered at least once. */
  known?: boolean;
  up?: boolean;
  online: boolean;
  /** No more chats for now: what is written waits like offline. */
  full?: boolean;
  form_needed?: boolean;
  greeting?: string | null;
  session?: { open: boolean; agent?: Agent | null } | null;
  /** It ended before the visitor's eyes. */
  ended?: boolean;
  messages: Message[];
  /** Whether there are older messages than these. */
  more?: boolean;
  pending: Pending[];
  /** Who writes; `''`: somebody without a name. */
  writing?: string;
  /** Up to here agents have seen. */
  seen: number;
  /** So many messages the visitor has not seen. */
  unread: number;
  /** Answered before the chat, and to be said with what begins it. */
  asked?: Pick<Saying, 'form' | 'consent'>;
  /** Somebody can take a call, and by which servers. */
  calls?: boolean;
  ice?: Server[];
}

export interface Chat {
  state: State;
  /** Called after every change. */
  watch(changed: () => void): void;
  /** Called when a message came while the visitor did not look. */
  onring(newest: number): void;
  /** Called when the desk does not take what was written. */
  onrefused(text: string): void;
  say(text: string, pictures: Picture[]): void;
  answer(form: Form, consent: boolean): void;
  type(on: boolean): void;
  /** The panel is open, or not. */
  look(open: boolean): void;
  more(): void;
  /** After an end: begins again. */
  anew(): void;
  /** The seam for calls: what the desk says of them (or refuses), and frames to it. */
  oncall(news: CallNews): void;
  send(frame: ToDesk): void;
  /** A word that nobody else has: of a message, or a call. */
  key(): string;
  /** Whose token this is; made when the visitor first opens the chat. */
  token(): string;
}

const TYPING = 3_000;
/** So long what came too fast waits. */
const PATIENCE = 5_000;
/** So often the page is asked where it is. */
const PAGE = 2_000;

/** What an agent may know of a page: where it is, without what stands in it for somebody alone. */
export const shown = (address: string): string =>
  address.replace(/\?[^#]*/g, '').replace(/#(?!!?\/).*/, '');

/** Old libraries give lists a `toJSON` of their own, which makes something else of them. */
const plain = <T>(list: T[]): T[] => Object.assign(list, { toJSON: undefined });

/** In the order of the desk, each once. Pure. */
export const merged = (known: Message[], more: Message[]): Message[] =>
  [...new Map([...known, ...more].map((one) => [one.seq, one])).values()].sort(
    (a, b) => a.seq - b.seq,
  );

type Connect = (
  hello: () => ToDesk,
  hear: (frame: ToVisitor) => void,
  up: (isUp: boolean) => void,
) => Line;

export const chat = (at: Page, store: Kept, language: string, connect: Connect): Chat => {
  const { parse, write, later } = at;
  const state: State = { online: true, messages: [], pending: [], seen: 0, unread: 0 };
  const watchers: (() => void)[] = [];
  let [got, saw, typedAt, saidPage, isOpen] = [0, 0, 0, '', false];

  const newest = () => state.messages.at(-1)?.seq ?? 0;
  const tell = () => {
    const seen = +(store.get('seen') ?? 0);
    state.unread = state.messages.filter((one) => one.from !== 'visitor' && one.seq > seen).length;
    for (const one of watchers) one();
  };
  /** What was written in any tab and is not taken. */
  const waiting = () => {
    state.pending = store
      .names('out:')
      .map((place) => ({ ...(parse(store.get(place) ?? '{}') as Pending), place }));
  };
  const post = (one: Pending) => {
    const { key, text, form, consent } = one;
    const files = plain(one.pictures.map(({ id }) => id));
    store.set(one.place, write({ ...one, pictures: plain([...one.pictures]) }));
    own.send({ t: 'say', key, text, files, form, consent });
  };
  const find = (key?: string | null) => state.pending.find((one) => one.key === key);
  const gone = (one?: Pending) => {
    if (one) store.drop(one.place);
    state.pending = state.pending.filter((other) => other !== one);
  };
  const page = () => ({ url: shown(location.href), title: document.title });
  const token = () => {
    const mine = store.get('token') || newToken(at);
    store.set('token', mine);
    return mine;
  };
  const looks = () => isOpen && !document.hidden;
  /** Receipts for what is here. */
  const acknowledge = () => {
    const seq = newest();
    if (seq > got) own.send({ t: 'got', seq: (got = seq) });
    if (!looks() || seq <= saw) return;
    store.set('seen', `${(saw = seq)}`);
    own.send({ t: 'seen', seq });
  };
  const add = (more: Message[], rings?: boolean) => {
    const before = newest();
    for (const one of more) if (one.key) gone(find(one.key));
    state.messages = merged(state.messages, more);
    acknowledge();
    if (!more.some((one) => one.from === 'agent' && one.seq > before)) return;
    state.writing = undefined;
    if (rings && !looks()) chat.onring(newest());
  };

  const hear = (frame: ToVisitor) => {
    switch (frame.t) {
      case 'welcome': {
        const { messages, more, ...rest } = frame;
        const { known } = state;
        // A hole between then and now: begin anew at the newest.
        if (more && messages.length) state.messages = [];
        if (!state.messages.length) state.more = more;
        Object.assign(state, rest, { known: true, writing: undefined });
        waiting();
        // What was said of receipts on a line that broke may be lost.
        got = saw = 0;
        add(messages, known);
        break;
      }
      case 'taken': {
        const one = find(frame.key);
        if (one) {
          const own = { ...frame, from: 'visitor', text: one.text, files: one.pictures } as const;
          state.messages = merged([{ ...own, id: one.key }], state.messages);
        }
        gone(one);
        state.session = { agent: state.session?.agent, open: true };
        state.form_needed = state.ended = false;
        state.asked = undefined;
        break;
      }
      case 'refused': {
        const one = find(frame.key);
        if (!one) chat.oncall(frame);
        else if (frame.code === 'too_fast') later(() => post(one), PATIENCE);
        else {
          gone(one);
          chat.onrefused(one.text);
        }
        break;
      }
      case 'message':
        add([frame], true);
        break;
      case 'more':
        state.messages = merged(state.messages, frame.messages);
        state.more = frame.more;
        break;
      case 'typing':
        state.writing = frame.on ? (frame.name ?? '') : undefined;
        break;
      case 'seen':
        state.seen = frame.seq;
        break;
      case 'agent':
        state.session = { open: true, agent: frame.name ? (frame as Agent) : null };
        break;
      case 'ended':
        Object.assign(state, { session: null, ended: true, writing: undefined });
        break;
      case 'online':
        Object.assign(state, frame);
        break;
      default:
        chat.oncall(frame as CallNews);
    }
    tell();
  };

  const chat: Chat = {
    state,
    onring() {},
    onrefused() {},
    oncall() {},
    watch: (changed) => watchers.push(changed),
    say(text, pictures) {
      const key = chat.key();
      // Names are in the order of writing.
      const place = `out:${Date.now()}:${state.pending.length}:${key}`;
      const one = { place, key, text, pictures, ...state.asked };
      store.set('chat', '1');
      state.pending.push(one);
      typedAt = 0;
      post(one);
      tell();
    },
    answer(form, consent) {
      state.asked = { form, consent };
      state.form_needed = false;
      tell();
    },
    type(on) {
      const now = Date.now();
      if (on ? now - typedAt < TYPING : !typedAt) return;
      typedAt = on ? now : 0;
      own.send({ t: 'typing', on });
    },
    look(open) {
      isOpen = open;
      own.send({ t: 'open', open });
      acknowledge();
      tell();
    },
    more() {
      const first = state.messages[0];
      if (state.more && first) own.send({ t: 'more', before: first.seq });
    },
    anew() {
      state.ended = false;
      tell();
    },
    send: (frame) => own.send(frame),
    key: () => newKey(at),
    token,
  };

  const own = connect(
    () => ({
      t: 'hello',
      v: 1,
      token: token(),
      since: newest(),
      page: page(),
      referrer: shown(document.referrer),
      language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      open: isOpen,
    }),
    hear,
    (up) => {
      state.up = up;
      if (up) {
        saidPage = write(page());
        if (document.hidden) own.send({ t: 'away', away: true });
        state.pending.forEach(post);
      }
      tell();
    },
  );
  waiting();
  store.watch((name) => {
    if (name.startsWith('out:')) waiting();
    tell();
  });
  /** Pages that change without being loaded tell nobody: one has to look. */
  const follow = () => {
    const now = write(page());
    if (state.up && now !== saidPage) own.send({ t: 'page', ...page() });
    saidPage = now;
    later(follow, PAGE);
  };
  follow();
  addEventListener('online', own.hurry, at);
  const seen = () => {
    const away = document.hidden;
    own.send({ t: 'away', away });
    if (!away) own.hurry();
    acknowledge();
    tell();
  };
  document.addEventListener('visibilitychange', seen, at);
  // A page that rests in the browser's memory has no line, and no call.
  const leave = () => {
    chat.oncall({ t: 'leave' });
    own.close();
  };
  addEventListener('pagehide', leave, at);
  addEventListener('pageshow', own.hurry, at);
  return chat;
};

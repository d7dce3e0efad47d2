/**
 * The real launcher and panel with a look that is not saved yet, for the settings of a site. There is
 * no desk behind it: a pretended line takes what is written and answers nothing.
 *
 *     const shown = preview(element, look, scene);   // element: any empty, positioned box
 *     shown.draw(look, scene);                       // after every change
 *     shown.close();                                 // when the box goes
 *
 * `look` is what `GET /chat/{site}/look` would tell after saving; `logo` and `agent_photo` may be
 * addresses of `blob:`. Everything is drawn inside the box, with its sizes: on a `phone` the open panel
 * fills it. Styles are constructed sheets in a shadow root, so no policy forbids them, and nothing of
 * the page around reaches in. Import it lazily: it brings the whole widget (about 12 kB).
 * The six launcher icons are `LAUNCHERS` of `icons.ts`, paths on a field of 24 × 24.
 */
import { dom } from './dom';
import { calls } from './call';
import type { Agent, Message, ToDesk, ToVisitor } from './frames';
import { kept } from './kept';
import type { Kit, Pieces } from './kit';
import { languageOf } from './language';
import { launcher as makeLauncher } from './launcher';
import launcherStyle from './launcher.css?inline';
import type { Lang, Look } from './look';
import { takePage } from './page';
import { paint } from './paint';
import previewStyle from './preview.css?inline';
import { chat as makeChat } from './chat';
import { panel as makePanel, type Panel } from './panel';
import type { Calls, More, Texts } from './texts';

export interface Scene {
  open: boolean;
  /** The open panel fills the box. */
  phone: boolean;
  /** What the visitor's device asks for; counts where the theme is `auto`. */
  dark: boolean;
  online: boolean;
  /** Shown before the first message, as the desk would choose it. */
  greeting: string | null;
  /** What was said; empty: nothing yet, and the questions are asked. */
  talk: readonly { from: 'visitor' | 'agent'; text: string }[];
  agent: Agent | null;
  /** The chat was ended. */
  ended: boolean;
  /** For `language: auto`: what the page is in. */
  language: string;
}

export interface Preview {
  draw(look: Look, scene: Scene): void;
  close(): void;
}

const TEXTS = import.meta.glob<{ texts: Texts }>('./texts/??.ts');
const MORE = import.meta.glob<{ texts: More }>('./texts/more/??.ts');
const CALL = import.meta.glob<{ texts: Calls }>('./texts/call/??.ts');
/** Nobody is called from here: the piece with the call never comes. */
const PIECES: { [N in keyof Pieces]?: () => Promise<Pieces[N]> } = {
  form: () => import('./form'),
  tools: () => import('./tools'),
  sound: () => import('./sound'),
};
const piece = (name: keyof Pieces) =>
  (PIECES[name] ?? CALL[`./texts/call/${name.replace('-call', '')}.ts`] ?? refused)();
const refused = (): never => {
  throw new Error('a preview keeps nothing');
};
const texts = async <T>(all: Record<string, () => Promise<{ texts: T }>>, path: string) => {
  const load = all[path];
  if (!load) throw new Error(`no texts at ${path}`);
  return (await load()).texts;
};

/** A desk that agrees with everything. */
const pretend =
  (scene: Scene, look: Look) =>
  (_hello: () => ToDesk, hear: (frame: ToVisitor) => void, up: (isUp: boolean) => void) => {
    const began = Date.now() - scene.talk.length * 60_000;
    let seq = scene.talk.length;
    const messages = scene.talk.map(({ from, text }, at): Message => {
      const name = from === 'agent' ? scene.agent?.name : null;
      const time = new Date(began + at * 60_000).toISOString();
      return { seq: at + 1, id: `${at}`, from, name, text, files: [], at: time };
    });
    const welcome = () => {
      const talks = messages.length > 0;
      hear({
        t: 'welcome',
        now: new Date().toISOString(),
        session: talks ? { id: '', open: !scene.ended, agent: scene.agent } : null,
        online: scene.online,
        greeting: scene.greeting,
        messages,
        more: false,
        seen: seq,
        full: false,
        form_needed: look.pre_chat.on && !talks,
        calls: look.mode === 'chat_and_calls' && scene.online,
      });
      up(true);
      if (scene.ended) hear({ t: 'ended', by: 'agent', text: null });
    };
    queueMicrotask(welcome);
    const answer = (frame: ToDesk) => {
      if (frame.t === 'say')
        hear({ t: 'taken', key: frame.key, seq: ++seq, at: new Date().toISOString(), session: '' });
      if (frame.t === 'end') hear({ t: 'ended', by: 'visitor', text: null });
    };
    const send = (frame: ToDesk) => queueMicrotask(() => answer(frame));
    return { send, hurry() {}, close() {} };
  };

export const preview = (box: HTMLElement, look: Look, scene: Scene): Preview => {
  let ending = new AbortController();

  const build = async (look: Look, scene: Scene, signal: AbortSignal) => {
    const drawing = dom();
    const page = takePage();
    const lang: Lang = languageOf([look.language, scene.language]);
    const words = await texts(TEXTS, `./texts/${lang}.ts`);
    if (signal.aborted) return;
    const { theme } = look.appearance;
    const host = drawing.el('div');
    const root = host.attachShadow({ mode: 'open' });
    const wrap = drawing.el('div');
    paint(wrap, look, lang, theme === 'auto' ? scene.dark : theme === 'dark');
    wrap.toggleAttribute('still', true);
    let isOpen = scene.open;
    const turn = (open: boolean) => panel.show((isOpen = open), true);
    const launcher = makeLauncher(drawing, look, () => turn(!isOpen));
    const kit: Kit = {
      ...page,
      ...drawing,
      signal,
      later: (run, wait) => page.later(() => signal.aborted || run(), wait),
      base: location.href,
      look,
      lang,
      root,
      wrap,
      launcher,
      store: kept('preview', refused),
      tab: kept('preview', refused),
      full: () => scene.phone,
      shut: () => turn(false),
      piece: async (name) => (await piece(name)) as never,
      more: () => texts(MORE, `./texts/more/${lang}.ts`),
    };
    drawing.style(root, launcherStyle);
    const chat = makeChat(kit, kit.store, lang, pretend(scene, look));
    const panel: Panel = makePanel(kit, chat, words);
    void calls(kit, chat, () => panel, look.mode === 'chat_and_calls');
    drawing.style(root, previewStyle);
    wrap.append(launcher.node);
    root.append(wrap);
    box.replaceChildren(host);
    panel.show(isOpen, false);
  };
  const draw = (look: Look, scene: Scene) => {
    ending.abort();
    ending = new AbortController();
    void build(look, scene, ending.signal);
  };
  draw(look, scene);
  return {
    draw,
    close() {
      ending.abort();
      box.replaceChildren();
    },
  };
};

/**
 * The one script of the page: asks the desk how the chat is to look, shows the launcher and fetches
 * the rest when somebody opens it, or when this browser has a chat already. Leaves the page's
 * globals and styles as they are.
 */
import { dom } from './dom';
import hostStyle from './host.css?inline';
import { kept } from './kept';
import type { Kit } from './kit';
import { languageOf } from './language';
import { launcher as makeLauncher } from './launcher';
import launcherStyle from './launcher.css?inline';
import type { Look } from './look';
import { takePage } from './page';
import { paint } from './paint';
import type { Talk } from './talk';

/** What the names of all pieces end with; the build puts it here. */
declare const MARK: string;

const TAG = 'deskbell-chat';
/** A page that is not loaded by then is not waited for. */
const PATIENT = 5_000;
/** So often it is seen whether the page has dropped us. */
const LOOK = 1_000;

const show = (page: ReturnType<typeof takePage>, base: string, look: Look) => {
  // The snippet may stand in the page twice.
  if (document.querySelector(TAG)) return;
  const drawing = dom();
  const { theme } = look.appearance;
  const lang = languageOf([look.language, document.documentElement.lang, ...navigator.languages]);
  const node = drawing.el(TAG as 'div');
  const root = node.attachShadow({ mode: 'open' });
  const wrap = drawing.el('div');
  const narrow = matchMedia('(max-width:479px),(max-height:419px)');
  const dark = matchMedia('(prefers-color-scheme:dark)');
  const load = (name: string) =>
    import(/* @vite-ignore */ new URL(`../assets/${name}-${MARK}.js`, base).href);
  const launcher = makeLauncher(drawing, look, () => void turn(!isOpen, true));
  const kit: Kit = {
    ...page,
    ...drawing,
    base,
    look,
    lang,
    root,
    wrap,
    launcher,
    store: kept(base, () => localStorage),
    tab: kept('', () => sessionStorage),
    full: () => narrow.matches,
    shut: () => void turn(false, true),
    piece: load,
    more: async () => (await load(`${lang}-more`)).texts,
  };
  let isOpen = false;
  let talk: Promise<Talk> | undefined;
  const start = async () => {
    const [{ start }, { texts }] = await Promise.all([load('talk'), load(lang)]);
    return start(kit, texts);
  };
  const turn = async (open?: boolean, byHand?: boolean) => {
    isOpen = !!open;
    if (byHand) launcher.node.ariaBusy = 'true';
    try {
      const { show } = await (talk ??= start());
      if (byHand || isOpen) show(isOpen, byHand);
    } catch {
      // The line is bad: the next press tries again.
      isOpen = false;
      talk = undefined;
    }
    launcher.node.ariaBusy = null;
  };
  const colour = () => paint(wrap, look, lang, theme === 'auto' ? dark.matches : theme === 'dark');
  /** Beside the body, so that a page may replace its body; put back if the page drops it. */
  const attach = () => {
    if (!node.isConnected) document.documentElement?.append(node);
    page.later(attach, LOOK);
  };

  drawing.style(root, hostStyle + launcherStyle);
  dark.onchange = colour;
  colour();
  wrap.append(launcher.node);
  root.append(wrap);
  attach();
  if (kit.tab.get('open')) void turn(true);
  else if (kit.store.get('chat')) void turn();
};

const script = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
const { src } = (script ?? {}) as HTMLScriptElement;
if (src) {
  const page = takePage();
  const base = new URL('.', src).href;
  let isAsked = false;
  const ask = async () => {
    if (isAsked) return;
    isAsked = true;
    try {
      const answer = await page.fetch(`${base}look`, { credentials: 'omit' });
      show(page, base, page.parse(await answer.text()) as Look);
    } catch {
      console.warn(`No chat: is this page’s domain in the settings of ${base}?`);
    }
  };
  /** Not before the page has what it needs. */
  const idle = () => void page.later(ask, 1);
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle);
  page.later(ask, PATIENT);
}

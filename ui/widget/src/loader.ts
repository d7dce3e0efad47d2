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

/** Names of the built pieces; the build puts them here. */
declare const PIECES: Record<string, string>;

const TAG = 'deskbell-chat';
/** A page that is not loaded by then is not waited for. */
const PATIENT = 5_000;

const begin = (base: string) => {
  const page = takePage();
  const drawing = dom();

  /** Beside the body, so that a page may replace its body; put back if the page drops it. */
  const attach = (node: HTMLElement) => {
    let times = 0;
    const put = () => {
      const { documentElement } = document;
      // A page that fights for it wins in the end.
      if (node.isConnected || !documentElement || times++ > 99) return;
      documentElement.append(node);
      watch.observe(documentElement, { childList: true });
    };
    const watch = new MutationObserver(() => page.later(put, 50));
    watch.observe(document, { childList: true });
    put();
  };

  const show = (look: Look) => {
    // The snippet may stand in the page twice.
    if (document.querySelector(TAG)) return;
    const lang = languageOf([look.language, document.documentElement.lang, ...navigator.languages]);
    const node = drawing.el(TAG as 'div');
    const root = node.attachShadow({ mode: 'open' });
    const wrap = drawing.el('div');
    const narrow = matchMedia('(max-width:479px),(max-height:419px)');
    const dark = matchMedia('(prefers-color-scheme:dark)');
    const { theme } = look.appearance;
    const colour = () =>
      paint(wrap, look, lang, theme === 'auto' ? dark.matches : theme === 'dark');
    const launcher = makeLauncher(drawing, look, lang, () => void turn(!isOpen, true));
    const load = (name: string) =>
      import(/* @vite-ignore */ new URL(`../assets/${PIECES[name]}`, base).href);
    const kit: Kit = {
      ...page,
      ...drawing,
      base,
      look,
      lang,
      root,
      wrap,
      launcher,
      store: kept(
        base.split('/').at(-2) ?? '',
        () => localStorage as unknown as Record<string, string>,
      ),
      tab: kept('tab', () => sessionStorage as unknown as Record<string, string>),
      full: () => narrow.matches,
      shut: () => void turn(false, true),
      piece: load,
      more: async () => (await load(`${lang}-more`)).texts,
    };
    let isOpen = false;
    let talk: Promise<Talk> | undefined;
    const start = () =>
      (talk ??= Promise.all([load('talk'), load(lang)]).then(([{ start }, { texts }]) =>
        start(kit, texts),
      ));
    const turn = async (open: boolean, byHand: boolean) => {
      isOpen = open;
      launcher.node.ariaBusy = 'true';
      try {
        (await start()).show(isOpen, byHand);
      } catch {
        // The line is bad: the next press tries again.
        isOpen = false;
        talk = undefined;
      }
      launcher.node.ariaBusy = null;
    };

    drawing.style(root, hostStyle + launcherStyle);
    dark.addEventListener('change', colour);
    colour();
    wrap.append(launcher.node);
    root.append(wrap);
    attach(node);
    if (kit.tab.get('open')) void turn(true, false);
    else if (kit.store.get('chat')) start().catch(() => (talk = undefined));
  };

  const ask = async () => {
    try {
      const answer = await page.fetch(`${base}look`, { credentials: 'omit' });
      show(page.parse(await answer.text()) as Look);
    } catch {
      console.warn(`No live chat here: ${base}. Is this domain in the channel’s settings?`);
    }
  };
  /** Not before the page has what it needs. */
  const idle = () => {
    const run = asking;
    asking = undefined;
    if (!run) return;
    if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 2_000 });
    else page.later(run, 1);
  };
  let asking: (() => void) | undefined = () => void ask();
  if (document.readyState === 'complete') idle();
  else addEventListener('load', idle);
  page.later(idle, PATIENT);
};

const script =
  document.currentScript ?? document.querySelector('script[src*="/chat/"][src*="/widget.js"]');
const { src } = (script ?? {}) as HTMLScriptElement;
if (src && !document.querySelector(TAG)) begin(new URL('.', src).href);

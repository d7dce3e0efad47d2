/**
 * The panel: who is there, the conversation, what one can do. Draws what `chat` knows and hands it
 * what the visitor does. What is not always needed (`form`, `tools`) comes when it is.
 *
 * Calls come as a piece of their own, which puts its button and its strip beside the header;
 * `chat.oncall` hears its frames and `chat.send` says them.
 */
import type { Chat } from './chat';
import { composer } from './composer';
import { CLOSE } from './icons';
import { open, type Kit } from './kit';
import panelStyle from './panel.css?inline';
import type { Texts } from './texts';
import { thread } from './thread';

const MORE = 'M6 12h.01M12 12h.01M18 12h.01';

export interface Panel {
  show(open: boolean, byHand?: boolean): void;
  isOpen(): boolean;
  node: HTMLElement;
}

export const panel = (kit: Kit, chat: Chat, words: Texts): Panel => {
  const { look, wrap, root, launcher, el, button } = kit;
  const { appearance, pre_chat } = look;
  const { state } = chat;
  const title = appearance.title || words.title;
  let isOpen = false;

  const face = el('span.face', { ariaHidden: 'true' });
  const name = el('b');
  const line = el('small');
  const notice = el('div.notice', { role: 'status' });
  const said = el('div.said', { role: 'status' });
  /** Takes the place of the composer: the questions, or the end. */
  const foot = el('div.foot', { hidden: true });
  const log = thread(kit, chat, words, said);
  const composing = composer(kit, chat, words, log.thumbs);
  const opener = button(
    'tool',
    words.more,
    () =>
      void open(kit, 'tools', words).then(([more, all]) =>
        more.menu(kit, chat, all, title, opener, foot),
      ),
    MORE,
  );
  opener.ariaHasPopup = 'true';
  const closer = button('tool', words.close, kit.shut, CLOSE);
  // Where nothing but the panel is on the screen, Tab goes round in it.
  const edge = (onfocus: () => void) => el('i', { tabIndex: 0, onfocus });
  const edges = [edge(composing.focus), edge(() => closer.focus())];
  const node = el(
    'section.panel',
    { role: 'dialog', ariaLabel: title, hidden: true },
    edges[0],
    el('header', {}, face, el('div.who', {}, name, line), opener, closer),
    notice,
    log.node,
    foot,
    composing.node,
    edges[1],
    said,
  );

  /** What stands in the place of the composer now. */
  let standing = '';
  const stand = () => {
    const { ended, session, form_needed, pending, online, full } = state;
    const asks = pre_chat.on && form_needed && !session?.open && !pending.length;
    const away = !online || !!full;
    const now = ended || asks ? `${ended} ${away}` : '';
    if (now === standing) return;
    standing = now;
    const had = node.contains(root.activeElement);
    foot.hidden = !now;
    composing.node.hidden = !!now;
    foot.replaceChildren();
    if (now)
      void open(kit, 'form', words).then(([{ instead }, all]) => {
        if (standing !== now) return;
        foot.append(instead(kit, chat, all, title, away, composing.focus));
        if (had) foot.querySelector<HTMLElement>('input,textarea,button')?.focus();
      });
  };
  let faced = '';
  const draw = () => {
    const agent = state.session?.agent;
    const who = agent?.name || appearance.agent_name || title;
    const photo = agent ? agent.photo : appearance.agent_photo || appearance.logo;
    if (faced !== (faced = who + photo)) {
      face.textContent = who.replace(/(\S)\S*\s*/gu, '$1').slice(0, 2);
      if (photo) {
        const picture = el('img', { alt: '', onerror: () => picture.remove() });
        picture.src = new URL(photo, kit.base).href;
        face.append(picture);
      }
    }
    face.classList.toggle('on', !!state.up && state.online && !state.full);
    name.textContent = who;
    line.textContent = [who !== title && title, appearance.subtitle].filter(Boolean).join(' · ');
    notice.textContent = state.up === false ? words.down : '';
    stand();
    log.draw();
  };

  /** On a phone the panel is the whole screen that the keyboard leaves. */
  const fit = () => {
    const seen = visualViewport;
    const full = kit.full();
    wrap.toggleAttribute('full', full);
    node.ariaModal = `${full}`;
    for (const one of edges) one.hidden = !full;
    wrap.style.setProperty('--high', `${seen?.height}px`);
    wrap.style.setProperty('--top', `${seen?.offsetTop}px`);
  };
  for (const kind of ['resize', 'scroll']) visualViewport?.addEventListener(kind, fit, kit);
  // What is typed here is none of the page's shortcuts.
  node.onkeyup = node.onkeypress = (event) => event.stopPropagation();
  node.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') kit.shut();
  };
  wrap.prepend(node);
  chat.watch(draw);
  kit.style(root, panelStyle);

  return {
    node,
    isOpen: () => isOpen,
    show(opens, byHand) {
      isOpen = opens;
      node.hidden = !opens;
      wrap.toggleAttribute('open', opens);
      if (opens) kit.tab.set('open', '1');
      else kit.tab.drop('open');
      fit();
      chat.look(opens);
      log.settle(true);
      if (byHand) (opens ? composing : launcher.node).focus();
    },
  };
};

/** The button that opens the chat: a bubble or a bar, with the number of new messages. */
import type { Dom } from './dom';
import { CLOSE, LAUNCHERS } from './icons';
import type { Lang, Look } from './look';

/** The only word before the panel is there, where it is not the same as in English. */
const WORDS: Partial<Record<Lang, string>> = { zh: '聊天', ar: 'محادثة' };

export interface Launcher {
  node: HTMLButtonElement;
  /** `label` is its name from now on. */
  show(open: boolean, unread: number, label?: string): void;
}

export const launcher = (
  { el, icon }: Dom,
  { appearance }: Look,
  lang: Lang,
  onclick: () => void,
): Launcher => {
  const words = appearance.title || WORDS[lang] || 'Chat';
  const badge = el('span.badge');
  const node = el(
    'button.launcher',
    { type: 'button', 'aria-haspopup': 'dialog', onclick },
    icon(LAUNCHERS[appearance.icon - 1] ?? CLOSE),
    icon(CLOSE),
    appearance.launcher === 'bar' && el('span', {}, words),
    badge,
  );
  const show: Launcher['show'] = (open, unread, label = words) => {
    node.setAttribute('aria-expanded', `${open}`);
    node.setAttribute('aria-label', label);
    badge.textContent = unread ? `${Math.min(unread, 99)}` : '';
  };
  show(false, 0);
  return { node, show };
};

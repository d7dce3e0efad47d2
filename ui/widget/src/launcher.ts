/** The button that opens the chat: a bubble or a bar, with the number of new messages. */
import type { Dom } from './dom';
import { CLOSE, LAUNCHERS } from './icons';
import type { Look } from './look';

export interface Launcher {
  node: HTMLButtonElement;
  /** `label` is its name from now on. */
  show(open: boolean, unread: number, label?: string): void;
}

export const launcher = (
  { el, icon }: Dom,
  { appearance }: Look,
  onclick: () => void,
): Launcher => {
  const words = appearance.title || 'Chat';
  const badge = el('span.badge');
  const node = el(
    'button.launcher',
    { type: 'button', ariaHasPopup: 'dialog', onclick },
    icon(LAUNCHERS[appearance.icon - 1] ?? CLOSE),
    icon(CLOSE),
    appearance.launcher === 'bar' && el('span', {}, words),
    badge,
  );
  const show: Launcher['show'] = (open, unread, label = words) => {
    node.ariaExpanded = `${open}`;
    node.ariaLabel = label;
    badge.textContent = unread ? `${Math.min(unread, 99)}` : '';
  };
  show(false, 0);
  return { node, show };
};

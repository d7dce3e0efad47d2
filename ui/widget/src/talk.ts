/** The piece that talks: the line, the conversation and the panel, put together. */
import { chat as makeChat, type State } from './chat';
import type { Kit } from './kit';
import { line } from './line';
import { panel as makePanel, type Panel } from './panel';
import type { Texts } from './texts';

export interface Talk {
  show(open: boolean, byHand: boolean): void;
}

/** One of many tabs rings: the first that comes to it, and one that is seen comes first. */
const ring = ({ store, later, piece }: Kit, { messages }: State) => {
  const newest = messages.at(-1)?.seq ?? 0;
  const ring = () => {
    if (store.get('mute') || +(store.get('rang') ?? 0) >= newest) return;
    store.set('rang', `${newest}`);
    void piece('sound').then(({ chime }) => chime());
  };
  later(ring, document.hidden ? 200 + Math.random() * 400 : 0);
};

export const start = (kit: Kit, words: Texts): Talk => {
  const address = `${kit.base.replace(/^http/, 'ws')}socket`;
  const chat = makeChat(kit, kit.store, kit.lang, (...rest) => line(kit, address, ...rest));
  let panel: Panel | undefined;
  chat.onring = () => ring(kit, chat.state);
  chat.watch(() => {
    const { unread } = chat.state;
    const label = unread ? words.unread.replace('{n}', `${unread}`) : words.open;
    if (!panel?.isOpen()) kit.launcher.show(false, unread, label);
  });
  return { show: (open, byHand) => (panel ??= makePanel(kit, chat, words)).show(open, byHand) };
};

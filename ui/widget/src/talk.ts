/** The piece that talks: the line, the conversation and the panel, put together. */
import { chat as makeChat } from './chat';
import type { Kit } from './kit';
import { line } from './line';
import { panel as makePanel, type Panel } from './panel';
import type { Texts } from './texts';

export interface Talk {
  show(open: boolean, byHand?: boolean): void;
}

export const start = (kit: Kit, words: Texts): Talk => {
  const address = `${kit.base.replace('http', 'ws')}socket`;
  const chat = makeChat(kit, kit.store, kit.lang, (...rest) => line(kit, address, ...rest));
  let panel: Panel | undefined;
  chat.onring = (newest) => void kit.piece('sound').then(({ ring }) => ring(kit, newest));
  chat.watch(() => {
    const { unread } = chat.state;
    const isOpen = !!panel?.isOpen();
    const closed = unread ? words.unread.replace('{n}', `${unread}`) : words.open;
    kit.launcher.show(isOpen, isOpen ? 0 : unread, isOpen ? words.close : closed);
  });
  if (kit.look.mode !== 'chat')
    void kit.piece('call').then(({ calls }) => calls(kit, chat, () => panel));
  return { show: (open, byHand) => (panel ??= makePanel(kit, chat, words)).show(open, byHand) };
};

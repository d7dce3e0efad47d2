/**
 * The button that calls, and the ear for those who call: all of calls that is there before one
 * begins. The call itself comes with the first one.
 */
import type { Chat } from './chat';
import type { CallNews } from './frames';
import type { Kit } from './kit';
import type { Panel } from './panel';
import type { Phone } from './phone';

const RECEIVER =
  'M6 4h3l1.500 4-2 1.500a11 11 0 0 0 6 6l1.500-2 4 1.500v3A1.500 1.500 0 0 1 18.500 20 14.500 14.500 0 0 1 4 5.500 1.500 1.500 0 0 1 6 4z';

/** Whether this page may use a microphone. Not every browser tells what its policy forbids. */
const allowed = (): boolean => {
  const { featurePolicy: policy } = document as {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  const can = isSecureContext && 'RTCPeerConnection' in window && 'mediaDevices' in navigator;
  return can && (!policy || policy.allowsFeature('microphone'));
};

export const calls = async (
  kit: Kit,
  chat: Chat,
  panel: () => Panel | undefined,
  can = allowed(),
): Promise<void> => {
  if (!can) return;
  const { state } = chat;
  let phone: Promise<Phone> | undefined;
  let ready: Phone | undefined;
  const early: CallNews[] = [];
  const hear = async (news: CallNews) => {
    // There is no time for more than what is here.
    if (news.t === 'leave') ready?.part();
    else if (phone || news.t === 'call.ring') (await load()).hear(news);
  };
  // What rings before the words are here is not missed.
  chat.oncall = (news) => early.push(news);
  const { texts } = await kit.piece(`${kit.lang}-call`);
  const load = () =>
    (phone ??= kit.piece('phone').then(
      ({ start }) => (ready = start(kit, chat, panel, texts, button, draw)),
      (error: unknown) => {
        // The line is bad: the next press tries again.
        phone = undefined;
        throw error;
      },
    ));
  const dial = async () => {
    button.ariaBusy = 'true';
    try {
      (await load()).dial();
    } finally {
      button.ariaBusy = null;
    }
  };
  const button = kit.button('tool', texts.call, () => void dial().catch(() => {}), RECEIVER);
  let busy = false;
  function draw(isBusy = busy) {
    busy = isBusy;
    const head = panel()?.node.querySelector('header .who');
    if (head && !button.isConnected) head.after(button);
    const asks = kit.look.pre_chat.on && state.form_needed && !state.session?.open;
    button.hidden = busy || asks || !state.up || !state.calls;
  }
  chat.watch(() => draw());
  chat.oncall = (news) => void hear(news).catch(() => {});
  for (const news of early) chat.oncall(news);
  draw();
};

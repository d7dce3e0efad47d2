/**
 * A call as the visitor sees it: a strip under the header of the panel, or over the launcher while
 * the panel is closed, so that one may go on looking at the page.
 */
import type { Panel } from './panel';
import { calling, type Call, type Outcome } from './calling';
import type { Chat } from './chat';
import type { CallNews } from './frames';
import type { Kit } from './kit';
import phoneStyle from './phone.css?inline';
import type { Calls } from './texts';
import { microphone, voice } from './voice';

export interface Phone {
  dial(): void;
  hear(news: CallNews): void;
  /** The page is left. */
  part(): void;
}

const SECOND = 1_000;
/** What became of it is shown for this long, where nothing is to be done about it. */
const SHOWN = 8_000;
/** One may try again after these. */
const AGAIN: readonly unknown[] = [
  'missed',
  'failed',
  'busy',
  'fast',
  'down',
  'denied',
  'missing',
  'taken',
] satisfies Outcome[];

/** 1:01 */
export const lasted = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;

/** What is said of a call, and below it. Pure. */
export const told = (call: Call, words: Calls, us: string): [what: string, more: string] => {
  const name = call.name || us;
  const named = (text: string) => text.replace('{name}', name);
  switch (call.stage) {
    case 'asking':
      return [words.asking, words.asking_more];
    case 'calling':
      return [call.rings ? words.rings : words.calling, ''];
    case 'ringing':
      return [named(words.incoming), call.silence ? words[call.silence] : ''];
    case 'joining':
      return [words.joining, ''];
    case 'talking':
      return [name, call.shaky ? words.shaky : call.muted ? words.muted : ''];
    case 'over': {
      const outcome = call.outcome ?? 'ended';
      if (outcome === 'ended') return [words.ended, call.seconds ? lasted(call.seconds) : ''];
      if (outcome === 'missed' && call.incoming) return [named(words.missed_theirs), ''];
      return [words[outcome], ''];
    }
  }
};

export const start = (
  kit: Kit,
  chat: Chat,
  panel: () => Panel | undefined,
  words: Calls,
  opener: HTMLElement,
  busy: (isBusy: boolean) => void,
): Phone => {
  const { el, button, wrap, store, look, root, later } = kit;
  const us = look.appearance.agent_name || look.appearance.title || words.us;
  const what = el('b', { dir: 'auto' });
  const more = el('small');
  const clock = el('span.clock', { role: 'timer' });
  const said = el('div.told', { role: 'status' }, what, more);
  const acts = el('div.acts');
  const node = el('section.phone', { ariaLabel: words.call, hidden: true }, said, clock, acts);
  let shown = '';
  let wasUp = chat.state.up;
  let quiet: (() => void) | undefined;
  let rang = '';

  const act = (name: string, label: string, run: () => void) => button(name, label, run);
  const buttons = (call: Call): HTMLElement[] => {
    const { stage, incoming, outcome } = call;
    const leave = (label: string) => act('stop', label, phone.leave);
    if (stage === 'ringing') return [act('go', words.answer, phone.answer), leave(words.decline)];
    if (stage === 'asking') return [leave(words.cancel)];
    if (stage === 'talking') {
      const mute = act('plain', words.mute, phone.mute);
      mute.ariaPressed = `${!!call.muted}`;
      return [mute, leave(words.hang)];
    }
    if (stage !== 'over') return [leave(words.hang)];
    const close = act('plain', words.close, phone.leave);
    return AGAIN.includes(outcome)
      ? [act('go', incoming ? words.back : words.again, phone.dial), close]
      : [close];
  };

  /** Rings here, or says that it rings there. */
  const ring = (kind: string) => {
    if (kind === rang) return;
    rang = kind;
    quiet?.();
    quiet = undefined;
    if (kind)
      void kit.piece('sound').then(({ ringing }) => {
        if (rang === kind) quiet = ringing(kit, kind === 'here');
      });
  };
  const place = () => {
    const at = panel();
    const inside = at?.isOpen() ? at.node : undefined;
    node.classList.toggle('afloat', !inside);
    if (node.parentNode === (inside ?? wrap)) return;
    if (inside) inside.querySelector('header')?.after(node);
    else wrap.append(node);
  };
  const draw = () => {
    const { call } = phone;
    node.hidden = !call;
    busy(!!call && call.stage !== 'over');
    ring(
      call?.stage === 'ringing' ? 'here' : call?.stage === 'calling' && call.rings ? 'there' : '',
    );
    const now = call ? [call.id, call.stage, call.outcome, call.muted, call.silence].join() : '';
    const had = node.contains(root.activeElement);
    place();
    if (!call) {
      shown = '';
      // Who was in it is back where they came from.
      if (had) (opener.isConnected && !opener.hidden ? opener : kit.launcher.node).focus();
      return;
    }
    const [first, second] = told(call, words, us);
    if (what.textContent !== first) what.textContent = first;
    if (more.textContent !== second) more.textContent = second;
    if (call.rings || call.since) store.set('chat', '1');
    if (now === shown) return;
    shown = now;
    node.dataset.stage = call.stage;
    clock.textContent = '';
    acts.replaceChildren(...buttons(call));
    if (had || call.stage === 'asking') (acts.firstChild as HTMLElement).focus();
    if (call.stage === 'talking') tick(call);
    if (call.stage === 'over' && !AGAIN.includes(call.outcome))
      later(() => phone.call === call && call.stage === 'over' && phone.leave(), SHOWN);
  };
  const tick = (call: Call) => {
    if (phone.call !== call || call.stage !== 'talking') return;
    clock.textContent = lasted(Math.floor((Date.now() - (call.since ?? 0)) / SECOND));
    later(() => tick(call), SECOND);
  };
  const phone = calling(kit, chat, { microphone, voice }, draw);

  kit.style(root, phoneStyle);
  chat.watch(() => {
    const { up } = chat.state;
    if (up && !wasUp) phone.again();
    wasUp = up;
    place();
  });
  return { dial: phone.dial, hear: phone.hear, part: phone.part };
};

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Look } from './look';
import { panel as makePanel, type Panel } from './panel';
import { calls } from './call';
import type { Call } from './calling';
import { lasted, told } from './phone';
import { LOOK, tab } from './test-desk';
import { texts } from './texts/en';
import { texts as words } from './texts/call/en';

vi.mock('./voice', async () => {
  const { Instrument } = await import('./test-desk');
  return { ...new Instrument() };
});

const CALLS: Look = { ...LOOK, mode: 'chat_and_calls' };
const ring = { t: 'call.ring', call: 'c1', sdp: 'x', name: 'Sofia', ice: [] } as never;

const begin = async (look = CALLS) => {
  const { kit, chat, desk } = tab(look);
  let panel: Panel | undefined;
  const open = (on = true) => (panel ??= makePanel(kit, chat, texts)).show(on, true);
  await calls(kit, chat, () => panel, true);
  const all = (what: string) => [...kit.root.querySelectorAll<HTMLElement>(what)];
  const named = (name: string) =>
    all('button').find((one) => one.ariaLabel === name || one.textContent === name);
  return { kit, chat, desk, open, all, named };
};

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
});

describe('the button that calls', () => {
  it('is there while somebody can answer, and not before the questions are', async () => {
    const { desk, open, named } = await begin({
      ...CALLS,
      pre_chat: { ...LOOK.pre_chat, on: true },
    });
    open();
    const hidden = () => named('Call us')?.hidden;
    expect(hidden()).toBe(true);
    desk.welcome({ calls: true });
    expect(hidden()).toBe(false);
    desk.hear({ t: 'online', online: false, calls: false });
    expect(hidden()).toBe(true);
    desk.hear({ t: 'online', online: true, calls: true });
    expect(hidden()).toBe(false);
    desk.down();
    expect(hidden()).toBe(true);
    desk.welcome({ calls: true, form_needed: true });
    expect(hidden()).toBe(true);
  });

  it('is not there on a page that may not use a microphone', async () => {
    const { kit, chat, desk } = tab(CALLS);
    const panel = makePanel(kit, chat, texts);
    await calls(kit, chat, () => panel, false);
    panel.show(true, true);
    desk.welcome({ calls: true });
    expect(kit.root.querySelector('[aria-label="Call us"]')).toBeNull();
  });
});

describe('a call that comes in', () => {
  it('stands over the launcher while the panel is closed, and in it while it is open', async () => {
    const { desk, open, all, named } = await begin();
    desk.welcome({ calls: true });
    desk.hear(ring);
    await vi.waitFor(() => expect(all('.phone.afloat')).toHaveLength(1));
    expect(all('.told')[0]?.textContent).toBe('Sofia is calling');
    open();
    expect(all('.phone.afloat')).toEqual([]);
    expect(all('.panel header + .phone')).toHaveLength(1);
    expect(named('Call us')?.hidden).toBe(true);
    open(false);
    expect(all('.phone.afloat')).toHaveLength(1);
  });

  it('is said to who listens, takes no focus, and gives it back when it is declined', async () => {
    const { kit, desk, open, all, named } = await begin();
    open();
    desk.welcome({ calls: true });
    const writing = kit.root.activeElement;
    desk.hear(ring);
    await vi.waitFor(() => expect(named('Answer')).toBeDefined());
    expect(all('.told')[0]?.role).toBe('status');
    expect(kit.root.activeElement).toBe(writing);
    named('Decline')?.focus();
    named('Decline')?.click();
    expect(desk.said.at(-1)).toEqual({ t: 'call.decline', call: 'c1' });
    expect(all('.phone')[0]?.hidden).toBe(true);
    expect(kit.root.activeElement).toBe(named('Call us'));
  });

  it('that rings before the words are there is not missed', async () => {
    const { kit, chat, desk } = tab(CALLS);
    const coming = calls(kit, chat, () => undefined, true);
    desk.welcome({ calls: true });
    desk.hear(ring);
    await coming;
    await vi.waitFor(() =>
      expect(kit.root.querySelector('.phone b')?.textContent).toMatch(/Sofia/),
    );
  });

  it('ends with its page, before the line goes', async () => {
    const { desk, open, named } = await begin();
    open();
    desk.welcome({ calls: true });
    named('Call us')?.click();
    await vi.waitFor(() => expect(desk.of('call.ring' as never)).toHaveLength(1));
    dispatchEvent(new Event('pagehide'));
    expect([desk.said.at(-1)?.t, desk.isUp]).toEqual(['call.end', false]);
  });

  it('rings on where the page is left', async () => {
    const { desk, named } = await begin();
    desk.welcome({ calls: true });
    desk.hear(ring);
    await vi.waitFor(() => expect(named('Answer')).toBeDefined());
    const before = desk.said.length;
    dispatchEvent(new Event('pagehide'));
    expect(desk.said).toHaveLength(before);
  });
});

describe('what is said of a call', () => {
  const say = (call: Partial<Call>) =>
    told({ id: '', incoming: false, stage: 'over', ...call }, words, 'Our team');

  it('fits how far it is', () => {
    expect(say({ stage: 'calling' })[0]).toBe('Calling…');
    expect(say({ stage: 'calling', rings: true })[0]).toBe('Ringing…');
    expect(say({ stage: 'ringing' })[0]).toBe('Our team is calling');
    expect(say({ stage: 'talking', name: 'Sofia', muted: true })).toEqual(['Sofia', words.muted]);
    expect(say({ outcome: 'ended', seconds: 61 })).toEqual(['Call ended', '1:01']);
    expect(say({ outcome: 'ended', seconds: 0 })).toEqual(['Call ended', '']);
    expect(say({ outcome: 'missed', incoming: true, name: 'Sofia' })[0]).toBe(
      'You missed a call from Sofia.',
    );
    expect(say({ outcome: 'missed' })[0]).toBe(words.missed);
    expect([lasted(0), lasted(59), lasted(3600)]).toEqual(['0:00', '0:59', '60:00']);
  });
});

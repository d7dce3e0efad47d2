import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calling } from './calling';
import type { CallNews } from './frames';
import { Instrument, tab } from './test-desk';

const ICE = [{ urls: ['turn:turn.shop.example'] }];

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** What became of promises that are settled already. */
const settle = () => vi.advanceTimersByTimeAsync(0);

const begin = () => {
  const { kit, chat, desk } = tab();
  const tool = new Instrument();
  const phone = calling(kit, chat, tool, () => {});
  chat.oncall = phone.hear;
  desk.welcome({ calls: true, ice: ICE });
  const hear = (t: string, more: Partial<CallNews> = {}) =>
    desk.hear({ call: phone.call?.id, ...more, t } as never);
  const said = () =>
    desk.said
      .filter(({ t }) => t.startsWith('call.'))
      .map((frame) => {
        const { t, sdp, candidate } = frame as { t: string; sdp?: string; candidate?: string };
        return [t, sdp ?? candidate].filter(Boolean).join(' ');
      });
  const dial = async () => {
    phone.dial();
    await settle();
  };
  const talk = async () => {
    await dial();
    hear('call.ok');
    hear('call.answer', { sdp: 'their answer', name: 'Sofia' });
    tool.changed('talking');
  };
  return { phone, chat, desk, tool, hear, said, dial, talk };
};

describe('a visitor who calls', () => {
  it('asks for the microphone, rings, is answered and talks', async () => {
    const { phone, tool, hear, said, dial } = begin();
    phone.dial();
    expect(phone.call?.stage).toBe('asking');
    expect(said()).toEqual([]);
    phone.leave();
    await dial();
    expect(phone.call?.stage).toBe('calling');
    expect(said()).toEqual(['call.ring our offer']);
    hear('call.ok');
    expect(phone.call?.rings).toBe(true);
    tool.tell('here');
    hear('call.answer', { sdp: 'their answer', name: 'Sofia' });
    hear('call.ice', { candidate: 'there' });
    expect(phone.call).toMatchObject({ stage: 'joining', name: 'Sofia' });
    tool.changed('talking');
    expect(phone.call?.stage).toBe('talking');
    expect(said()).toEqual(['call.ring our offer', 'call.ice here']);
    expect(tool.done).toEqual(['by turn:turn.shop.example', 'accept their answer', 'way there']);
    vi.advanceTimersByTime(61_000);
    phone.leave();
    expect(said().at(-1)).toBe('call.end');
    expect(phone.call).toMatchObject({ stage: 'over', outcome: 'ended', seconds: 61 });
    expect(tool.done.at(-1)).toBe('close');
  });

  it('gives the microphone back when it comes after the call was left', async () => {
    const { phone, tool, said } = begin();
    phone.dial();
    phone.leave();
    await settle();
    expect([tool.stopped, said(), phone.call]).toEqual([1, [], undefined]);
  });

  it('opens a chat with it, and brings what was answered before one', async () => {
    const { chat, desk, hear, dial } = begin();
    desk.welcome({ calls: true, form_needed: true });
    chat.answer({ name: 'Ada' }, true);
    await dial();
    expect(desk.said.find(({ t }) => t === 'call.ring')).toMatchObject({
      form: { name: 'Ada' },
      consent: true,
    });
    hear('call.ok');
    expect(chat.state).toMatchObject({ session: { open: true }, form_needed: false });
    expect(chat.state.asked).toBeUndefined();
  });

  it('says in plain words why it cannot', async () => {
    for (const why of ['denied', 'missing', 'taken'] as const) {
      const { phone, tool, dial, said } = begin();
      tool.why = why;
      await dial();
      expect([phone.call?.outcome, said()]).toEqual([why, []]);
    }
    for (const [code, outcome] of [
      ['offline', 'offline'],
      ['busy', 'busy'],
      ['too_fast', 'fast'],
      ['not_allowed', 'never'],
    ]) {
      const { phone, hear, dial, tool } = begin();
      await dial();
      hear('refused', { call: undefined, key: phone.call?.id, code });
      expect([phone.call?.outcome, tool.done.at(-1)]).toEqual([outcome, 'close']);
    }
    const { phone, desk, dial } = begin();
    desk.down();
    await dial();
    expect(phone.call?.outcome).toBe('down');
  });

  it('hears what became of it, and may try again', async () => {
    for (const state of ['declined', 'missed', 'failed'] as const) {
      const { phone, hear, dial } = begin();
      await dial();
      hear('call.ok');
      hear('call.state', { state, here: true, seconds: null });
      expect(phone.call).toMatchObject({ stage: 'over', outcome: state, seconds: 0 });
      const before = phone.call?.id;
      await dial();
      expect(phone.call?.stage).toBe('calling');
      expect(phone.call?.id).not.toBe(before);
    }
  });

  it('is over by itself where nobody says what became of it', async () => {
    const { phone, dial, said } = begin();
    await dial();
    vi.advanceTimersByTime(46_000);
    expect([phone.call?.outcome, said().at(-1)]).toEqual(['missed', 'call.end']);
  });

  it('tells the desk when they do not hear each other', async () => {
    const { phone, tool, said, talk } = begin();
    await talk();
    tool.changed('shaky');
    expect(phone.call).toMatchObject({ stage: 'talking', shaky: true });
    tool.changed('talking');
    expect(phone.call?.shaky).toBe(false);
    tool.changed('broken');
    expect([phone.call?.outcome, said().at(-1)]).toEqual(['failed', 'call.failed']);
  });

  it('mutes the microphone, and switches it on again', async () => {
    const { phone, tool, talk } = begin();
    await talk();
    phone.mute();
    expect([phone.call?.muted, tool.done.at(-1)]).toEqual([true, 'mute']);
    phone.mute();
    expect([phone.call?.muted, tool.done.at(-1)]).toEqual([false, 'unmute']);
  });

  it('keeps the voice while the line is down, and says afterwards where the call is', async () => {
    const { phone, desk, said, talk, tool } = begin();
    await talk();
    desk.down();
    expect(phone.call?.stage).toBe('talking');
    desk.welcome({ calls: true });
    phone.again();
    expect(said().at(-1)).toBe('call.here');
    expect(tool.done).not.toContain('close');
  });

  it('ends with its page', async () => {
    const { phone, said, talk } = begin();
    await talk();
    phone.part();
    expect([said().at(-1), phone.call?.stage]).toEqual(['call.end', 'over']);
  });

  it('rings once more under the same id when the line broke before the desk took it', async () => {
    const { phone, desk, dial } = begin();
    await dial();
    desk.down();
    desk.welcome({ calls: true });
    phone.again();
    const rings = desk.said.filter(({ t }) => t === 'call.ring') as { call: string }[];
    expect(rings).toHaveLength(2);
    expect(rings[0]?.call).toBe(rings[1]?.call);
  });
});

describe('a visitor who is called', () => {
  const called = () => {
    const all = begin();
    all.hear('call.ring', { call: 'c1', sdp: 'their offer', name: 'Sofia', ice: ICE });
    return all;
  };

  it('hears it ring, and answers with what came meanwhile', async () => {
    const { phone, hear, said, tool } = called();
    expect(phone.call).toMatchObject({ id: 'c1', incoming: true, stage: 'ringing', name: 'Sofia' });
    hear('call.ring', { call: 'c1', sdp: 'their offer', name: 'Sofia', ice: ICE });
    hear('call.ice', { candidate: 'early' });
    phone.answer();
    await settle();
    expect(said()).toEqual(['call.answer answer to their offer']);
    expect(tool.done).toEqual(['by turn:turn.shop.example', 'way early']);
    tool.changed('talking');
    expect(phone.call?.stage).toBe('talking');
  });

  it('declines', () => {
    const { phone, said } = called();
    phone.leave();
    expect([said(), phone.call]).toEqual([['call.decline'], undefined]);
  });

  it('may try again where there was no microphone', async () => {
    const { phone, tool, said } = called();
    tool.why = 'denied';
    phone.answer();
    await settle();
    expect(phone.call).toMatchObject({ stage: 'ringing', silence: 'denied' });
    expect(said()).toEqual([]);
    tool.why = undefined;
    phone.answer();
    await settle();
    expect(said()).toEqual(['call.answer answer to their offer']);
  });

  it('stops ringing where another tab was quicker, and closes what was begun', async () => {
    const idle = called();
    idle.hear('call.state', { state: 'connected', here: false });
    expect(idle.phone.call).toBeUndefined();
    const late = called();
    late.phone.answer();
    await settle();
    late.hear('call.state', { state: 'connected', here: false });
    expect([late.phone.call, late.tool.done.at(-1)]).toEqual([undefined, 'close']);
  });

  it('sees that a call was missed, and hears nothing of others while one goes on', async () => {
    const { phone, hear, talk } = called();
    hear('call.state', { state: 'missed', here: false });
    expect(phone.call).toMatchObject({ stage: 'over', outcome: 'missed', incoming: true });
    await talk();
    const { id } = phone.call ?? {};
    hear('call.ring', { call: 'c2', sdp: 'another' });
    hear('call.state', { call: 'c2', state: 'ended' });
    expect(phone.call).toMatchObject({ id, stage: 'talking' });
  });
});

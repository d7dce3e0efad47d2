import { beforeEach, describe, expect, it, vi } from 'vitest';
import { merged, shown } from './chat';
import { message, tab } from './test-desk';

const picture = { id: 'f1', name: 'bike.png', type: 'image/png', size: 10, url: '' };
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe('what a visitor says', () => {
  it('is kept until the desk has it, and sent once more after a break with the same key', () => {
    const { chat, desk } = tab();
    desk.welcome();
    chat.say('Hello', []);
    desk.down();
    chat.say('Are you there?', []);
    expect(chat.state.pending.map(({ text }) => text)).toEqual(['Hello', 'Are you there?']);
    desk.welcome();
    const keys = desk.of('say').map(({ key, text }) => `${text} ${key}`);
    expect(keys).toHaveLength(3);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toMatch(/^Are you there\? [0-9a-f-]{36}$/);
    desk.take(desk.of('say')[0]?.key ?? '', 1);
    expect(chat.state.pending).toHaveLength(1);
    expect(chat.state.messages.map(({ text }) => text)).toEqual(['Hello']);
  });

  it('survives a reload, in order', () => {
    const before = tab();
    before.chat.say('one', []);
    before.chat.say('two', []);
    const { chat, desk } = tab();
    expect(chat.state.pending.map(({ text }) => text)).toEqual(['one', 'two']);
    desk.welcome();
    expect(desk.of('say').map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('is known by its key when another tab brought it, or the answer was lost', () => {
    const { chat, desk } = tab();
    desk.welcome();
    chat.say('Hello', [picture]);
    const key = desk.of('say')[0]?.key;
    expect(desk.of('say')[0]?.files).toEqual(['f1']);
    desk.hear({ t: 'message', ...message(3, { from: 'visitor', text: 'Hello', key }) });
    expect(chat.state.pending).toEqual([]);
    expect(localStorage.length).toBeGreaterThan(0);
    desk.take(key ?? '', 3);
    expect(chat.state.messages).toHaveLength(1);
  });

  it('comes back to the visitor when it is not taken', () => {
    const { chat, desk } = tab();
    desk.welcome();
    const refused = vi.fn();
    chat.onrefused = refused;
    chat.say('Hello', []);
    desk.hear({ t: 'refused', key: desk.of('say')[0]?.key, code: 'not_allowed', message: '' });
    expect(refused).toHaveBeenCalledWith('Hello');
    expect(chat.state.pending).toEqual([]);
  });

  it('waits and goes again when it came too fast', () => {
    vi.useFakeTimers();
    const { chat, desk } = tab();
    desk.welcome();
    chat.say('Hello', []);
    desk.hear({ t: 'refused', key: desk.of('say')[0]?.key, code: 'too_fast', message: '' });
    expect(chat.state.pending).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    expect(desk.of('say')).toHaveLength(2);
    vi.useRealTimers();
  });

  it('carries the answers of the form until the desk has them', () => {
    const { chat, desk } = tab();
    desk.welcome({ form_needed: true });
    chat.answer({ name: 'Ada' }, true);
    expect(chat.state.form_needed).toBe(false);
    chat.say('Hello', []);
    chat.say('More', []);
    for (const frame of desk.of('say'))
      expect(frame).toMatchObject({ form: { name: 'Ada' }, consent: true });
    desk.take(desk.of('say')[0]?.key ?? '', 1);
    chat.say('Later', []);
    expect(desk.of('say').at(-1)?.form).toBeUndefined();
  });

  it('is not changed by libraries that give lists a toJSON', () => {
    const list = Array.prototype as unknown as { toJSON?: () => string };
    list.toJSON = () => 'spoiled';
    try {
      const { chat, desk } = tab();
      desk.welcome();
      chat.say('Hello', [picture]);
      expect(JSON.parse(JSON.stringify(desk.of('say')[0])).files).toEqual(['f1']);
      expect(tab().chat.state.pending[0]?.pictures).toEqual([picture]);
    } finally {
      delete list.toJSON;
    }
  });
});

describe('what comes', () => {
  it('is in order and there once, whatever overlaps', () => {
    const all = merged([message(1), message(3)], [message(2), message(3, { text: 'new' })]);
    expect(all.map(({ seq, text }) => `${seq} ${text}`)).toEqual([
      '1 message 1',
      '2 message 2',
      '3 new',
    ]);
  });

  it('is acknowledged, and seen only while the panel is open', () => {
    const { chat, desk } = tab();
    desk.welcome({ messages: [message(1), message(2)] });
    expect(desk.of('got').map(({ seq }) => seq)).toEqual([2]);
    expect(desk.of('seen')).toEqual([]);
    expect(chat.state.unread).toBe(2);
    chat.look(true);
    expect(desk.of('seen').map(({ seq }) => seq)).toEqual([2]);
    expect(chat.state.unread).toBe(0);
    desk.hear({ t: 'message', ...message(3) });
    expect(desk.of('seen').map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('rings when nobody looks, not for history', () => {
    const { chat, desk } = tab();
    const rings: number[] = [];
    chat.onring = (seq) => rings.push(seq);
    desk.welcome({ messages: [message(1)] });
    expect(rings).toEqual([]);
    desk.hear({ t: 'message', ...message(2, { from: 'auto' }) });
    expect(rings).toEqual([]);
    desk.hear({ t: 'message', ...message(3) });
    expect(rings).toEqual([3]);
    desk.down();
    desk.welcome({ messages: [message(4)] });
    expect(rings).toEqual([3, 4]);
    chat.look(true);
    desk.hear({ t: 'message', ...message(5) });
    expect(rings).toEqual([3, 4]);
  });

  it('begins anew where a break left a hole', () => {
    const { chat, desk } = tab();
    desk.welcome({ messages: [message(1)], more: false });
    desk.down();
    expect(desk.hello()).toMatchObject({ since: 1 });
    desk.welcome({ messages: [message(70), message(71)], more: true });
    expect(chat.state.messages.map(({ seq }) => seq)).toEqual([70, 71]);
    chat.more();
    expect(desk.of('more')).toEqual([{ t: 'more', before: 70 }]);
    desk.hear({ t: 'more', messages: [message(69)], more: false });
    chat.more();
    expect(desk.of('more')).toHaveLength(1);
    expect(chat.state.messages.map(({ seq }) => seq)).toEqual([69, 70, 71]);
  });

  it('ends, and may begin again', () => {
    const { chat, desk } = tab();
    desk.welcome({ session: { id: 's', open: true, agent: { name: 'Sofia' } } });
    desk.hear({ t: 'ended', by: 'agent', text: null });
    expect(chat.state).toMatchObject({ ended: true, session: null });
    chat.anew();
    chat.say('Once more', []);
    desk.take(desk.of('say')[0]?.key ?? '', 9);
    expect(chat.state).toMatchObject({ ended: false, session: { open: true } });
  });
});

describe('what the desk is told of a visitor', () => {
  it('is one token in all tabs', () => {
    const [one, other] = [tab(), tab()];
    expect(one.chat.token()).toMatch(/^[0-9a-f]{43}$/);
    expect(other.chat.token()).toBe(one.chat.token());
  });

  it('is where they are, without what may be secret', () => {
    const check = (address: string, expected: string) => expect(shown(address)).toBe(expected);
    check('https://shop.example/a/b?token=1&p=2#access=3', 'https://shop.example/a/b');
    check('https://shop.example/#/cart?key=1', 'https://shop.example/#/cart');
    check('https://shop.example/#!/cart', 'https://shop.example/#!/cart');
    check('', '');
  });

  it('is the page, again when it changes without being loaded', () => {
    vi.useFakeTimers();
    const { desk } = tab();
    desk.welcome();
    vi.advanceTimersByTime(4_000);
    expect(desk.of('page')).toEqual([]);
    document.title = 'Prices';
    vi.advanceTimersByTime(2_000);
    expect(desk.of('page').map(({ title }) => title)).toEqual(['Prices']);
    vi.useRealTimers();
  });

  it('is that they write, now and then, and that they stopped', () => {
    vi.useFakeTimers();
    const { chat, desk } = tab();
    desk.welcome();
    for (let times = 0; times < 5; times++) {
      chat.type(true);
      vi.advanceTimersByTime(1_000);
    }
    chat.type(false);
    chat.type(false);
    expect(desk.of('typing').map(({ on }) => on)).toEqual([true, true, false]);
    vi.useRealTimers();
  });
});

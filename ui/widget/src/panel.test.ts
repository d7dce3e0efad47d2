import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Look } from './look';
import { panel as makePanel } from './panel';
import { LOOK, message, tab } from './test-desk';
import { texts } from './texts/en';

const begin = (look: Partial<Look> = {}) => {
  const { kit, chat, desk } = tab({ ...LOOK, ...look });
  const shut = vi.fn();
  const panel = makePanel({ ...kit, shut }, chat, texts);
  panel.show(true, true);
  const all = (what: string) => [...panel.node.querySelectorAll<HTMLElement>(what)];
  const one = <E extends HTMLElement = HTMLElement>(what: string) => {
    const found = all(what)[0];
    if (!found) throw new Error(`no ${what} in ${panel.node.textContent}`);
    return found as E;
  };
  const named = (name: string) => {
    const found = all('button').find(
      (button) => button.textContent === name || button.ariaLabel === name,
    );
    if (!found) throw new Error(`no button ${name}`);
    return found;
  };
  const words = () => all('.m').map((bubble) => bubble.textContent);
  return { kit, chat, desk, panel, shut, all, one, named, words };
};
const FORM: Look['pre_chat'] = {
  on: true,
  fields: [
    { id: 'name', required: true, label: 'Your name' },
    { id: 'email', required: false, label: '' },
  ],
  consent: 'I agree.',
};

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
});

describe('the panel', () => {
  it('is a dialog with a name, and Escape closes it', () => {
    const { panel, shut, kit, one } = begin();
    expect(panel.node.role).toBe('dialog');
    expect(panel.node.ariaLabel).toBe('Northside Bikes');
    expect(kit.root.activeElement).toBe(one('textarea'));
    const heard = vi.fn();
    document.body.addEventListener('keydown', heard);
    one('textarea').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    expect(shut).toHaveBeenCalled();
    expect(heard).not.toHaveBeenCalled();
  });

  it('shows what was said as text, whatever it looks like', () => {
    const { desk, all, words } = begin();
    const text = '<img src=x onerror=alert(1)> see https://shop.example/a?b=1&c.';
    desk.welcome({ messages: [message(1, { text })] });
    expect(words()[0]).toContain(text);
    expect(all('.m img')).toEqual([]);
    const link = all('.m a')[0] as HTMLAnchorElement;
    expect([link.href, link.rel]).toEqual(['https://shop.example/a?b=1&c', 'noopener noreferrer']);
  });

  it('makes no link of anything but http and https', () => {
    const { desk, all } = begin();
    desk.welcome({
      messages: [message(1, { text: 'javascript:alert(1) data:text/html,x ftp://a' })],
    });
    expect(all('a')).toEqual([]);
  });

  it('shows who is there, and who writes', () => {
    const { desk, one, words } = begin();
    desk.welcome({ session: { id: 's', open: true, agent: { name: 'Sofia Ortiz' } } });
    expect(one('.who').textContent).toBe(
      'Sofia OrtizNorthside Bikes · usually answers in 2 minutes',
    );
    expect(one('.face').textContent).toBe('SO');
    desk.hear({ t: 'typing', on: true, name: 'Sofia' });
    expect(words()).toEqual(['Sofia is writing…']);
    desk.hear({ t: 'message', ...message(1) });
    expect(words()[0]).toContain('message 1');
    expect(words()).toHaveLength(1);
  });

  it('greets until something is said, and marks what was seen', () => {
    const { chat, desk, words } = begin();
    desk.welcome();
    expect(words()).toEqual(['Hello!']);
    chat.say('Hi', []);
    expect(words()).toEqual(['Hello!', 'Hiwaiting…']);
    desk.take(desk.of('say')[0]?.key ?? '', 2);
    expect(words()[0]).toMatch(/^Hi.*· sent$/);
    desk.hear({ t: 'seen', seq: 2 });
    expect(words()[0]).toMatch(/· seen$/);
  });

  it('says what came to who listens, and not what was there before', () => {
    const { desk, one } = begin();
    desk.welcome({ messages: [message(1)] });
    expect(one('.said').textContent).toBe('');
    desk.hear({ t: 'message', ...message(2) });
    expect(one('.said').textContent).toBe('Sofia message 2');
  });

  it('sends with Enter, begins a line with Shift, and lets a word be composed', () => {
    const { desk, one } = begin();
    desk.welcome();
    const text = one<HTMLTextAreaElement>('textarea');
    const press = (more: KeyboardEventInit) =>
      text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...more }));
    text.value = 'Hello';
    text.dispatchEvent(new Event('input'));
    press({ shiftKey: true });
    press({ isComposing: true });
    expect(desk.of('say')).toEqual([]);
    press({});
    press({});
    expect(desk.of('say').map((frame) => frame.text)).toEqual(['Hello']);
    expect(text.value).toBe('');
  });

  it('keeps what was begun for the next page, and puts back what is refused', () => {
    const first = begin();
    const text = first.one<HTMLTextAreaElement>('textarea');
    text.value = 'half a sen';
    text.dispatchEvent(new Event('input'));
    const { chat, one } = begin();
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('half a sen');
    chat.onrefused('Hello');
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Hello\nhalf a sen');
    expect(one('.problem').textContent).toBe('Not sent');
  });

  it('says when the line is down, not before it was tried', () => {
    const { desk, one } = begin();
    expect(one('.notice').textContent).toBe('');
    desk.down();
    expect(one('.notice').textContent).toMatch(/^No connection/);
    desk.welcome();
    expect(one('.notice').textContent).toBe('');
  });
});

describe('the questions before a chat', () => {
  it('are asked before the composer comes, and say what is missing', async () => {
    const { desk, one, named, kit, all, chat } = begin({ pre_chat: FORM });
    desk.welcome({ form_needed: true });
    await vi.waitFor(() => one('form'));
    expect(one('.composer').hidden).toBe(true);
    expect(all('label').map((label) => label.textContent)).toEqual([
      'Your name',
      'E-mail (optional)',
      'I agree.',
    ]);
    const [name, email, agree] = all('form input') as HTMLInputElement[];
    if (!name || !email || !agree) throw new Error('fields are missing');
    await vi.waitFor(() => expect(kit.root.activeElement).toBe(name));
    email.value = 'nobody';
    named('Start chat').click();
    expect(all('form .problem').map((one) => one.textContent)).toEqual([
      'Please fill this in.',
      'Please check this.',
      'Please fill this in.',
    ]);
    expect(name.ariaInvalid).toBe('true');
    name.value = ' Ada ';
    email.value = 'ada@shop.example';
    agree.checked = true;
    named('Start chat').click();
    expect(all('form')).toEqual([]);
    expect(one('.composer').hidden).toBe(false);
    chat.say('Hi', []);
    expect(desk.of('say')[0]).toMatchObject({
      form: { name: 'Ada', email: 'ada@shop.example' },
      consent: true,
      text: 'Hi',
    });
  });

  it('come with the message where nobody is there', async () => {
    const { desk, one, named, all } = begin({ pre_chat: { ...FORM, consent: '' } });
    desk.welcome({ form_needed: true, online: false });
    await vi.waitFor(() => one('form'));
    const [name, , message] = all('form input, form textarea') as HTMLInputElement[];
    if (!name || !message) throw new Error('fields are missing');
    name.value = 'Ada';
    named('Send').click();
    expect(desk.of('say')).toEqual([]);
    message.value = 'Please call me';
    all('form button')[0]?.click();
    expect(desk.of('say')[0]).toMatchObject({ text: 'Please call me', form: { name: 'Ada' } });
    expect(all('form')).toEqual([]);
  });
});

describe('the end of a chat', () => {
  it('is asked for twice, and offers another one', async () => {
    const { desk, one, named, all, kit } = begin();
    desk.welcome({ session: { id: 's', open: true, agent: null } });
    named('More').click();
    await vi.waitFor(() => named('End chat'));
    named('End chat').click();
    expect(desk.of('end')).toEqual([]);
    expect(one('.end').textContent).toContain('End this chat?');
    expect(kit.root.activeElement).toBe(one('.end .main'));
    expect(all('.menu')).toEqual([]);
    one('.end .main').click();
    expect(desk.of('end')).toHaveLength(1);
    desk.hear({ t: 'ended', by: 'visitor', text: null });
    await vi.waitFor(() => named('New chat'));
    expect(one('.composer').hidden).toBe(true);
    named('New chat').click();
    expect(one('.composer').hidden).toBe(false);
    expect(all('.end')).toEqual([]);
  });
});

describe('what folds out', () => {
  const escape = () =>
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });

  it('is closed by Escape and by its button, which has the focus again', async () => {
    const { one, all, named, kit, shut } = begin();
    for (const [name, what] of [
      ['More', '.menu'],
      ['Emoji', '.palette'],
    ] as const) {
      named(name).click();
      await vi.waitFor(() => one(what));
      expect(named(name).ariaExpanded).toBe('true');
      kit.root.activeElement?.dispatchEvent(escape());
      expect(all(what)).toEqual([]);
      expect(kit.root.activeElement).toBe(named(name));
      named(name).click();
      await vi.waitFor(() => one(what));
      named(name).click();
      await vi.waitFor(() => expect(all(what)).toEqual([]));
    }
    expect(shut).not.toHaveBeenCalled();
  });

  it('puts emoji where one writes', async () => {
    const { one, named, all, kit } = begin();
    const text = one<HTMLTextAreaElement>('textarea');
    text.value = 'Good job';
    text.setSelectionRange(4, 4);
    named('Emoji').click();
    await vi.waitFor(() => one('.palette'));
    all('.glyph')[0]?.click();
    expect(text.value).toBe('Good😀 job');
    expect(kit.root.activeElement).toBe(text);
  });

  it('switches the sound off and on', async () => {
    const { one, named, kit } = begin();
    named('More').click();
    await vi.waitFor(() => one('.menu'));
    const sound = named('Sound');
    expect([sound.role, sound.ariaChecked]).toEqual(['switch', 'true']);
    sound.click();
    expect([kit.store.get('mute'), sound.ariaChecked]).toEqual(['1', 'false']);
    sound.click();
    expect([kit.store.get('mute'), sound.ariaChecked]).toEqual([undefined, 'true']);
  });
});

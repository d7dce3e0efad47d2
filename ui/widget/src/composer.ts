/** Where the visitor writes. Emoji and pictures come with `tools`, when they are opened. */
import type { Chat } from './chat';
import type { Picture } from './frames';
import { open, type Kit } from './kit';
import type { Texts } from './texts';

const MOST = 5_000;
const TALLEST = 120;
const CLIP = 'M8 15l7-7a1 1 0 0 0-3-3l-7 7a4 4 0 0 0 6 6l8-8';
const SMILE = 'M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M9 14q3 2.5 6 0M9 9.5h.01M15 9.5h.01';
const SEND = 'M12 19V6M6 11.5L12 5.5l6 6';

/** What `tools` needs to put pictures and emoji into what is written. */
export interface Composer {
  node: HTMLElement;
  text: HTMLTextAreaElement;
  chips: HTMLElement;
  problem: HTMLElement;
  /** Uploaded, and not sent yet. */
  ready: Picture[];
  /** So many are on their way. */
  uploading: number;
  thumbs: Map<string, HTMLElement>;
  /** Something changed, by the visitor's hand or not. */
  changed(typed?: boolean): void;
  focus(): void;
}

export const composer = (
  kit: Kit,
  chat: Chat,
  words: Texts,
  thumbs: Map<string, HTMLElement>,
): Composer => {
  const { look, tab, el, button } = kit;
  const toolbox = () => open(kit, 'tools', words);
  const take = (files: FileList | null | undefined) => {
    const list = [...(files ?? [])];
    if (look.images && list.length)
      void toolbox().then(([{ pictures }, all]) => pictures(kit, chat, all, it, list));
  };
  const choose = () => void toolbox().then(([{ choose }]) => choose(kit, it.node, take));
  const text = el('textarea', {
    rows: 1,
    maxLength: MOST,
    placeholder: words.write,
    ariaLabel: words.write,
    value: tab.get('draft') ?? '',
    oninput: () => changed(true),
    onkeydown: (event: KeyboardEvent) => {
      // Under a finger Enter begins a line; while a word is composed it ends the word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
        return;
      if (matchMedia('(pointer:coarse)').matches) return;
      event.preventDefault();
      say();
    },
    onpaste: (event: ClipboardEvent) => take(event.clipboardData?.files),
  });
  const changed = (typed?: boolean) => {
    text.style.height = '0';
    text.style.height = `${Math.min(text.scrollHeight, TALLEST)}px`;
    // An empty one follows the panel: its words are ours.
    text.dir = text.value && 'auto';
    send.disabled = it.uploading > 0 || !(text.value.trim() || it.ready.length);
    if (!typed) return;
    tab.set('draft', text.value);
    chat.type(!!text.value.trim());
  };
  const say = () => {
    if (send.disabled) return;
    chat.say(text.value.trim(), it.ready.splice(0));
    text.value = it.problem.textContent = '';
    tab.drop('draft');
    it.chips.replaceChildren();
    changed();
    text.focus();
  };
  const send = button('send', words.send, say, SEND);
  const emoji = button(
    'tool',
    words.emoji,
    () => void toolbox().then(([{ palette }, all]) => palette(kit, all, it, emoji)),
    SMILE,
  );
  const it: Composer = {
    node: el('div.composer'),
    text,
    chips: el('div.chips'),
    problem: el('div.problem', { role: 'alert' }),
    ready: [],
    uploading: 0,
    thumbs,
    changed,
    focus: () => {
      changed();
      text.focus();
    },
  };
  it.node.append(
    it.problem,
    it.chips,
    el(
      'div.row',
      {},
      look.images && button('tool', words.picture, choose, CLIP),
      el('div.field', {}, text, emoji),
      send,
    ),
  );
  // What is not taken comes back, before what is begun.
  chat.onrefused = (refused) => {
    text.value = [refused, text.value].join('\n').trim();
    it.problem.textContent = words.failed;
    changed(true);
  };
  changed();
  return it;
};

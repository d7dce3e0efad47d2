/** Where the visitor writes. Emoji and pictures come with `tools`, when they are opened. */
import type { Chat } from './chat';
import type { Picture } from './frames';
import { open, type Kit } from './kit';
import type { Texts } from './texts';

const MOST = 5_000;
const TALLEST = 120;
const CLIP =
  'M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.7 17.2a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7';
const SMILE = 'M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5h.01M15 9.5h.01';
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
  const input = el('input', {
    type: 'file',
    accept: 'image/png,image/jpeg',
    multiple: true,
    hidden: true,
    onchange: () => {
      take(input.files);
      input.value = '';
    },
  });
  const text = el('textarea', {
    rows: 1,
    maxLength: MOST,
    placeholder: words.write,
    'aria-label': words.write,
    dir: 'auto',
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
  it.node.ondragover = (event) => event.preventDefault();
  it.node.ondrop = (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files);
  };
  it.node.append(
    it.problem,
    it.chips,
    el(
      'div.row',
      {},
      look.images && button('tool', words.picture, () => input.click(), CLIP),
      input,
      el('div.field', {}, text, emoji),
      send,
    ),
  );
  changed();
  return it;
};

/**
 * What is opened now and then, and comes only then: the menu, the end of a chat, emoji, pictures.
 */
import type { Chat } from './chat';
import type { Composer } from './composer';
import type { Kit } from './kit';
import type { All } from './texts';
import toolsStyle from './tools.css?inline';
import { transcript } from './transcript';

export { transcript };

const LARGEST = 10 * 1024 * 1024;
const MOST = 10;
/** As the desk answers. */
const [TOO_LARGE, NO_PICTURE] = [413, 422];
const OFF = 'M7 7l10 10M17 7L7 17';
const EMOJI = '😀 😄 😂 🙂 😉 😍 🥰 😎 🤔 😅 😢 😮 😡 🙈 👍 👎 👏 🙏 💪 👋 👌 ❤️ 🎉 🔥 ✅ ❌ ⭐ ☕';

const dressed = new WeakSet<ShadowRoot>();
const dress = ({ root, style }: Kit) => {
  if (!dressed.has(root)) style(root, toolsStyle);
  dressed.add(root);
};

/** Something small over the panel that goes away by itself. Pressed again, its button closes it. */
const pop = (kit: Kit, opener: HTMLElement, make: (leave: () => void) => HTMLElement) => {
  dress(kit);
  const old = opener.nextElementSibling;
  if (old?.matches('.menu, .palette')) return void old.dispatchEvent(new Event('leave'));
  const leave = () => {
    node.remove();
    opener.ariaExpanded = 'false';
    kit.root.removeEventListener('pointerdown', outside, true);
  };
  const back = () => {
    leave();
    opener.focus();
  };
  const outside = ({ target }: Event) => {
    if (!node.contains(target as Node) && !opener.contains(target as Node)) leave();
  };
  const node = make(leave);
  node.addEventListener('leave', back);
  node.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    back();
  };
  kit.root.addEventListener('pointerdown', outside, true);
  opener.ariaExpanded = 'true';
  opener.after(node);
  (node.firstChild as HTMLElement).focus();
};

export const menu = (
  kit: Kit,
  chat: Chat,
  words: All,
  title: string,
  opener: HTMLElement,
  foot: HTMLElement,
) =>
  pop(kit, opener, (leave) => {
    const { el, button, store } = kit;
    const item = (label: string, run: () => void) =>
      button('item', label, () => {
        leave();
        opener.focus();
        run();
      });
    const sound = button('item', words.sound, () => {
      if (store.get('mute')) store.drop('mute');
      else store.set('mute', '1');
      sound.ariaChecked = `${!store.get('mute')}`;
    });
    sound.role = 'switch';
    sound.ariaChecked = `${!store.get('mute')}`;
    return el(
      'div.menu',
      {},
      sound,
      item(words.save, () => void transcript(kit, chat, words, title)),
      chat.state.session?.open && item(words.end, () => sure(kit, chat, words, foot, opener)),
    );
  });

/** Asks before it ends what one may not want to end. */
const sure = (kit: Kit, chat: Chat, words: All, foot: HTMLElement, back: HTMLElement) => {
  const { el, button } = kit;
  const leave = () => {
    node.remove();
    back.focus();
  };
  const node = el(
    'div.end',
    { role: 'group', ariaLabel: words.sure },
    el('b', {}, words.sure),
    button('plain', words.keep, leave),
    button('main', words.end, () => {
      leave();
      chat.send({ t: 'end' });
    }),
  );
  foot.before(node);
  (node.lastChild as HTMLElement).focus();
};

export const palette = (kit: Kit, words: All, { text, changed }: Composer, opener: HTMLElement) =>
  pop(kit, opener, (leave) =>
    kit.el(
      'div.palette',
      { role: 'group', ariaLabel: words.emoji },
      ...EMOJI.split(' ').map((one) =>
        kit.button('glyph', one, () => {
          leave();
          text.focus();
          text.setRangeText(one, text.selectionStart, text.selectionEnd, 'end');
          changed(true);
        }),
      ),
    ),
  );

/** A small drawing of a picture from this device: no policy of the page forbids a canvas. */
const small = async ({ el }: Kit, file: Blob): Promise<HTMLElement> => {
  const picture = await createImageBitmap(file);
  const most = Math.max(picture.width / 480, picture.height / 480, 1);
  const node = el('canvas', { width: picture.width / most, height: picture.height / most });
  node.getContext('2d')?.drawImage(picture, 0, 0, node.width, node.height);
  picture.close();
  return node;
};

const upload = async (kit: Kit, chat: Chat, words: All, box: Composer, file: File) => {
  const { el, button } = kit;
  const { name, type, size } = file;
  const chip = el('div.chip', { title: name, ariaBusy: 'true' });
  box.chips.append(chip);
  box.uploading += 1;
  box.changed();
  try {
    const thumb = await small(kit, file).catch(() => Promise.reject(NO_PICTURE));
    chip.append(thumb);
    const answer = await kit.fetch(`${kit.base}files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      credentials: 'omit',
      headers: { authorization: `Bearer ${chat.token()}`, 'content-type': type },
      body: file,
    });
    if (!answer.ok) throw answer.status;
    const { id } = kit.parse(await answer.text()) as { id: string };
    const picture = { id, name, type, size, url: '' };
    box.ready.push(picture);
    box.thumbs.set(id, thumb);
    const off = () => {
      box.ready.splice(box.ready.indexOf(picture), 1);
      chip.remove();
      box.focus();
    };
    chip.append(button('off', words.remove, off, OFF));
    chip.ariaBusy = null;
  } catch (status) {
    chip.remove();
    box.problem.textContent =
      status === TOO_LARGE ? words.large : status === NO_PICTURE ? words.kind : words.failed;
  }
  box.uploading -= 1;
  box.changed();
};

/** Lets the visitor choose. It stands in the panel: not every browser tells of one that does not. */
export const choose = ({ el }: Kit, box: HTMLElement, take: (files: FileList | null) => void) => {
  box.querySelector('input')?.remove();
  const accept = 'image/png,image/jpeg';
  const onchange = () => take(input.files);
  const input = el('input', { type: 'file', accept, multiple: true, hidden: true, onchange });
  box.append(input);
  input.click();
};

/** Chosen or pasted. */
export const pictures = (kit: Kit, chat: Chat, words: All, box: Composer, files: File[]) => {
  dress(kit);
  box.problem.textContent = '';
  for (const file of files) {
    if (!/^image\/(png|jpeg)$/.test(file.type)) box.problem.textContent = words.kind;
    else if (file.size > LARGEST) box.problem.textContent = words.large;
    else if (box.uploading + box.ready.length < MOST) void upload(kit, chat, words, box, file);
  }
};

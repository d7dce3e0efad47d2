/** The conversation as a text file, made here: nothing goes anywhere. */
import type { Chat, State } from './chat';
import type { Kit } from './kit';
import type { All } from './texts';

const PAGES = 100;

/** Fetches what is not here yet, as long as the line gives it. */
const all = async ({ later }: Kit, { state, more }: Chat) => {
  const first = () => state.messages[0]?.seq;
  for (let page = 0; page < PAGES && state.more && state.up; page++) {
    const before = first();
    more();
    for (let times = 0; times < 40 && first() === before && state.more; times++)
      await new Promise<void>((done) => later(done, 50));
    if (first() === before) return;
  }
};

/** Line by line. Pure. */
export const written = (
  { messages }: State,
  words: All,
  title: string,
  site: string,
  lang: string,
): string => {
  const time = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });
  const lines = messages.map((one) => {
    const who = one.from === 'visitor' ? words.you : one.name || title;
    const files = one.files.map((file) => `[${file.name}]`);
    const said = [one.text, ...files].filter(Boolean).join(' ');
    return `${time.format(new Date(one.at))}  ${who}: ${said}`;
  });
  return [`${title} · ${words.transcript}`, site, '', ...lines, ''].join('\r\n');
};

export const transcript = async (kit: Kit, chat: Chat, words: All, title: string) => {
  await all(kit, chat);
  const text = `\ufeff${written(chat.state, words, title, location.host, kit.lang)}`;
  const href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  kit.el('a', { href, download }).click();
  kit.later(() => URL.revokeObjectURL(href), 10_000);
};

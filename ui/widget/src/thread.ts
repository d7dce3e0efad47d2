/** What was said, with its days, times and marks. Draws anew only what changed. */
import type { Chat, Pending } from './chat';
import type { Message, Picture } from './frames';
import type { Kit } from './kit';
import type { Texts } from './texts';

/** Messages of one side that are no further apart stand together. */
const TOGETHER = 300_000;
const NEAR = 80;

export interface Thread {
  node: HTMLElement;
  /** Small pictures of what was sent from here, by file id. */
  thumbs: Map<string, HTMLElement>;
  draw(): void;
  /** Keeps the end in sight, or goes there. */
  settle(toEnd?: boolean): void;
}

/** Text at even places, addresses at odd ones. Pure. */
export const parts = (text: string): string[] =>
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}»])/);

/** One entry: what it is known by, what it shows, and how it is made. */
type Entry = [id: string, of: string, make: () => HTMLElement];

export const thread = (kit: Kit, chat: Chat, words: Texts, said: HTMLElement): Thread => {
  const { state } = chat;
  const { el, base } = kit;
  // As they write it where they live: 3:05 pm or 15:05.
  const lang = navigator.languages.find((one) => one.startsWith(kit.lang)) ?? kit.lang;
  const clock = new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(lang, { weekday: 'long', day: 'numeric', month: 'long' });
  const thumbs = new Map<string, HTMLElement>();
  const drawn = new Map<string, [of: string, node: HTMLElement]>();
  let isAtEnd = true;
  let heard = -1;
  let oldest: number | undefined;

  const node = el('div.log', {
    tabIndex: 0,
    role: 'log',
    ariaLive: 'off',
    ariaLabel: words.transcript,
    onscroll: () => {
      if (node.scrollTop < NEAR) chat.more();
      isAtEnd = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
    },
  });
  const picture = ({ id, name, type, url }: Picture) => {
    const gone = () => link.replaceWith(el('span.file', {}, words.gone));
    const own = thumbs.get(id);
    const image =
      own ??
      (url &&
        type.startsWith('image/') &&
        el('img', { alt: name, onload: () => settle(), onerror: gone }));
    if (!url) return image || el('span.file', {}, name);
    const href = new URL(url, base).href;
    const link = el(
      image ? 'a.picture' : 'a.file',
      { href, target: '_blank', rel: 'noopener', ariaLabel: name },
      image || name,
    );
    if (image && !own) (image as HTMLImageElement).src = href;
    return link;
  };
  const link = (href: string) =>
    el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href);
  const bubble = (side: string, text: string, files: Picture[], foot: string, who = '') =>
    el(
      `div.m ${side}`,
      {},
      who && el('b', {}, who),
      ...files.map(picture),
      text && el('p', { dir: 'auto' }, ...parts(text).map((one, at) => (at % 2 ? link(one) : one))),
      foot && el('small', {}, foot),
    );

  const message = (one: Message, before?: Message, after?: Message): Entry => {
    const isOwn = one.from === 'visitor';
    const joins = (other?: Message) =>
      other &&
      (other.from === 'visitor') === isOwn &&
      other.name == one.name &&
      Math.abs(Date.parse(other.at) - Date.parse(one.at)) < TOGETHER;
    const mark = isOwn && !after ? ` · ${one.seq > state.seen ? words.sent : words.seen}` : '';
    const foot = joins(after) ? '' : clock.format(new Date(one.at)) + mark;
    const who = isOwn || joins(before) ? '' : (one.name ?? '');
    const side = `${isOwn ? 'own' : ''}${joins(before) ? ' next' : ''}`;
    return [
      one.key ?? one.id,
      [side, foot, who, ...one.files.map(({ url }) => url)].join('\n'),
      () => bubble(side, one.text, one.files, foot, who),
    ];
  };
  const waiting = ({ key, text, pictures }: Pending): Entry => [
    key,
    '',
    () => bubble('own waiting', text, pictures, words.sending),
  ];

  const entries = (): Entry[] => {
    const { messages, greeting, writing } = state;
    // Where all is of today, no day has to be named.
    let last = day.format(new Date());
    const list = messages.flatMap((one, at): Entry[] => {
      const now = day.format(new Date(one.at));
      const entry = message(one, messages[at - 1], messages[at + 1]);
      if (now === last) return [entry];
      last = now;
      return [[now, '', () => el('div.day', {}, now)], entry];
    });
    if (greeting && !state.session?.open && !state.ended)
      list.push(['hello', greeting, () => bubble('', greeting, [], '')]);
    list.push(...state.pending.map(waiting));
    if (writing !== undefined) {
      const who =
        writing || state.session?.agent?.name || kit.look.appearance.agent_name || words.title;
      const text = words.writing.replace('{name}', who);
      list.push(['writing', text, () => el('div.m writing', {}, text)]);
    }
    return list;
  };

  /** What came since is said to who listens; what was there before is not. */
  const hear = () => {
    const fresh = state.messages.filter(({ seq, from }) => seq > heard && from !== 'visitor');
    if (heard >= 0 && fresh.length)
      said.textContent = fresh
        .map(({ name, text }) => `${name ?? ''} ${text || words.picture}`)
        .join();
    if (state.known) heard = state.messages.at(-1)?.seq ?? 0;
  };
  const settle = (toEnd = isAtEnd) => {
    if (toEnd) node.scrollTop = node.scrollHeight;
  };
  // What stands below may grow, and so may a keyboard.
  new ResizeObserver(() => settle()).observe(node);
  const draw = () => {
    const list = entries();
    const first = state.messages[0]?.seq;
    const fromEnd = node.scrollHeight - node.scrollTop;
    const wanted = new Map(list.map(([id, of]) => [id, of]));
    for (const [id, [of, old]] of drawn)
      if (wanted.get(id) !== of) {
        old.remove();
        drawn.delete(id);
      }
    let place = node.firstChild;
    for (const [id, of, make] of list) {
      const one = drawn.get(id)?.[1] ?? make();
      drawn.set(id, [of, one]);
      if (one === place) place = place.nextSibling;
      else node.insertBefore(one, place);
    }
    hear();
    // Earlier messages come in above; what one reads stays where it is.
    if (first !== oldest && !isAtEnd) node.scrollTop = node.scrollHeight - fromEnd;
    oldest = first;
    settle();
  };
  return { node, thumbs, draw, settle };
};

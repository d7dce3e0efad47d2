/** What the loader hands to the pieces that come after it. */
import type { Dom } from './dom';
import type { Kept } from './kept';
import type { Launcher } from './launcher';
import type { Lang, Look } from './look';
import type { Page } from './page';
import type { All, Calls, Texts } from './texts';

/** Pieces that come when they are opened, and the words of calls. */
export type Pieces = {
  call: typeof import('./call');
  form: typeof import('./form');
  phone: typeof import('./phone');
  sound: typeof import('./sound');
  tools: typeof import('./tools');
} & Record<`${Lang}-call`, { texts: Calls }>;

export interface Kit extends Dom, Page {
  /** `https://desk.example/chat/{site}/` */
  base: string;
  look: Look;
  lang: Lang;
  root: ShadowRoot;
  /** Around all of it: carries the colours, the side and the direction. */
  wrap: HTMLElement;
  launcher: Launcher;
  store: Kept;
  /** Of this tab alone: whether the panel was open on the page before, and what was begun. */
  tab: Kept;
  /** Whether it fills the screen of a phone. */
  full(): boolean;
  shut(): void;
  piece<N extends keyof Pieces>(name: N): Promise<Pieces[N]>;
  /** The words that go with them. */
  more(): Promise<Omit<All, keyof Texts>>;
}

/** A piece, and all words. */
export const open = async <N extends 'form' | 'tools'>(
  { piece, more }: Kit,
  name: N,
  words: Texts,
): Promise<[Pieces[N], All]> => {
  const [opened, others] = await Promise.all([piece(name), more()]);
  return [opened, { ...words, ...others }];
};

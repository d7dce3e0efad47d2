/**
 * What can be taken back: each card that offers it is remembered here, and Ctrl+Z takes back the
 * newest, then the one before. For ten seconds, as the core allows it.
 */
import { t } from '../i18n';
import { toasts, type Toast } from './toasts.svelte';

const UNDO = 10_000;

/** Takes it back. Answers `false` where it failed, or where it tells by itself what became of it. */
export type TakeBack = () => Promise<boolean>;

interface Deed {
  title: string;
  run: TakeBack;
  until: number;
  card: number;
}

class Undo {
  #deeds: Deed[] = [];

  /** Remembers what a key can take back, without a card. */
  remember(title: string, run: TakeBack, card = 0): Deed {
    const deed = { title, run, until: Date.now() + UNDO, card };
    this.#deeds = [...this.#open(), deed];
    return deed;
  }

  /** Tells what was done in a card that takes it back; `label` is the word on its button. */
  offer(
    title: string,
    run: TakeBack,
    { label, ...more }: Partial<Toast> & { label?: string } = {},
  ): void {
    const deed = this.remember(title, run);
    const act = { label: label ?? t('action.undo'), run: () => void this.#take(deed) };
    deed.card = toasts.show({ title, tone: 'good', ...more, act }, UNDO);
  }

  /** It was settled in another way: it cannot be taken back any more. */
  settle(about: string): void {
    const cards = toasts.list.filter((toast) => toast.about === about).map((toast) => toast.id);
    this.#deeds = this.#deeds.filter((deed) => !cards.includes(deed.card));
    toasts.dropAbout(about);
  }

  /** Takes back the newest, and says what it was. */
  async last(): Promise<void> {
    const deed = this.#open().at(-1);
    if (deed) await this.#take(deed);
    else toasts.show({ title: t('acted.nothing') }, 3500);
  }

  clear(): void {
    this.#deeds = [];
  }

  #open(): Deed[] {
    const now = Date.now();
    return this.#deeds.filter((deed) => deed.until >= now);
  }

  async #take(deed: Deed): Promise<void> {
    this.#deeds = this.#deeds.filter((one) => one !== deed);
    toasts.drop(deed.card);
    if (await deed.run()) toasts.good(t('acted.undone', { what: deed.title }));
  }
}

export const undo = new Undo();

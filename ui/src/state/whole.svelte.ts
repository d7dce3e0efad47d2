/**
 * A session as a whole, beside its thread: everything that was done in it, and the files and links
 * of all its messages. Loaded in parts, newest first.
 */
import * as api from '../api/calls';
import { t } from '../i18n';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Message, SharedPart } from './types';

/** What is shown before somebody asks for all of it. */
export const FIRST = 12;
const PART = 100;

type Shared = SharedPart['files'][number];
type Link = SharedPart['links'][number];

export class Whole {
  /** Events and notes, newest first. */
  entries = $state.raw<Message[]>([]);
  more = $state(false);
  files = $state.raw<Shared[]>([]);
  links = $state.raw<Link[]>([]);
  /** From where files and links go on. */
  next = $state.raw<number | null>(null);
  #begun = false;
  #busy = false;

  constructor(readonly id: string) {}

  /** Loads the newest part; what came since is put in front of what is here. */
  async load(): Promise<void> {
    const [timeline, shared] = await Promise.all([
      api.sessions.timeline(this.id, { limit: FIRST }),
      api.sessions.shared(this.id, {}),
    ]);
    if (!this.#begun) {
      this.#begun = true;
      this.more = timeline.more;
      this.next = shared.next ?? null;
    }
    const gap = timeline.more && !overlaps(timeline.entries, this.entries);
    this.entries = gap ? timeline.entries : joined(timeline.entries, this.entries);
    if (gap) this.more = true;
    this.#take(shared, true);
  }

  /** What is older. */
  async older(): Promise<void> {
    await this.#one(async () => {
      const before = this.entries.at(-1)?.seq;
      const part = await api.sessions.timeline(this.id, { before, limit: PART });
      this.entries = joined(this.entries, part.entries);
      this.more = part.more;
    });
  }

  async moreShared(): Promise<void> {
    await this.#one(async () => {
      if (this.next === null) return;
      const part = await api.sessions.shared(this.id, { before: this.next, limit: PART });
      this.#take(part, false);
      this.next = part.next ?? null;
    });
  }

  #take({ files, links }: SharedPart, newer: boolean): void {
    const [freshFiles, freshLinks] = [
      newer ? [...files, ...this.files] : [...this.files, ...files],
      newer ? [...links, ...this.links] : [...this.links, ...links],
    ];
    this.files = once(freshFiles, (one) => `${one.message_id} ${one.file.id}`);
    this.links = once(freshLinks, (one) => one.url);
  }

  async #one(act: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await act();
    } catch (error) {
      toasts.bad(t('whole.failed'), sentence(error));
    } finally {
      this.#busy = false;
    }
  }
}

function overlaps(fresh: readonly Message[], here: readonly Message[]): boolean {
  return here.length === 0 || fresh.some((one) => one.id === here[0]?.id);
}

/** Each once, the newest first. */
function joined(a: readonly Message[], b: readonly Message[]): Message[] {
  return once([...a, ...b], (one) => one.id).sort((x, y) => y.seq - x.seq);
}

function once<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}

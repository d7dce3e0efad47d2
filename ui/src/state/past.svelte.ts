/**
 * What came before a session: the earlier ones with the same customer on the same number, as far as
 * they may be seen, loaded from the newest to the oldest while somebody scrolls up.
 */
import * as api from '../api/calls';
import { merged } from './rows';
import type { Message, Session } from './types';

const WINDOW = 40;

export interface PastSession {
  session: Session;
  messages: Message[];
  /** Whether it began before what is here. */
  more: boolean;
}

export class Past {
  /** Oldest first. */
  list = $state.raw<PastSession[]>([]);
  /** The one that comes next; `null`: there is none, or nobody has asked. */
  next = $state.raw<Session | null>(null);
  /** Those that are known to come, newest first. */
  #coming: Session[] = [];
  #asked = false;

  constructor(readonly id: string) {}

  /** Asks what came before; once. `above` is called just before something is put in front. */
  async know(above: () => void): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const coming = await api.sessions.earlier(this.id);
      if (coming.length > 0) above();
      this.#come(coming);
    } catch (error) {
      this.#asked = false;
      throw error;
    }
  }

  #come(coming: Session[]): void {
    this.#coming = coming;
    this.next = coming[0] ?? null;
  }

  /** Loads a part that is older than all that is here. */
  async older(above: () => void): Promise<void> {
    const [oldest, ...rest] = this.list;
    const first = oldest?.messages[0];
    if (oldest?.more && first) {
      const { id } = oldest.session;
      const page = await api.messages.list(id, { before: first.seq, limit: WINDOW });
      const messages = merged(page.messages, oldest.messages);
      above();
      this.list = [{ ...oldest, messages, more: page.more }, ...rest];
      return;
    }
    await this.know(above);
    const session = this.next;
    if (!session) return;
    const page = await api.messages.list(session.id, { limit: WINDOW });
    const left = this.#coming.slice(1);
    const coming = left.length > 0 ? left : await api.sessions.earlier(session.id);
    above();
    this.#come(coming);
    this.list = [{ session, messages: page.messages, more: page.more }, ...this.list];
  }
}

/** The conversation around one message, as a glance beside a list of hits. */
import * as api from '../api/calls';
import { sentence } from './problem';
import type { Message } from './types';

const AROUND = 16;
/** Who only passes by with the arrow keys asks for nothing. */
const PAUSE = 120;

class Preview {
  messages = $state.raw<Message[]>([]);
  problem = $state('');
  #asked = 0;
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(session: string, seq: number | null): void {
    const wanted = `${session}/${seq ?? ''}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.messages = [];
    this.problem = '';
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(asked, session, seq), PAUSE);
  }

  async #load(asked: number, session: string, seq: number | null): Promise<void> {
    try {
      const part = seq === null ? { limit: AROUND } : { around: seq, limit: AROUND };
      const page = await api.messages.list(session, part);
      if (asked === this.#asked) this.messages = page.messages;
    } catch (error) {
      if (asked === this.#asked) this.problem = sentence(error);
    }
  }

  clear(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#shown = '';
    this.messages = [];
    this.problem = '';
  }
}

export const preview = new Preview();

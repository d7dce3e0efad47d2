/** A quick reply on its way into a text: what it asks is asked first. */
import { fillIn, questions, type Values } from './fill';
import { quickReplies } from './quick-replies.svelte';
import type { Token } from './token';
import type { QuickReply } from './types';

interface Asked {
  reply: QuickReply;
  body: string;
  questions: string[];
  place: Token | null;
}

export class Inserting {
  readonly #values: () => Partial<Values>;
  readonly #put: (words: string, reply: QuickReply, place: Token | null) => void;
  /** The one that wants answers. */
  asked = $state.raw<Asked | null>(null);

  constructor(
    values: () => Partial<Values>,
    put: (words: string, reply: QuickReply, place: Token | null) => void,
  ) {
    this.#values = values;
    this.#put = put;
  }

  /** `place`: the words that called for it give way to it. */
  pick(reply: QuickReply, body: string, place: Token | null): void {
    const open = questions(body);
    if (open.length > 0) this.asked = { reply, body, questions: open, place };
    else this.#insert({ reply, body, questions: [], place }, {});
  }

  answer(answers: Record<string, string>): void {
    if (this.asked) this.#insert(this.asked, answers);
    this.asked = null;
  }

  drop(): void {
    this.asked = null;
  }

  #insert({ reply, body, place }: Asked, answers: Record<string, string>): void {
    this.#put(fillIn(body, this.#values(), answers), reply, place);
    quickReplies.used(reply.id, Date.now());
  }
}

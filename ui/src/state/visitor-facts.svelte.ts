/** What is known of the visitor of one session. */
import { chat } from '../api/chat';
import type { Visitor } from './types';

export class VisitorFacts {
  value = $state.raw<Visitor | null>(null);

  constructor(private readonly session: string) {}

  /** What cannot be read is not shown; what was read before stays. */
  async load(): Promise<void> {
    this.value = await chat.visitor(this.session).catch(() => this.value);
  }
}

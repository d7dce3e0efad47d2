/**
 * Calls of live chat come as a part of their own, with the first of them. This is what is there
 * before: it hands on what the line tells, and holds what the whole page shows of a ring.
 */
import type { CallFrame, Session } from './types';

const part = () => import('./chat-calls.svelte').then(({ chatCalls }) => chatCalls);

class Ringing {
  /** There was a call: its part is on the screen from now on. */
  any = $state(false);
  /** Who calls, for the title of the page; empty while nobody does. */
  title = $state('');
  /** So many calls ring here. */
  count = $state(0);

  async take(frame: CallFrame): Promise<void> {
    if (frame.type === 'chat_calls' && !this.any && frame.calls.length === 0) return;
    this.any = true;
    (await part()).take(frame);
  }

  /** A new line stands. It tells of all calls, and of none if there is none. */
  async began(): Promise<void> {
    if (this.any) (await part()).began();
  }

  /** Calls the visitor of this session. */
  async call(session: Session): Promise<void> {
    this.any = true;
    await (await part()).call(session);
  }

  /** Somebody signed out: nothing rings for them, and they talk with nobody. */
  async clear(): Promise<void> {
    if (this.any) (await part()).clear();
  }
}

export const ringing = new Ringing();

/** Asks before unsaved work is left behind. */
import { route } from './route.svelte';

class Leave {
  asking = $state(false);
  #answer: ((leave: boolean) => void) | null = null;

  /** Call in an effect: while it stands, leaving with `dirty` work asks first. */
  guard(dirty: () => boolean): () => void {
    const guard = { dirty, ask: () => this.ask() };
    route.guard = guard;
    return () => {
      if (route.guard === guard) route.guard = null;
    };
  }

  answer(leave: boolean): void {
    this.asking = false;
    this.#answer?.(leave);
    this.#answer = null;
  }

  /** Asks whether to leave what is not saved. */
  ask(): Promise<boolean> {
    this.asking = true;
    return new Promise((resolve) => (this.#answer = resolve));
  }
}

export const leave = new Leave();

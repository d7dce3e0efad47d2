/**
 * The browser's way back closes what stands over the page first, and only that. What opens puts an
 * entry of its own into the history; one that was left unused is stepped over.
 */
class Back {
  /** What stands over the page, the topmost last. */
  #open: (() => void)[] = [];
  /** The place that the entry stands over; `null`: none is under us. */
  #over: string | null = null;

  /** Asks whether to leave what was typed; the program says how. */
  ask: () => Promise<boolean> = () => Promise.resolve(true);

  constructor() {
    addEventListener('popstate', (event) => this.#went(isOver(event.state)));
  }

  /** Something stands over the page now; `close` is what the way back does. Answers its end. */
  stands(close: () => void): () => void {
    const one = () => close();
    this.#open.push(one);
    this.#push();
    return () => {
      this.#open = this.#open.filter((other) => other !== one);
    };
  }

  #push(): void {
    if (!isOver(history.state)) history.pushState({ over: true }, '');
    this.#over = location.hash;
  }

  #went(over: boolean): void {
    const was = this.#over;
    this.#over = over ? location.hash : null;
    // A link leads elsewhere; the way back from over a place leads to that place.
    if (over || was === null || was !== location.hash) return;
    const top = this.#open.at(-1);
    if (!top) return history.back();
    top();
    // What asks first is still there, and what stood below it.
    queueMicrotask(() => this.#open.length > 0 && this.#push());
  }
}

function isOver(state: unknown): boolean {
  return (state as { over?: boolean } | null)?.over === true;
}

export const back = new Back();

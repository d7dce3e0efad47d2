/**
 * Runs something soon, once for many wishes, never later than `atMost` after the first, never
 * twice at once, and with at least `apart` between two starts.
 */
export class Soon {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #first = 0;
  #started = -Infinity;
  #running = false;
  #wished = false;
  #failed = false;

  constructor(
    private readonly act: () => Promise<unknown>,
    private readonly wait: number,
    private readonly atMost: number,
    private readonly apart = 0,
  ) {}

  run(): void {
    if (this.#running) {
      this.#wished = true;
      return;
    }
    const at = performance.now();
    if (this.#timer) clearTimeout(this.#timer);
    else this.#first = at;
    const due = Math.max(
      Math.min(at + this.wait, this.#first + this.atMost),
      this.#started + this.apart,
    );
    this.#timer = setTimeout(() => void this.#go(), Math.max(0, due - at));
  }

  /** The line is back: what failed is done again. */
  again(): void {
    if (this.#failed) this.run();
  }

  async #go(): Promise<void> {
    this.#timer = null;
    this.#started = performance.now();
    this.#running = true;
    try {
      await this.act();
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    this.#running = false;
    if (!this.#wished) return;
    this.#wished = false;
    this.run();
  }
}

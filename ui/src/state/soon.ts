/** Runs something soon, once for many wishes, and never later than `atMost` after the first. */
export class Soon {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #first = 0;

  constructor(
    private readonly act: () => Promise<unknown>,
    private readonly wait: number,
    private readonly atMost: number,
  ) {}

  run(): void {
    const at = performance.now();
    if (this.#timer) clearTimeout(this.#timer);
    else this.#first = at;
    const delay = Math.max(0, Math.min(this.wait, this.#first + this.atMost - at));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // What failed here is asked for again with the next event or the next hello.
      this.act().catch(() => undefined);
    }, delay);
  }
}

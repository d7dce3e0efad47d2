/** A clock for words like "6m": it ticks every 15 seconds. Logic gets the time as a parameter. */
class Now {
  at = $state(Date.now());

  constructor() {
    setInterval(() => (this.at = Date.now()), 15_000);
  }
}

export const now = new Now();

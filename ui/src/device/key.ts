/** Client keys: the same key again is the same message, session or call. */

/**
 * A fresh one, in the shape of a UUID. `crypto.randomUUID` is missing on pages that came over plain
 * HTTP in the office; the random numbers are not.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * One key for as long as what it stands for is the same: what was sent and not answered is asked
 * again under it, and happens once.
 */
export class SameKey {
  #about = '';
  #key = '';

  for(...about: readonly string[]): string {
    const now = JSON.stringify(about);
    if (now !== this.#about || !this.#key) [this.#about, this.#key] = [now, newKey()];
    return this.#key;
  }

  /** It happened: the same once more is another one. */
  spent(): void {
    this.#key = '';
  }
}

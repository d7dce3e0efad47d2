/**
 * Fetches what a time without a line would lack: the newest messages of the listed sessions, one
 * after another while it is quiet, and whether what lies here may still be seen.
 */
import * as api from '../api/calls';
import { isMissing } from './problem';
import { kept } from './kept.svelte';
import { sessions } from './sessions.svelte';
import { lacking, MESSAGES } from './surplus';

/** Milliseconds after the line is there, and between two questions. */
const QUIET = 3_000;
const PACE = 120;

export class Filling {
  #run = 0;

  constructor(private readonly may: () => boolean) {}

  /** The line is there: begins, in the place of a round that may still go on. */
  begin(): void {
    const run = ++this.#run;
    setTimeout(() => void this.#fill(run).catch(() => undefined), QUIET);
  }

  /** Whether this round goes on, after a pause. */
  async #goesOn(run: number): Promise<boolean> {
    await new Promise((done) => setTimeout(done, PACE));
    return run === this.#run && kept.on && this.may();
  }

  async #fill(run: number): Promise<void> {
    if (!kept.on) return;
    await kept.flush();
    const copies = await kept.copied();
    const listed = new Map(sessions.list.map((one) => [one.id, one]));
    for (const id of copies.keys()) {
      if (sessions.known.has(id)) continue;
      if (!(await this.#goesOn(run))) return;
      const session = await sessions.fetch(id);
      if (session) listed.set(id, session);
    }
    for (const id of lacking([...listed.values()], copies)) {
      if (!(await this.#goesOn(run))) return;
      try {
        kept.messages(id, (await api.messages.list(id, { limit: MESSAGES })).messages);
      } catch (error) {
        if (!isMissing(error)) return;
        await kept.forget(id);
      }
    }
  }
}

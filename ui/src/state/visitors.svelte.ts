/** Where the visitors of websites are, and who of them writes: told by the line, kept nowhere. */
import { SvelteMap } from 'svelte/reactivity';
import type { VisitorNews as Visit } from './types';

class Visitors {
  #visits = new SvelteMap<string, Visit>();
  /** Whether the line stands: who is not told of then has left. */
  #told = $state(false);

  /** `undefined`: nobody can know now. */
  of(session: string): Visit | undefined {
    const known = this.#visits.get(session);
    if (known || !this.#told) return known;
    return { session_id: session, state: 'left', writing: false, page: null };
  }

  /** Whether they write at this moment. */
  writes(session: string): boolean {
    return this.#visits.get(session)?.writing ?? false;
  }

  take(visit: Visit): void {
    this.#visits.set(visit.session_id, visit);
  }

  /** All who are there: whoever is not among them has left. */
  takeAll(visits: readonly Visit[]): void {
    this.#visits.clear();
    for (const visit of visits) this.take(visit);
    this.#told = true;
  }

  /** The line does not stand: nothing is known. */
  forget(): void {
    this.#visits.clear();
    this.#told = false;
  }
}

export const visitors = new Visitors();

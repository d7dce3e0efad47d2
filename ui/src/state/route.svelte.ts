/** Where we are: `#/inbox/recent/<session>`, `#/settings/channels/<id>`. Guards unsaved work. */

export interface Place {
  parts: string[];
  query: URLSearchParams;
}

export function parse(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: new URLSearchParams(query),
  };
}

export function address(parts: string[], query: Record<string, string | null> = {}): string {
  const path = parts.map(encodeURIComponent).join('/');
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const search = new URLSearchParams(pairs).toString();
  return `#/${path}${search ? `?${search}` : ''}`;
}

class Route {
  #hash = location.hash;
  #place = $state.raw(parse(location.hash));
  /** Set while something is not saved; `ask` decides whether to leave. */
  guard: { dirty: () => boolean; ask: () => Promise<boolean> } | null = null;

  constructor() {
    addEventListener('hashchange', () => void this.#changed());
    addEventListener('beforeunload', (event) => {
      if (this.guard?.dirty()) event.preventDefault();
    });
  }

  get parts(): string[] {
    return this.#place.parts;
  }

  get section(): string {
    return this.#place.parts[0] ?? 'inbox';
  }

  /** Everything after the `?`. */
  get all(): URLSearchParams {
    return this.#place.query;
  }

  query(name: string): string | null {
    return this.#place.query.get(name);
  }

  go(parts: string[], query: Record<string, string | null> = {}): void {
    location.hash = address(parts, query);
  }

  replace(parts: string[], query: Record<string, string | null> = {}): void {
    history.replaceState(history.state, '', address(parts, query));
    this.#take();
  }

  /** What a reload or the way back opens, while the page that is shown stays as it is. */
  remember(parts: string[], query: Record<string, string | null> = {}): void {
    history.replaceState(history.state, '', address(parts, query));
    this.#hash = location.hash;
  }

  async #changed(): Promise<void> {
    if (location.hash === this.#hash) return;
    if (this.guard?.dirty()) {
      const wanted = location.hash;
      history.replaceState(history.state, '', this.#hash);
      if (!(await this.guard.ask())) return;
      this.guard = null;
      history.replaceState(history.state, '', wanted);
    }
    this.#take();
  }

  #take(): void {
    this.#hash = location.hash;
    this.#place = parse(location.hash);
  }
}

export const route = new Route();

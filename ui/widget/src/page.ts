/**
 * What the widget takes from the page's browser. Taken once, when the loader runs: what the page
 * replaces afterwards does not reach us, and the pieces that come later get the same.
 */
export interface Page {
  Socket: typeof WebSocket;
  fetch: typeof fetch;
  later: (run: () => void, milliseconds: number) => number;
  never: (timer: number | undefined) => void;
  parse: (text: string) => unknown;
  write: (value: unknown) => string;
  random: (length: number) => Uint8Array;
  /** Ends all listening; the page goes as the options where listeners are added. */
  signal?: AbortSignal;
}

export const takePage = (): Page => {
  const { crypto } = window;
  return {
    Socket: WebSocket,
    fetch: fetch.bind(window),
    later: setTimeout.bind(window) as Page['later'],
    never: clearTimeout.bind(window),
    parse: JSON.parse,
    write: JSON.stringify,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
};

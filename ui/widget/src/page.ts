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

/**
 * JSON, without the page's say: old libraries give every array and object a `toJSON` of their own,
 * and a list in quotation marks is not what the desk reads.
 */
export const writer =
  (quote: (value: unknown) => string | undefined) =>
  (value: unknown): string => {
    const write = (one: unknown): string =>
      Array.isArray(one)
        ? `[${one.map(write)}]`
        : one && typeof one === 'object'
          ? `{${Object.entries(one)
              .filter(([, part]) => part !== undefined)
              .map(([name, part]) => `${quote(name)}:${write(part)}`)}}`
          : (quote(one) ?? 'null');
    return write(value);
  };

export const takePage = (): Page => {
  const { crypto } = window;
  return {
    Socket: WebSocket,
    fetch: fetch.bind(window),
    later: setTimeout.bind(window) as Page['later'],
    never: clearTimeout.bind(window),
    parse: JSON.parse,
    write: writer(JSON.stringify),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
};

/**
 * The line to the desk: one WebSocket that comes back by itself. Knows frames, but not what they
 * mean; what is to survive a broken line is kept by `chat.ts`.
 */
import type { ToDesk, ToVisitor } from './frames';
import type { Page } from './page';

/** The desk sends a beat every 25 s: after this silence the line is dead. */
const SILENCE = 60_000;
const FIRST = 1_000;
const LONGEST = 60_000;

export interface Line {
  /** Says it if the line is up. */
  send(frame: ToDesk): unknown;
  /** Tries now rather than later; a closed one is open again. */
  hurry(): void;
  close(): void;
}

/** How long until try `n` (from 0), before chance is added. Pure. */
export const pause = (n: number): number => Math.min(FIRST * 2 ** n, LONGEST);

export const line = (
  at: Page,
  address: string,
  hello: () => ToDesk,
  hear: (frame: ToVisitor) => void,
  up: (isUp: boolean) => void,
): Line => {
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let silence: number | undefined;
  let heard = 0;
  let tries = 0;
  let isUp = false;
  let closed = false;

  const drop = () => {
    const old = socket;
    socket = undefined;
    at.never(silence);
    if (old) {
      old.onopen = old.onclose = old.onmessage = null;
      old.close();
    }
    isUp = false;
  };
  const again = () => {
    drop();
    up(false);
    at.never(timer);
    if (!closed) timer = at.later(open, pause(tries++) * (0.5 + Math.random() / 2));
  };
  const listen = () => {
    heard = Date.now();
    at.never(silence);
    silence = at.later(again, SILENCE);
  };
  const say = (frame: ToDesk) => socket?.send(at.write(frame));
  const open = () => {
    drop();
    at.never(timer);
    try {
      socket = new at.Socket(address);
    } catch {
      // A policy of the page that forbids it.
      return again();
    }
    // A try that gets no answer ends like a silent line.
    listen();
    socket.onopen = () => say(hello());
    socket.onclose = again;
    socket.onmessage = ({ data }) => {
      listen();
      let frame: ToVisitor;
      try {
        frame = at.parse(data as string) as ToVisitor;
      } catch {
        return;
      }
      if (frame.t === 'welcome') {
        isUp = true;
        tries = 0;
        hear(frame);
        up(true);
      } else if (frame.t === 'bye') {
        // Whoever is sent away does not stand at the door again at once.
        tries = Math.max(tries, 4);
      } else hear(frame);
    };
  };
  open();
  return {
    send: (frame) => isUp && say(frame),
    hurry: () => {
      // One that is up, or on its way, is left to it.
      if (socket && socket.readyState < 2 && Date.now() - heard < SILENCE) return;
      closed = false;
      tries = 0;
      open();
    },
    close: () => {
      closed = true;
      again();
    },
  };
};

/**
 * Where the person in front of this page is: looking at it, behind another window, or gone. Tells
 * the desk, so that their phone is silent while they are here.
 */
import type { Whereabouts } from './alert-rules';
import type { Attention } from './types';

/** Without a touch for this long nobody is there. */
const IDLE = 5 * 60_000;
const LOOK = 10_000;
/** Touches are noted this often at most. */
const NOTE = 1_000;

class AttentionState {
  #touched = Date.now();
  #told = '';
  #session: string | null = null;
  #tell: (attention: Attention) => void = () => {};

  /** Call once: follows focus, sight and touch, and tells what changed. */
  follow(tell: (attention: Attention) => void): void {
    this.#tell = tell;
    for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const) {
      addEventListener(kind, () => this.#touch(), { passive: true, capture: true });
    }
    for (const kind of ['focus', 'blur'] as const) addEventListener(kind, () => this.#touch(true));
    document.addEventListener('visibilitychange', () => this.look());
    setInterval(() => this.look(), LOOK);
    this.look();
  }

  /** The session on the screen. */
  at(session: string | null): void {
    this.#session = session;
    this.look();
  }

  get idle(): boolean {
    return Date.now() - this.#touched >= IDLE;
  }

  whereabouts(session: string | null): Whereabouts {
    if (this.idle) return 'away';
    if (!document.hasFocus()) return 'unfocused';
    return session !== null && session === this.#session ? 'looking' : 'elsewhere';
  }

  #touch(always = false): void {
    const now = Date.now();
    const wasIdle = this.idle;
    if (!always && !wasIdle && now - this.#touched < NOTE) return;
    this.#touched = now;
    if (always || wasIdle) this.look();
  }

  /** Tells the desk if something is otherwise than before. */
  look(): void {
    const attention = {
      focused: document.hasFocus(),
      visible: document.visibilityState === 'visible',
      idle: this.idle,
      session_id: this.#session,
    };
    const now = JSON.stringify(attention);
    if (now === this.#told) return;
    this.#told = now;
    this.#tell(attention);
  }
}

export const attention = new AttentionState();

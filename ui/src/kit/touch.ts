/**
 * Fingers on an element, as attachments: pulled sideways, or held. Mice keep their own ways. Where
 * this is used `touch-action: pan-y` leaves scrolling to the browser, so nothing here blocks it.
 */
import type { Attachment } from 'svelte/attachments';
import { lean, LONG } from './gestures';

export interface Pull {
  /** Whether it may be pulled, asked when the finger comes down. */
  may?: (event: PointerEvent) => boolean;
  /** How far, along the reading direction. */
  move: (along: number) => void;
  end: (along: number, milliseconds: number) => void;
  /** The browser took the finger over. */
  cancel: () => void;
}

/** What follows a gesture is not a tap. */
function noTap(node: HTMLElement): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  node.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => node.removeEventListener('click', swallow, { capture: true }), 350);
}

/** Whether the finger is on something with ways of its own: a field, a selection, a sideways scroller. */
export function busy(event: PointerEvent, within: HTMLElement): boolean {
  if (!(event.target instanceof Element)) return true;
  if (event.target.closest('input, textarea, select, dialog, audio, video')) return true;
  if (getSelection()?.isCollapsed === false) return true;
  for (let one: Element | null = event.target; one && one !== within; one = one.parentElement) {
    const scrolls = one.scrollWidth > one.clientWidth + 1;
    if (scrolls && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
  }
  return false;
}

export function pulled(given: () => Pull): Attachment<HTMLElement> {
  return (node) => {
    let from: { id: number; x: number; y: number; at: number; sign: number } | null = null;
    let sideways = false;

    function down(event: PointerEvent): void {
      if (event.pointerType === 'mouse' || !event.isPrimary || given().may?.(event) === false)
        return;
      const sign = getComputedStyle(node).direction === 'rtl' ? -1 : 1;
      from = { id: event.pointerId, x: event.clientX, y: event.clientY, at: event.timeStamp, sign };
      sideways = false;
    }

    function moved(event: PointerEvent): void {
      if (event.pointerId !== from?.id) return;
      const across = event.clientX - from.x;
      if (!sideways) {
        const way = lean(across, event.clientY - from.y);
        if (way === 'elsewhere') from = null;
        if (way !== 'sideways') return;
        sideways = true;
        node.setPointerCapture(event.pointerId);
      }
      given().move(across * (from?.sign ?? 1));
    }

    function up(event: PointerEvent): void {
      if (event.pointerId !== from?.id) return;
      const { x, at, sign } = from;
      from = null;
      if (!sideways) return;
      noTap(node);
      given().end((event.clientX - x) * sign, event.timeStamp - at);
    }

    function cancelled(event: PointerEvent): void {
      if (event.pointerId !== from?.id) return;
      from = null;
      if (sideways) given().cancel();
    }

    const heard = {
      pointerdown: down,
      pointermove: moved,
      pointerup: up,
      pointercancel: cancelled,
    };
    const kinds = Object.keys(heard) as (keyof typeof heard)[];
    for (const kind of kinds) node.addEventListener(kind, heard[kind], { passive: true });
    return () => {
      for (const kind of kinds) node.removeEventListener(kind, heard[kind]);
    };
  };
}

/** A finger that rests; where the browser has a menu of its own for that, ours takes its place. */
export function held(run: (event: PointerEvent) => void): Attachment<HTMLElement> {
  return (node) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let done = false;

    function stop(): void {
      clearTimeout(timer);
    }

    function up(): void {
      stop();
      if (done) noTap(node);
      done = false;
    }

    function down(event: PointerEvent): void {
      stop();
      if (event.pointerType === 'mouse' || !event.isPrimary) return;
      from = { x: event.clientX, y: event.clientY };
      done = false;
      timer = setTimeout(() => {
        done = true;
        run(event);
      }, LONG);
    }

    function moved(event: PointerEvent): void {
      if (lean(event.clientX - from.x, event.clientY - from.y) !== 'undecided') stop();
    }

    node.addEventListener('pointerdown', down, { passive: true });
    node.addEventListener('pointermove', moved, { passive: true });
    node.addEventListener('pointerup', up, { passive: true });
    node.addEventListener('pointercancel', stop, { passive: true });
    return () => {
      stop();
      node.removeEventListener('pointerdown', down);
      node.removeEventListener('pointermove', moved);
      node.removeEventListener('pointerup', up);
      node.removeEventListener('pointercancel', stop);
    };
  };
}

/** Pure: what a finger on the screen means. Distances in pixels, along the direction that counts. */

/** A finger that has not moved this far has not decided yet. */
const SLACK = 10;
/** How long it rests for a long press. */
export const LONG = 500;

export type Lean = 'undecided' | 'sideways' | 'elsewhere';

/** Sideways, or none of our business: scrolling always wins a tie. */
export function lean(across: number, down: number): Lean {
  if (Math.hypot(across, down) < SLACK) return 'undecided';
  return Math.abs(across) > Math.abs(down) * 1.5 ? 'sideways' : 'elsewhere';
}

export type Rest = 'shut' | 'open' | 'done';

/** Where a row comes to rest: shut again, open to its buttons, or done at once. */
export function rest(along: number, buttons: number, width: number): Rest {
  if (along > width * 0.6) return 'done';
  return along > buttons / 2 ? 'open' : 'shut';
}

/** Whether a swipe leads back: a third of the screen, or a short quick one. */
export function leadsBack(along: number, milliseconds: number, width: number): boolean {
  if (along > width / 3) return true;
  return along > 48 && along / Math.max(milliseconds, 1) > 0.5;
}

/** How far a pulled thing follows: freely one way, hardly the other. */
export function follows(along: number, most: number): number {
  if (along < 0) return along / 8;
  return Math.min(along, most);
}

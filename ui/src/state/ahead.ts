/**
 * The threads beside the one on the screen are asked for while nothing else is to do, so that the
 * next one is there at once. Only those of one's own: a supervisor's look is recorded where content
 * leaves the desk, and nobody has looked yet. Nothing is marked as read.
 */
import { sessions } from './sessions.svelte';
import { threads } from './threads.svelte';
import type { Session } from './types';

/** Rows before and after. */
const REACH = 2;
/** Milliseconds of rest before anything is asked for. */
const REST = 600;

/** Pure: the sessions beside one in its list that may be asked for, the nearest first. */
export function beside(list: readonly Session[], id: string): string[] {
  const at = list.findIndex((session) => session.id === id);
  if (at < 0) return [];
  const steps = Array.from({ length: REACH }, (_, step) => [step + 1, -step - 1]).flat();
  return steps
    .flatMap((step) => list[at + step] ?? [])
    .filter((session) => session.permits.answer)
    .map((session) => session.id);
}

/** Call in an effect when a thread stands; ends with it. */
export function fetchBeside(id: string): () => void {
  let over = false;
  const timer = setTimeout(async () => {
    for (const one of beside(sessions.list, id)) {
      if (over) return;
      await threads.ahead(one);
    }
  }, REST);
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

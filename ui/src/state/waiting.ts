/**
 * Messages that have not reached the desk, as they lie in this browser: each under a key of its own,
 * so that two windows do not write over each other, and under the name of who wrote it, so that
 * nobody sends what another left behind.
 */
import { connection } from '../api/client';
import type { Pending } from './outbox.svelte';
import { whose } from './whose';

const PREFIX = 'deskbell.outbox.';
/** One list for everybody: where they lay before. */
const OLD = 'deskbell.outbox';

function place(client_key: string): string {
  return PREFIX + whose() + client_key;
}

export function keep(item: Pending): void {
  connection.store.setItem(place(item.client_key), JSON.stringify(item));
}

/** Whether it lies here still; another window may have taken it back. */
export function lies(client_key: string): boolean {
  return connection.store.getItem(place(client_key)) !== null;
}

/** Says whether it was there: of two windows one hears so. */
export function forget(client_key: string): boolean {
  const there = lies(client_key);
  connection.store.removeItem(place(client_key));
  return there;
}

function read(text: string | null): Pending | null {
  try {
    return JSON.parse(text ?? 'null') as Pending | null;
  } catch {
    return null;
  }
}

/** All of the one who is signed in, the oldest first. */
export function all(): Pending[] {
  if (!whose()) return [];
  const mine = PREFIX + whose();
  return Object.keys(connection.store)
    .filter((key) => key.startsWith(mine))
    .flatMap((key) => read(connection.store.getItem(key)) ?? [])
    .sort((one, other) => one.at - other.at);
}

/** What the page kept before it knew whose things are becomes the one's who was signed in. */
export function adopt(): void {
  try {
    const list = JSON.parse(connection.store.getItem(OLD) ?? '[]') as Pending[];
    for (const item of list) keep(item);
  } catch {
    // Nothing that could be read.
  }
  connection.store.removeItem(OLD);
}

/** Calls when another window added, changed or took back something. */
export function follow(changed: () => void): void {
  globalThis.addEventListener('storage', (event) => {
    if (event.key === null || event.key.startsWith(PREFIX)) changed();
  });
}

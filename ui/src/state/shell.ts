/** The pages themselves: kept by the worker where there is one, and noticed when they are older. */
import { connection } from '../api/client';
import { onDesktop } from '../api/desktop';
import { drafts } from './drafts.svelte';

/** From now on the pages open without a line; not in the window, nor on somebody else's device. */
export async function keepPages(): Promise<void> {
  if (onDesktop || connection.passing || !globalThis.isSecureContext) return;
  try {
    await navigator.serviceWorker?.register('./sw.js', { updateViaCache: 'none' });
  } catch {
    // Without it they open only while the line stands.
  }
}

/** Pure: the script that a page begins with. */
export function entryOf(page: string): string | null {
  return /<script[^>]+src="([^"]+)"/.exec(page)?.[1] ?? null;
}

/** Whether the desk has other pages by now than the ones that are open. */
export async function renewed(): Promise<boolean> {
  try {
    const answer = await fetch('./index.html', { cache: 'no-store' });
    const there = answer.ok ? entryOf(await answer.text()) : null;
    const here = document.querySelector('script[type="module"][src]')?.getAttribute('src');
    return there !== null && there !== here;
  } catch {
    return false;
  }
}

/** Opens the newer pages; what was begun is in the drafts. */
export function reopen(): void {
  drafts.saveAll();
  location.reload();
}

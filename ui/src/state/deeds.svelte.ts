/**
 * What the buttons of notifications do. A button is a click of the person; an address alone is
 * not: what a link asks for is done only after they said so here.
 */
import { t } from '../i18n';
import { CACHE, DEED, isDeed, type Deed } from '../sw/words';
import { acts } from './acts.svelte';
import { me } from './me.svelte';
import { outbox } from './outbox.svelte';
import { panels } from './panels.svelte';
import { route } from './route.svelte';
import { sessions } from './sessions.svelte';
import { threads } from './threads.svelte';
import { toasts } from './toasts.svelte';
import type { Session } from './types';

const SNOOZE = 20 * 60_000;

class Deeds {
  /** What an address asks for, until the person said yes or no. */
  asked = $state.raw<{ session: Session; deed: Deed } | null>(null);

  /** Somebody pressed a button. */
  async press(session: string, deed: Deed): Promise<void> {
    if (deed === 'snooze') {
      await sessions.fetch(session);
      await acts.snooze([session], Date.now() + SNOOZE);
      return;
    }
    route.go(['inbox', sessions.query.folder, session]);
    if (deed === 'reply') panels.compose('reply');
    else await acts.does(deed, [session]);
  }

  /** Somebody wrote an answer into the notification itself. */
  async answer(session: string, text: string): Promise<void> {
    const words = text.trim();
    const known = await sessions.fetch(session);
    if (!words || !known) return;
    // What came meanwhile was not on the screen: the core holds the answer back if a colleague's
    // is among it.
    const seen = threads.get(session)?.messages.at(-1)?.seq;
    outbox.add(
      session,
      words,
      [],
      false,
      Date.now(),
      seen === undefined ? {} : { after_seq: seen },
    );
  }

  /** An address asks for something. What the worker of notifications wrote is a click already. */
  async fromAddress(session: string, deed: Deed, key: string): Promise<void> {
    // To write is not to act: nothing leaves before it is sent.
    const free = deed === 'reply' || (await isOurs(session, deed, key));
    if (free) return this.press(session, deed);
    const known = await sessions.fetch(session);
    if (known) this.asked = { session: known, deed };
  }

  async yes(): Promise<void> {
    const asked = this.asked;
    this.asked = null;
    if (asked) await this.press(asked.session.id, asked.deed);
  }

  no(): void {
    this.asked = null;
  }

  /** Follows the address. Call once, in an effect root. */
  follow(): void {
    $effect(() => {
      const deed = route.query('do');
      // In other sections the same word is about something else.
      if (!me.signedIn || deed === null || route.section !== 'inbox') return;
      const [session, key] = [route.parts[2], route.query('key') ?? ''];
      route.replace(route.parts);
      if (session && isDeed(deed)) {
        void this.fromAddress(session, deed, key).catch(() => toasts.bad(t('deed.failed')));
      }
    });
  }
}

/** Whether the worker left this under the key in the address; each is good once. */
async function isOurs(session: string, deed: Deed, key: string): Promise<boolean> {
  if (!key || !('caches' in globalThis)) return false;
  const cache = await caches.open(CACHE);
  const left = await cache.match(DEED);
  if (!left) return false;
  await cache.delete(DEED);
  const { key: known, session: of, deed: what } = (await left.json()) as Record<string, unknown>;
  return known === key && of === session && what === deed;
}

export const deeds = new Deeds();

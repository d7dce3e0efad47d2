/** Where people say they are: choosing it, until when, and telling that somebody is still there. */
import * as api from '../api/hours';
import { t } from '../i18n';
import { moment } from '../i18n/time';
import { me } from './me.svelte';
import { people } from './nouns.svelte';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Person, Presence } from './types';

export const PRESENCES = [
  'available',
  'away',
  'business_trip',
  'do_not_disturb',
  'lunch_break',
  'off_work',
] as const satisfies readonly Presence[];

/** How long a presence holds: always, some minutes, until the day ends, or a time of day. */
export type Lasting = 'open' | '30' | '60' | '120' | 'day' | 'at';
export const LASTINGS: Lasting[] = ['open', '30', '60', '120', 'day', 'at'];
/** Minutes without a touch after which somebody is away; 0: never. */
export const WAITS = [0, 5, 10, 15, 30, 60];

const MINUTE = 60_000;
/** Touches within this time are told once. */
const TOUCH = 30_000;

/** When a presence that begins at `now` ends; `null`: it does not. `clock` is `14:00`. */
export function endOf(lasting: Lasting, clock: string, now: number): number | null {
  if (lasting === 'open') return null;
  if (lasting === 'day') return new Date(now).setHours(24, 0, 0, 0);
  if (lasting !== 'at') return now + Number(lasting) * MINUTE;
  const [hours = '', minutes = ''] = clock.split(':');
  if (!hours || !minutes) return null;
  const today = new Date(now).setHours(Number(hours), Number(minutes), 0, 0);
  if (today > now) return today;
  // A time that is over today is meant for tomorrow.
  const tomorrow = new Date(today);
  return tomorrow.setDate(tomorrow.getDate() + 1);
}

/** "Lunch break", "Lunch break until 14:00", "Away since 11:20". */
export function spoken(
  person: Pick<Person, 'presence' | 'presence_until' | 'presence_since'>,
  now: number,
): string {
  const presence = t(`presence.${person.presence}`);
  if (person.presence_until != null) {
    return t('presence.until', { presence, time: moment(person.presence_until, now) });
  }
  if (person.presence === 'away' && person.presence_since != null) {
    return t('presence.since', { presence, time: moment(person.presence_since, now) });
  }
  return presence;
}

class Presences {
  #told = 0;

  /** A supervisor sets where a colleague is. */
  async setOf(person: Person, presence: Presence): Promise<void> {
    try {
      await api.presence.setOf(person.id, presence, null);
      await people.load();
    } catch (error) {
      toasts.bad(t('presence.not_set', { name: person.name }), sentence(error));
    }
  }

  /** Tells the core that somebody is there, if it wants to know. Call in an effect. */
  watch(): () => void {
    const touched = () => void this.#touched();
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const) {
      addEventListener(kind, touched, { passive: true, capture: true });
    }
    return () => {
      for (const kind of ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const) {
        removeEventListener(kind, touched, { capture: true });
      }
    };
  }

  async #touched(): Promise<void> {
    if (!me.signedIn || (me.awayAfter === 0 && !me.presenceIdle)) return;
    const now = Date.now();
    // Whoever was away by themselves is back at once.
    if (now - this.#told < (me.presenceIdle ? 2_000 : TOUCH)) return;
    this.#told = now;
    try {
      await api.presence.activity();
    } catch {
      // The next touch tells it again.
      this.#told = 0;
    }
  }
}

export const presences = new Presences();

/**
 * What an open page does when something happens: one pure function. The core decides by the same
 * rules whether a phone is told.
 */
import type { AlertKind, AlertRow, Alerts, Moment, Presence, QuietHours, Sound } from './types';

export const KINDS = [
  'unowned',
  'mine',
  'transfer',
  'asked',
  'mention',
  'snooze',
  'failed',
  'channel_down',
] as const satisfies readonly AlertKind[];
export const MOMENTS = ['elsewhere', 'unfocused', 'away'] as const satisfies readonly Moment[];
export const WAYS = ['toast', 'system', 'ring', 'push'] as const;
export type Way = (typeof WAYS)[number];
export const SOUNDS = [
  'bell',
  'chime',
  'marimba',
  'knock',
  'ping',
  'tick',
  'own',
] as const satisfies readonly Sound[];

/** Where the person is, seen from what happened. */
export type Whereabouts = 'looking' | Moment;

export interface Circumstances {
  kind: AlertKind;
  whereabouts: Whereabouts;
  presence: Presence;
  /** The queue in which it waits. */
  queue: string | null;
  muted: boolean;
  now: number;
  /** The two switches for everything. */
  sounds: boolean;
  notifications: boolean;
}

export interface Deed {
  toast: boolean;
  system: boolean;
  ring: Sound | null;
  /** In front of Deskbell a quiet one is enough. */
  soft: boolean;
  flash: boolean;
}

/** Before the desk has said what is wanted, nothing rings. */
export const UNKNOWN: Alerts = {
  rows: [],
  repeat: false,
  private: true,
  flash: false,
  badge: 'mine_and_unowned',
  quiet_presence: [],
  quiet_hours: null,
  queues: [],
};

const NOTHING: Deed = { toast: false, system: false, ring: null, soft: false, flash: false };

export function decide(alerts: Alerts, at: Circumstances): Deed {
  const { kind, whereabouts } = at;
  if (whereabouts === 'looking' || at.muted) return NOTHING;
  const waits = kind === 'unowned';
  // Who is not there cannot pick anything up.
  if (waits && at.presence !== 'available') return NOTHING;
  if (isQuiet(alerts, at.presence, at.now)) return NOTHING;
  const level = waits ? levelOf(alerts, at.queue) : null;
  if (level === 'off') return NOTHING;
  const row = rowOf(alerts, kind);
  const rings = at.sounds && level === null && row.ring.includes(whereabouts);
  return {
    toast: row.toast.includes(whereabouts),
    system: at.notifications && row.system.includes(whereabouts),
    ring: rings ? row.sound : null,
    soft: whereabouts === 'elsewhere',
    // Who cannot hear it sees it.
    flash: alerts.flash && level === null && row.ring.includes(whereabouts),
  };
}

/** The bell rings again this often for those who wait, and for this long. */
export const AGAIN = 30_000;
/** How often it is looked whether that time has come. */
export const TICK = 5_000;
export const LONGEST = 10 * 60_000;

/** A queue, and since when the newest of those who wait in it does. */
export interface Waiting {
  queue_id: string;
  newest: number;
}

/**
 * What happens again while somebody waits. Each queue counts for itself, so that one session that
 * was forgotten silences the bell for nobody else; who came a moment ago has just been heard.
 * `rung` remembers when the bell last rang again for each queue.
 */
export function decideAgain(
  alerts: Alerts,
  waiting: readonly Waiting[],
  at: Omit<Circumstances, 'kind' | 'queue' | 'muted'>,
  rung: Map<string, number>,
): Deed {
  let again = NOTHING;
  for (const { queue_id, newest } of waiting) {
    if (at.now - newest > LONGEST) continue;
    if (at.now - Math.max(newest, rung.get(queue_id) ?? 0) < AGAIN) continue;
    const deed = decide(alerts, { ...at, kind: 'unowned', queue: queue_id, muted: false });
    if (!deed.ring && !deed.flash) continue;
    // Of two that are due together one is heard for both.
    rung.set(queue_id, at.now);
    if (again === NOTHING) again = { ...deed, toast: false, system: false };
  }
  return again;
}

/** Whether what was told of a session holds no more, now that this is who has it. */
export function settled(kind: string, owner: string | null, me: string): boolean {
  if (kind === 'unowned') return owner !== null;
  return ['mine', 'transfer', 'snooze'].includes(kind) && owner !== null && owner !== me;
}

export function rowOf(alerts: Alerts, kind: AlertKind): AlertRow {
  const found = alerts.rows.find((row) => row.kind === kind);
  return found ?? { kind, sound: 'chime', toast: [], system: [], ring: [], push: [] };
}

function levelOf(alerts: Alerts, queue: string | null): 'silent' | 'off' | null {
  return alerts.queues.find((rule) => rule.queue_id === queue)?.level ?? null;
}

/** Whether nothing may disturb now. */
export function isQuiet(alerts: Alerts, presence: Presence, now: number): boolean {
  if (alerts.quiet_presence.includes(presence)) return true;
  return alerts.quiet_hours ? covers(alerts.quiet_hours, now) : false;
}

/** Hours that go past midnight belong to the day on which they begin. */
export function covers(hours: QuietHours, now: number): boolean {
  const local = localTime(hours.zone, now);
  if (!local) return false;
  const { day, minute } = local;
  const yesterday = day === 1 ? 7 : day - 1;
  if (hours.from < hours.until) {
    return hours.days.includes(day) && minute >= hours.from && minute < hours.until;
  }
  const begun = hours.days.includes(day) && minute >= hours.from;
  return begun || (hours.days.includes(yesterday) && minute < hours.until);
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Day of the week (1: Monday) and minute of the day at a place. */
function localTime(zone: string, now: number): { day: number; minute: number } | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const part = Object.fromEntries(format.formatToParts(now).map((one) => [one.type, one.value]));
    const day = DAYS.indexOf(part.weekday ?? '') + 1;
    return { day, minute: Number(part.hour) * 60 + Number(part.minute) };
  } catch {
    // A zone that this browser does not know: nothing is quiet.
    return null;
  }
}

/** `22:30` as a minute of the day; `null`: it is no time. */
export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

export function timeOf(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A moment taken out of a list, or put in, in the order of the page. */
export function toggled(moments: readonly Moment[], moment: Moment): Moment[] {
  const has = moments.includes(moment);
  return MOMENTS.filter((one) => (one === moment ? !has : moments.includes(one)));
}

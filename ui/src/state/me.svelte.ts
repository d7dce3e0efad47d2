/** Who is signed in, what they may do, and their preferences. */
import * as api from '../api/calls';
import { t } from '../i18n';
import type { Clock } from '../i18n/current.svelte';
import { isLanguage, type Language } from '../i18n/languages';
import { ENTER_KEYS, enterSends, onTouch, type EnterKey } from './enter';
import { readKeymap, type Keymap } from './keymap.svelte';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Device, Me, Presence } from './types';

/** `contrast`: as light or dark as the system is, and stronger. */
export type Theme = 'system' | 'light' | 'dark' | 'contrast';
export type Density = 'comfortable' | 'default' | 'compact';

export interface Preferences {
  theme: Theme;
  density: Density;
  /** `system`: the one of the browser or the computer. */
  language: Language | 'system';
  clock: Clock;
  sound: boolean;
  notifications: boolean;
  /** What Enter does where one writes. */
  enter: EnterKey;
  /** The details column. */
  details: boolean;
  /** The line at the lower edge. */
  status: boolean;
  /** The demo phone beside the inbox. */
  demo: boolean;
  /** Coach marks that were seen or skipped. */
  coached: string[];
  /** What a new office does first, where it was not asked for. */
  checklist: boolean;
  /** Keys that differ from the usual ones. */
  keys: Keymap;
}

const LOOK = 'deskbell.look';

function choice<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(value as T) ? (value as T) : otherwise;
}

/** Preferences are kept by the core as they are; what does not fit falls back. */
export function readPreferences(raw: Record<string, unknown>): Preferences {
  const coached = Array.isArray(raw.coached) ? raw.coached : [];
  return {
    theme: choice(raw.theme, ['system', 'light', 'dark', 'contrast'], 'system'),
    density: choice(raw.density, ['comfortable', 'default', 'compact'], 'default'),
    language: isLanguage(raw.language) ? raw.language : 'system',
    clock: choice(raw.clock, ['language', '12', '24'], 'language'),
    sound: raw.sound !== false,
    notifications: raw.notifications !== false,
    enter: choice(raw.enter, ENTER_KEYS, 'auto'),
    details: raw.details !== false,
    status: raw.status !== false,
    demo: raw.demo === true,
    coached: coached.filter((mark): mark is string => typeof mark === 'string'),
    checklist: raw.checklist !== false,
    keys: readKeymap(raw.keys),
  };
}

class MeState {
  #me = $state.raw<Me | null>(null);
  preferences = $state<Preferences>(readPreferences(storedLook()));
  devices = $state.raw<Device[]>([]);

  get signedIn(): boolean {
    return this.#me !== null;
  }

  /** As the desk says it. */
  get whole(): Me | null {
    return this.#me;
  }

  get id(): string {
    return this.#me?.user.id ?? '';
  }

  get name(): string {
    return this.#me?.user.name ?? '';
  }

  get user() {
    return this.#me?.user ?? null;
  }

  get presence(): Presence {
    return this.#me?.user.presence ?? 'off_work';
  }

  /** Whether I may call customers. */
  get mayCall(): boolean {
    return this.#me?.user.may_call ?? false;
  }

  /** When it becomes available again by itself. */
  get presenceUntil(): number | null {
    return this.#me?.presence_until ?? null;
  }

  /** Who set it, if somebody else did. */
  get presenceBy(): string | null {
    return this.#me?.presence_by ?? null;
  }

  get presenceIdle(): boolean {
    return this.#me?.presence_idle ?? false;
  }

  /** Minutes without a touch after which I am away by myself; 0: never. */
  get awayAfter(): number {
    return this.#me?.away_after ?? 0;
  }

  /** Whether Enter alone sends, here. */
  get enterSends(): boolean {
    return enterSends(this.preferences.enter, onTouch());
  }

  get mayAdminister(): boolean {
    return this.#me?.may_administer ?? false;
  }

  get maySupervise(): boolean {
    return this.#me?.may_supervise ?? false;
  }

  get startable() {
    return this.#me?.startable ?? [];
  }

  get queues(): string[] {
    return this.#me?.user.queues ?? [];
  }

  take(me: Me | null): void {
    this.#me = me;
    if (!me) return;
    this.preferences = readPreferences(me.preferences);
    this.#rememberLook();
  }

  async refresh(): Promise<void> {
    const before = this.#me;
    this.take(await api.me.get());
    const by = this.presenceBy;
    const changed = before?.user.presence !== this.presence || before.presence_by !== by;
    if (!before || !by || !changed) return;
    const presence = t(`presence.${this.presence}`);
    toasts.show({ title: t('presence.set_by', { name: by, presence }) });
  }

  async setPresence(presence: Presence, until: number | null = null): Promise<void> {
    try {
      this.take(await api.me.change({ presence, presence_until: until }));
    } catch (error) {
      toasts.bad(t('me.presence_failed'), sentence(error));
    }
  }

  async setAwayAfter(minutes: number): Promise<void> {
    try {
      this.take(await api.me.change({ away_after: minutes }));
    } catch (error) {
      toasts.bad(t('me.presence_failed'), sentence(error));
    }
  }

  async rename(name: string): Promise<void> {
    this.take(await api.me.change({ name }));
  }

  async changePassword(current: string, next: string): Promise<void> {
    this.take(await api.me.change({ password: { current, new: next } }));
  }

  /** Preferences change at once; the core hears of it afterwards. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    this.preferences = { ...this.preferences, ...change };
    this.#rememberLook();
    if (!this.#me) return;
    // The description calls it an object without names, because the core does not look inside.
    const merged: object = { ...this.#me.preferences, ...this.preferences };
    const preferences = merged as Me['preferences'];
    this.#me = { ...this.#me, preferences };
    try {
      await api.me.change({ preferences });
    } catch {
      // It stays for this window; the next change brings it along.
    }
  }

  coach(mark: string): void {
    if (this.preferences.coached.includes(mark)) return;
    void this.prefer({ coached: [...this.preferences.coached, mark] });
  }

  async loadDevices(): Promise<void> {
    this.devices = await api.me.devices();
  }

  async dropDevice(id: string): Promise<void> {
    await api.me.dropDevice(id);
    await this.loadDevices();
  }

  #rememberLook(): void {
    const { theme, density, language } = this.preferences;
    localStorage.setItem(LOOK, JSON.stringify({ theme, density, language }));
  }
}

function storedLook(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(LOOK) ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

export const me = new MeState();

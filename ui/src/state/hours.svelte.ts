/** Office hours and holidays: what is saved, and the form that changes the hours. */
import * as api from '../api/hours';
import { t } from '../i18n';
import { channels } from './nouns.svelte';
import { sentence } from './problem';
import { Submission } from './submission.svelte';
import { toasts } from './toasts.svelte';
import type {
  ChannelHours,
  Holiday,
  HolidaysRead,
  Hours,
  HoursPreview,
  NewHoliday,
  OfficeHours,
} from './types';
import { undo } from './undo';
import { copied } from './week';

class HoursState {
  value = $state.raw<OfficeHours | null>(null);
  holidays = $state.raw<Holiday[]>([]);
  problem = $state('');

  async load(): Promise<void> {
    try {
      [this.value, this.holidays] = await Promise.all([api.hours.get(), api.holidays.list()]);
      this.problem = '';
    } catch (error) {
      this.problem = sentence(error);
    }
  }

  async save(wish: Hours): Promise<void> {
    this.value = await api.hours.set(wish);
  }

  preview(at: string, channel: string | null): Promise<HoursPreview> {
    return api.hours.preview(at, channel);
  }

  async keep(id: string | null, holiday: NewHoliday): Promise<void> {
    if (id) await api.holidays.change(id, holiday);
    else await api.holidays.add(holiday);
    await this.load();
  }

  /** Deletes a holiday at once, and offers to bring it back. */
  async remove(holiday: Holiday): Promise<void> {
    try {
      await api.holidays.remove(holiday.id);
    } catch (error) {
      toasts.bad(t('hours.holiday_stays'), sentence(error));
      return this.load();
    }
    await this.load();
    const { id: _id, ...again } = holiday;
    const back = () => this.keep(null, again).then(() => true, notBack);
    undo.offer(t('hours.holiday_deleted', { name: holiday.name }), back);
  }

  /** Reads a calendar file or a typed list. */
  async read(text: string): Promise<HolidaysRead> {
    const read = await api.holidays.read(text);
    await this.load();
    return read;
  }

  /** Takes holidays that were just read out again. */
  async takeBack(added: readonly Holiday[]): Promise<boolean> {
    try {
      for (const { id } of added) await api.holidays.remove(id);
      await this.load();
      return true;
    } catch (error) {
      return notBack(error);
    }
  }
}

function notBack(error: unknown): false {
  toasts.bad(t('act.undo.failed'), sentence(error));
  return false;
}

export const hours = new HoursState();

function plain(of: Hours): Hours {
  return {
    zone: of.zone,
    mode: of.mode,
    days: of.days.map(copied),
    channels: (of.channels ?? []).map((channel) => ({
      ...channel,
      days: channel.days.map(copied),
    })),
  };
}

const NONE: Hours = { zone: 'UTC', mode: 'always', days: [], channels: [] };

/** The hours as they are typed. */
export class HoursForm {
  typed = $state<Hours>(plain(NONE));
  readonly sending = new Submission([]);

  dirty = $derived.by(
    () => hours.value !== null && JSON.stringify(this.typed) !== JSON.stringify(plain(hours.value)),
  );

  async load(): Promise<void> {
    this.revert();
    const shown = JSON.stringify(this.typed);
    await hours.load();
    if (JSON.stringify(this.typed) === shown) this.revert();
  }

  revert(): void {
    if (hours.value) this.typed = plain(hours.value);
    this.sending.clear();
  }

  async save(): Promise<void> {
    const wish = $state.snapshot(this.typed);
    if (!(await this.sending.run(() => hours.save(wish)))) return;
    this.revert();
    toasts.good(t('form.saved'));
  }

  /** What is wrong with a day of the business, or of a channel. */
  wrongDay(prefix: string, day: number): string {
    return this.sending.wrong[`${prefix}days.${day}`] ?? '';
  }

  /** Place of a channel in the form; -1 while it is as the business. */
  placeOf(channel: string): number {
    return (this.typed.channels ?? []).findIndex((one) => one.channel_id === channel);
  }

  /** Lets a channel differ from the business; it begins with the same week. */
  add(channel: string): void {
    const fresh: ChannelHours = {
      channel_id: channel,
      mode: 'business',
      days: this.typed.days.map(copied),
      closed_text: null,
    };
    this.typed.channels = [...(this.typed.channels ?? []), fresh];
  }

  drop(channel: string): void {
    this.typed.channels = (this.typed.channels ?? []).filter((one) => one.channel_id !== channel);
  }

  /** Channels that are as the business still. */
  get others() {
    return channels.list.filter(
      (channel) => channel.state !== 'draft' && this.placeOf(channel.id) < 0,
    );
  }
}

/** Every time zone that this browser knows, and the one that is set. */
export function zones(set: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([set, 'UTC', ...known])].filter(Boolean).sort();
}

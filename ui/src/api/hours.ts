/** Office hours, holidays and presence over the workspace API. Shapes only. */
import { call, withQuery } from './client';
import type {
  Holiday,
  HolidaysRead,
  Hours,
  HoursPreview,
  NewHoliday,
  OfficeHours,
  Person,
  Presence,
} from './types';

export const hours = {
  get: () => call<OfficeHours>('GET', '/hours'),
  set: (hours: Hours) => call<OfficeHours>('PUT', '/hours', hours),
  preview: (at: string, channel: string | null) =>
    call<HoursPreview>('GET', withQuery('/hours/preview', { at, channel })),
};

export const holidays = {
  list: () => call<Holiday[]>('GET', '/holidays'),
  add: (holiday: NewHoliday) => call<Holiday>('POST', '/holidays', holiday),
  change: (id: string, holiday: NewHoliday) => call<Holiday>('PUT', `/holidays/${id}`, holiday),
  remove: (id: string) => call<void>('DELETE', `/holidays/${id}`),
  read: (text: string) => call<HolidaysRead>('POST', '/holidays/read', { text }),
};

export const presence = {
  activity: () => call<void>('POST', '/me/activity'),
  setOf: (id: string, presence: Presence, until: number | null) =>
    call<Person>('PUT', `/people/${id}/presence`, { presence, until }),
};

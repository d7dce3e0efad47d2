/** What page and worker hand to each other, and where. Knows neither. */

export const CACHE = 'deskbell-words';
export const PLACE = '/words';
/** Where the worker leaves what was pressed, for the page that it opens. */
export const DEED = '/deed';

export interface Words {
  /** By kind, with `{name}`. */
  titles: Record<string, string>;
  /** By kind, where nothing may be shown. */
  hidden: Record<string, string>;
  file: string;
  test: string;
  pick_up: string;
  reply: string;
  snooze: string;
}

/** What the buttons of a notification do. */
export const DEEDS = ['pick-up', 'reply', 'snooze'] as const;
export type Deed = (typeof DEEDS)[number];

export function isDeed(name: string): name is Deed {
  return DEEDS.some((deed) => deed === name);
}

/** What the page hands to the worker, and where. Knows neither. */

export const CACHE = 'deskbell-words';
export const PLACE = '/words';

export interface Words {
  /** By kind, with `{name}`. */
  titles: Record<string, string>;
  /** By kind, where nothing may be shown. */
  hidden: Record<string, string>;
  file: string;
  test: string;
  open: string;
  pick_up: string;
}

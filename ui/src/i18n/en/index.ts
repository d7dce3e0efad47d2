/**
 * English, the language that types all others. Keys are `area.what`; `{name}` is a place.
 */
import { calls } from './calls';
import { alerts } from './alerts';
import { channels } from './channels';
import { flow } from './flow';
import { hours } from './hours';
import { compose } from './compose';
import { contacts } from './contacts';
import { inbox } from './inbox';
import { lists } from './lists';
import { search } from './search';
import { join } from './join';
import { replies } from './replies';
import { settings } from './settings';
import { shell } from './shell';
import { thread } from './thread';
import { together } from './together';
import { welcome } from './welcome';

export const en = {
  ...shell,
  ...alerts,
  ...welcome,
  ...inbox,
  ...lists,
  ...thread,
  ...compose,
  ...flow,
  ...channels,
  ...search,
  ...replies,
  ...settings,
  ...hours,
  ...together,
  ...join,
  ...calls,
  ...contacts,
} as const;

export type Key = keyof typeof en;

/**
 * Simplified Chinese. Keys are those of English; `{name}` is a place.
 */
import type { Catalogue } from '../current.svelte';
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

export const zh: Catalogue = {
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
};

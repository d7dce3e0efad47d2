/**
 * Simplified Chinese. Keys are those of English; `{name}` is a place.
 */
import type { Catalogue } from '../current.svelte';
import { bookfile } from './bookfile';
import { calls } from './calls';
import { alerts } from './alerts';
import { channels } from './channels';
import { chat } from './chat';
import { deeds } from './deeds';
import { flow } from './flow';
import { hours } from './hours';
import { compose } from './compose';
import { contacts } from './contacts';
import { inbox } from './inbox';
import { lists } from './lists';
import { looks } from './looks';
import { search } from './search';
import { join } from './join';
import { keys } from './keys';
import { senses } from './senses';
import { merge } from './merge';
import { onPhone } from './on-phone';
import { places } from './places';
import { replies } from './replies';
import { rules } from './rules';
import { settings } from './settings';
import { shell } from './shell';
import { thread } from './thread';
import { together } from './together';
import { visitors } from './visitors';
import { voices } from './voices';
import { welcome } from './welcome';

export const zh: Catalogue = {
  ...shell,
  ...alerts,
  ...welcome,
  ...inbox,
  ...lists,
  ...looks,
  ...thread,
  ...compose,
  ...flow,
  ...channels,
  ...chat,
  ...visitors,
  ...voices,
  ...search,
  ...places,
  ...replies,
  ...settings,
  ...rules,
  ...hours,
  ...together,
  ...join,
  ...keys,
  ...senses,
  ...onPhone,
  ...calls,
  ...contacts,
  ...merge,
  ...deeds,
  ...bookfile,
};

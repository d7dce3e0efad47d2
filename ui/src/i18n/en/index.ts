/**
 * English, the language that types all others. Keys are `area.what`; `{name}` is a place.
 */
import { bookfile } from './bookfile';
import { calls } from './calls';
import { alerts } from './alerts';
import { deeds } from './deeds';
import { flow } from './flow';
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
import { shell } from './shell';
import { thread } from './thread';
import { together } from './together';
import type { later } from './later';
import { visitors } from './visitors';
import { welcome } from './welcome';

export const en = {
  ...shell,
  ...alerts,
  ...welcome,
  ...inbox,
  ...lists,
  ...looks,
  ...thread,
  ...compose,
  ...flow,
  ...search,
  ...places,
  ...replies,
  ...rules,
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
  ...visitors,
} as const;

/** Those of `later` are there once a part of the program that shows them was loaded. */
export type Key = keyof typeof en | keyof typeof later;

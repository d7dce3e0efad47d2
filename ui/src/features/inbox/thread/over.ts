import type { Session } from '../../../state/types';

const NOTHING: Session['permits'] = {
  answer: false,
  note: false,
  bring_in: false,
  pick_up: false,
  transfer: false,
  take_over: false,
  end: false,
};

/** An earlier session: it is read, and nothing is done in it from here. */
export function over(past: Session): Session {
  return { ...past, permits: NOTHING };
}

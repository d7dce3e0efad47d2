/** What follows a message that is sent: the session goes to the archive, ends, or makes way. */
import { t } from '../i18n';
import type { Composing } from './composing.svelte';
import type { Wish } from './guard.svelte';
import { goInList } from './in-list';
import { sessions } from './sessions.svelte';
import { undo } from './undo';

/** Sends as it is wished, and shows what comes next; what is not ready stays where it is. */
export function sendAnd(composing: Composing, wish: Wish = composing.wish): void {
  const { id, scheduled } = composing.session;
  const { note } = composing;
  // What waits for later would not be sent: that is asked first.
  if (wish.then === 'end' && scheduled > 0 && !note && !composing.ending) {
    composing.ending = composing.ready;
    return;
  }
  composing.ending = false;
  const following = sessions.neighbour(1) ?? sessions.neighbour(-1);
  if (!composing.send(wish)) return;
  const { then } = wish;
  if (then === null || note) return;
  if (then === 'archive') {
    const back = () => sessions.act(id, 'unarchive');
    undo.offer(t('send.archived'), back, { label: t('verb.unarchive'), about: 'acted' });
  }
  if (then === 'end') return;
  const next = following && following.id !== id ? following.id : null;
  if (next || then === 'archive') goInList(next);
}

/** What follows a message that is sent: the session goes to the archive, ends, or makes way. */
import { t } from '../i18n';
import type { Composing } from './composing.svelte';
import { goInList } from './in-list';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';
import type { After } from './types';

/** Sends, and shows what comes next; what is not ready stays where it is. */
export function sendAnd(composing: Composing, then: After | 'next' | null): void {
  const { id, scheduled } = composing.session;
  // What waits for later would not be sent: that is asked first.
  if (then === 'end' && scheduled > 0 && !composing.note && !composing.ending) {
    composing.ending = composing.ready;
    return;
  }
  composing.ending = false;
  const following = sessions.neighbour(1) ?? sessions.neighbour(-1);
  const after = then === 'archive' || then === 'end' ? then : undefined;
  if (!composing.send(after ? { then: after } : {})) return;
  if (then === null || composing.note) return;
  if (then === 'archive') {
    toasts.show({
      title: t('send.archived'),
      tone: 'good',
      act: { label: t('verb.unarchive'), run: () => void sessions.act(id, 'unarchive') },
    });
  }
  if (then === 'end') return;
  const next = following && following.id !== id ? following.id : null;
  if (next || then === 'archive') goInList(next);
}

/** A colleague asks for a session that I have: told at once, answered with one click. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { acts } from './acts.svelte';
import { open, who } from './alerts.svelte';
import { me } from './me.svelte';
import { people } from './nouns.svelte';
import { sessions } from './sessions.svelte';
import { ring } from './sound';
import { toasts } from './toasts.svelte';
import type { DeskEvent } from './types';

type Asked = Extract<DeskEvent, { kind: 'transfer_asked' }>;
/** How long the question stays on the screen; in the thread it stays. */
const SHOWN = 60_000;

export async function asked(event: Asked): Promise<void> {
  if (event.user_id === me.id) return;
  const [session, note] = await Promise.all([
    sessions.fetch(event.session_id),
    api.messages.get(event.message_id).catch(() => null),
  ]);
  const name = people.get(event.user_id)?.name ?? note?.author_name ?? '';
  if (!session || !name) return;
  if (me.preferences.sound) void ring();
  // In the thread it stands already, with the same button.
  if (session.id === sessions.currentId) return;
  toasts.show(
    {
      title: t('ask.heard', { name, customer: who(session) }),
      text: note?.text ?? '',
      about: `ask-${session.id}`,
      session: session.id,
      kind: 'asked',
      act: session.permits.transfer
        ? { label: t('ask.give', { name }), run: () => give(session.id, event.user_id, name) }
        : { label: t('action.open'), run: () => open(session.id) },
    },
    SHOWN,
  );
}

export function give(session: string, user: string, name: string): void {
  void acts.transfer([session], { kind: 'user', id: user }, '', name);
}

/** The time of a snooze has come. */
export async function woke(id: string): Promise<void> {
  const session = await sessions.fetch(id);
  if (!session) return;
  if (me.preferences.sound) void ring();
  if (id === sessions.currentId) return;
  toasts.show(
    {
      title: t('snooze.woke', { name: who(session) }),
      text: session.preview,
      about: session.id,
      session: session.id,
      kind: 'snooze',
      act: { label: t('action.open'), run: () => open(id) },
    },
    SHOWN,
  );
}

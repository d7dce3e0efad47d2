/** The four marks that lead through the first conversation. Each is shown once, or skipped. */
import { demo } from './demo.svelte';
import { me } from './me.svelte';
import { sessions } from './sessions.svelte';
import type { Session } from './types';

export const MARKS = ['write', 'pick-up', 'reply', 'done'] as const;
export type Mark = (typeof MARKS)[number];

export interface Scene {
  coached: readonly string[];
  /** The demo customer has written. */
  spoken: boolean;
  /** The demo session on the screen. */
  session: Pick<Session, 'owner_id' | 'messages_out'> | null;
  me: string;
}

/** Pure: which mark is due. */
export function due(scene: Scene): Mark | null {
  const open = (mark: Mark) => !scene.coached.includes(mark);
  if (open('write')) return 'write';
  if (!scene.spoken) return null;
  if (open('pick-up')) return 'pick-up';
  const mine = scene.session !== null && scene.session.owner_id === scene.me;
  if (open('reply')) return mine ? 'reply' : null;
  if (open('done')) return mine && scene.session!.messages_out > 0 ? 'done' : null;
  return null;
}

class Coach {
  mark = $derived.by((): Mark | null => {
    if (!demo.open) return null;
    const current = sessions.current;
    return due({
      coached: me.preferences.coached,
      spoken: demo.conversation.some((line) => line.direction === 'in'),
      session: current && current.provider === 'demo' ? current : null,
      me: me.id,
    });
  });

  seen(mark: Mark): void {
    me.coach(mark);
  }

  skipAll(): void {
    void me.prefer({ coached: [...new Set([...me.preferences.coached, ...MARKS])] });
  }

  /** What was asked for was done without us. Call once, in an effect root. */
  follow(): void {
    $effect(() => {
      const current = sessions.current;
      if (!demo.open || current?.provider !== 'demo') return;
      if (current.owner_id === me.id && this.mark === 'pick-up') this.seen('pick-up');
      if (current.messages_out > 0 && this.mark === 'reply') this.seen('reply');
    });
  }
}

export const coach = new Coach();

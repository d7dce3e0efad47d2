/** Starts a session with its first message. */
import * as api from '../api/calls';
import { sessions } from './sessions.svelte';
import type { Message, NewSession, Session } from './types';

export async function start(
  session: Omit<NewSession, 'client_key'>,
  key: string,
): Promise<Session> {
  const answer = await api.sessions.start({ ...session, client_key: key });
  sessions.take(answer.session);
  sessions.recount();
  return answer.session;
}

/** The last message of ours in a session, as it is now. */
export async function lastSent(session: string): Promise<Message | null> {
  const page = await api.messages.list(session, { limit: 20 });
  const ours = page.messages.filter((message) => message.direction === 'out');
  return ours.sort((a, b) => a.seq - b.seq).at(-1) ?? null;
}

/** Starts a session with its first message. */
import * as api from '../api/calls';
import { sessions } from './sessions.svelte';
import type { NewSession, Session } from './types';

export async function start(
  session: Omit<NewSession, 'client_key'>,
  key: string,
): Promise<Session> {
  const answer = await api.sessions.start({ ...session, client_key: key });
  sessions.take(answer.session);
  sessions.recount();
  return answer.session;
}

/** Calls of live chat over the workspace API. Shapes only. */
import { call as ask, connection } from './client';
import type { CallBack, ChatCall, SignInLink } from './types';

export const chatCalls = {
  /** Whether this visitor can be called now, and by which servers. */
  back: (session: string) => ask<CallBack>('GET', `/sessions/${session}/chat-calls`),
  start: (session: string, client_key: string, sdp: string) =>
    ask<ChatCall>('POST', `/sessions/${session}/chat-calls`, { client_key, sdp }),
  answer: (id: string, sdp: string) => ask<ChatCall>('POST', `/chat-calls/${id}/answer`, { sdp }),
  decline: (id: string) => ask<ChatCall>('POST', `/chat-calls/${id}/decline`),
  end: (id: string) => ask<ChatCall>('POST', `/chat-calls/${id}/end`),
  /** The page is being left: nobody waits for the answer. */
  endBehind: (id: string) =>
    ask<ChatCall>('POST', `/chat-calls/${id}/end`, undefined, 'beyond the page'),
  failed: (id: string) => ask<ChatCall>('POST', `/chat-calls/${id}/failed`),
  candidate: (id: string, candidate: string) =>
    ask<void>('POST', `/chat-calls/${id}/candidates`, { candidate }),
  /** A link that signs this user in once, in a browser on this computer. */
  link: () => ask<SignInLink>('POST', '/me/sign-in-links'),
  /** Where a browser finds this desk. */
  place: () => connection.origin,
};

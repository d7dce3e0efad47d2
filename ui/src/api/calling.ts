/** Calls over the workspace API. Shapes only. */
import { call as ask } from './client';
import type { Call, Calling, CallStarted } from './types';

export const calling = {
  get: () => ask<Calling>('GET', '/me/calling'),
  set: (wish: Calling) => ask<Calling>('PUT', '/me/calling', wish),
  try: (wish: Calling, number: string) =>
    ask<{ link: string }>('POST', '/me/calling/try', {
      method: wish.method,
      pattern: wish.pattern ?? '',
      number,
    }),
  start: (session: string, client_key: string) =>
    ask<CallStarted>('POST', `/sessions/${session}/call`, { client_key }),
  list: (session: string) => ask<Call[]>('GET', `/sessions/${session}/calls`),
};

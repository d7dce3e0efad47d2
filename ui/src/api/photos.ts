/** Photos of the people at the desk. */
import { call, send, upload } from './client';

export const photos = {
  of: async (user: string) => (await send('GET', `/users/${user}/photo`)).blob(),
  keep: (photo: File) =>
    upload<void>('/me/photo', photo, () => undefined, new AbortController().signal, 'PUT'),
  drop: () => call<void>('DELETE', '/me/photo'),
};

/** Photos of the people at the desk. */
import { call, send, upload, type ApiPath } from './client';

export const photos = {
  of: async (user: string) => (await send('GET', `/users/${user}/photo` as ApiPath)).blob(),
  keep: (photo: File) =>
    upload<void>(
      '/me/photo' as ApiPath,
      photo,
      () => undefined,
      new AbortController().signal,
      'PUT',
    ),
  drop: () => call<void>('DELETE', '/me/photo' as ApiPath),
};

/** Random words. Not `randomUUID`: that is missing on pages over plain HTTP. */
import type { Page } from './page';

type Random = Page['random'];

/** A UUID, version 4. */
export const newKey = (random: Random): string =>
  'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    ((random(1)[0] ?? 0) & 15).toString(16),
  );

/** 32 random bytes, base64url: who knows them is this visitor. */
export const newToken = (random: Random): string =>
  btoa(String.fromCharCode(...random(32)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace('=', '');

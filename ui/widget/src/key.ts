/** Random words. Not `randomUUID`: that is missing on pages over plain HTTP. */
import type { Page } from './page';

/** Every `x` becomes four random bits. */
const filled = ({ random }: Page, pattern: string): string =>
  pattern.replace(/x/g, () => ((random(1)[0] ?? 0) & 15).toString(16));

/** A UUID, version 4. */
export const newKey = (page: Page) => filled(page, 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx');

/** 172 random bits: who knows them is this visitor. */
export const newToken = (page: Page) => filled(page, 'x'.repeat(43));

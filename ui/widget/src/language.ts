/** Which of our languages a visitor reads. Pure. */
import type { Lang } from './look';

const KNOWN = /^(en|de|es|fr|pt|zh|ar)\b/i;

/** The first of these that we speak: what the site chose, what the page is in, what the browser asks for. */
export const languageOf = (wanted: readonly string[]): Lang =>
  wanted.map((one) => KNOWN.exec(one)?.[1]?.toLowerCase() as Lang).find(Boolean) ?? 'en';

/** Which of our languages a visitor reads. Pure. */
import { LANGUAGES, type Lang } from './look';

/** The first of these that we speak: what the site chose, what the page is in, what the browser asks for. */
export const languageOf = (wanted: readonly string[]): Lang =>
  wanted
    .map((one) => one.slice(0, 2).toLowerCase() as Lang)
    .find((one) => LANGUAGES.includes(one)) ?? 'en';

/** What went wrong, in words for people. The core's own sentence comes first. */
import { ApiError } from '../api/client';
import { spoken, t } from '../i18n';
import { span } from '../i18n/time';
import type { Message, Said } from './types';

export type Fields = Record<string, string>;

export function sentence(error: unknown): string {
  // The window's own commands answer with a sentence.
  if (typeof error === 'string' && error) return spoken(error);
  if (!(error instanceof ApiError)) return t('problem.unknown');
  if (error.code === 'locked_out' && error.retryAfter !== null) {
    const seconds = Math.ceil(error.retryAfter);
    return seconds < 90
      ? t('problem.locked_out', { count: seconds })
      : t('problem.locked_out_long', { time: span(seconds * 1000) });
  }
  if (error.isLineDown) return t('problem.line_down');
  if (error.failure) return provided(error.message, error.failure);
  if (error.message) return spoken(error.message);
  if (error.status === 403) return t('problem.forbidden');
  if (error.status === 404) return t('problem.not_found');
  return t('problem.unknown');
}

/** `Twilio: Authentication Failed. Its own words`: what stands between is ours. */
function provided(message: string, failure: Said): string {
  const own = failure.text?.trim() ?? '';
  const from = message.indexOf(': ') + 2;
  const until = own === '' ? -1 : message.indexOf(own, from);
  const ours = message.slice(from, until < 0 ? undefined : until).trim();
  const its = until < 0 ? '' : ` ${message.slice(until)}`;
  return message.slice(0, from) + spoken(ours) + its;
}

/** What is known of a failure beyond its kind. With a code they are the provider's own words. */
export function saidBy(failure: { code?: string | null; text?: string | null }): string {
  const text = failure.text ?? '';
  return failure.code ? text : spoken(text);
}

/** Problems by field, for forms. */
export function fields(error: unknown): Fields {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((field) => [field.field, spoken(field.message)]));
}

export function code(error: unknown): string {
  return error instanceof ApiError ? error.code : 'unknown';
}

export function isLineDown(error: unknown): boolean {
  return error instanceof ApiError && error.isLineDown;
}

export function retryAfter(error: unknown): number | null {
  return error instanceof ApiError ? error.retryAfter : null;
}

/** The session that somebody else has, where it may be opened to read. */
export function sessionId(error: unknown): string | null {
  return error instanceof ApiError ? error.sessionId : null;
}

/** What a colleague answered meanwhile, where that is why. */
export function newer(error: unknown): Message[] {
  return error instanceof ApiError ? error.newer : [];
}

/** The session that somebody else has, where we may ask them for it. */
export function askId(error: unknown): string | null {
  return error instanceof ApiError ? error.askId : null;
}

/** The provider's own code and words, where it was the provider that refused. */
export function failure(error: unknown): Said | null {
  return error instanceof ApiError ? error.failure : null;
}

/** The contact that the one asked for became part of. */
export function mergedInto(error: unknown): string | null {
  return error instanceof ApiError ? error.contactId : null;
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}

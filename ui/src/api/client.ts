/**
 * One typed request: base address, bearer token, JSON in and out, one error class.
 * Knows nothing of nouns; those are in calls.ts.
 */

import type { paths } from './gen/api';
import type { Message, Said } from './types';

type Below<P> = P extends `/api/v1${infer Rest}` ? Rest : never;
type Filled<P extends string> = P extends `${infer Start}{${string}}${infer Rest}`
  ? `${Start}${string}${Filled<Rest>}`
  : P;
/** A path that the description of the API knows, with its places filled. */
export type ApiPath = Filled<Below<keyof paths>>;

export interface FieldProblem {
  field: string;
  message: string;
}

/** What the core answered instead of what was asked for, or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldProblem[] = [],
    readonly retryAfter: number | null = null,
    /** The session that somebody else has, where we may read it. */
    readonly sessionId: string | null = null,
    /** What the provider said, where it was the provider that refused. */
    readonly failure: Said | null = null,
    /** What a colleague answered meanwhile, where that is why. */
    readonly newer: Message[] = [],
    /** The session that somebody else has: we may ask them for it. */
    readonly askId: string | null = null,
    /** The contact that the one asked for became part of. */
    readonly contactId: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Whether the request may never have arrived. */
  get isLineDown(): boolean {
    return this.status === 0;
  }
}

const TOKEN = 'deskbell.token';
/** What is not answered for this long is lost with its line. */
const PATIENCE = 30_000;

/** The same, where an older answer would do for now. */
const HURRY = 6_000;
/** On a device that is not the person's own everything ends with the browser's session. */
const PASSING = 'deskbell.passing';

/** Answers that the state keeps for a time without a line; nothing is kept here. */
export interface Copies {
  keeps: (path: string) => boolean;
  put: (path: string, value: unknown) => void;
  find: (path: string) => Promise<unknown>;
}

/** The address, the token, and what happens when the token is no longer good. */
class Connection {
  origin = globalThis.location?.origin ?? '';
  /** The office that was joined; its token is kept apart, and goes to no other. */
  joined = '';
  onSignedOut: () => void = () => {};
  copies: Copies | null = null;
  /** The page is only beginning: an older answer is better than none. */
  beginning = false;

  /** Whether this device is somebody else's: nothing may stay on it. */
  get passing(): boolean {
    return sessionStorage.getItem(PASSING) === 'yes';
  }

  set passing(passing: boolean) {
    if (passing) sessionStorage.setItem(PASSING, 'yes');
    else sessionStorage.removeItem(PASSING);
  }

  /** Where things of the person are kept. */
  get store(): Storage {
    return this.passing ? sessionStorage : localStorage;
  }

  /** Requests under way that may be asked again. */
  #repeatable = new Set<AbortController>();

  /** Ends what is asked within a time; a new line ends it, too. */
  patience(): AbortSignal {
    const ending = new AbortController();
    this.#repeatable.add(ending);
    setTimeout(() => {
      this.#repeatable.delete(ending);
      ending.abort();
    }, PATIENCE);
    return ending.signal;
  }

  /** A new line stands: what hangs on the old one ends, and may be asked again. */
  renewed(): void {
    for (const ending of this.#repeatable) ending.abort();
    this.#repeatable.clear();
  }

  get #place(): string {
    return this.joined ? `${TOKEN}@${this.joined}` : TOKEN;
  }

  get token(): string | null {
    return this.store.getItem(this.#place);
  }

  set token(token: string | null) {
    if (token === null) this.store.removeItem(this.#place);
    else this.store.setItem(this.#place, token);
  }

  url(path: ApiPath): string {
    return `${this.origin}/api/v1${path}`;
  }

  socketUrl(path: ApiPath): string {
    return this.url(path).replace(/^http/, 'ws');
  }
}

export const connection = new Connection();

export type Query = Record<string, string | number | boolean | null | undefined>;

/** The path with its query; to the types it stays the path. */
export function withQuery<P extends ApiPath>(path: P, query: Query = {}): P {
  const pairs = Object.entries(query).filter(([, value]) => value != null && value !== '');
  if (pairs.length === 0) return path;
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]));
  return `${path}?${search.toString()}` as P;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Reads the core's error body; anything else becomes a plain sentence. */
export function readError(status: number, text: string): ApiError {
  let body: Record<string, unknown> = {};
  try {
    body = object(JSON.parse(text));
  } catch {
    // A proxy's page, or nothing: the status has to do.
  }
  const fields = Array.isArray(body.fields)
    ? body.fields.map(object).map((field) => ({
        field: String(field.field ?? ''),
        message: String(field.message ?? ''),
      }))
    : [];
  const code = typeof body.code === 'string' ? body.code : 'internal';
  const message = typeof body.message === 'string' ? body.message : '';
  const retryAfter = typeof body.retry_after === 'number' ? body.retry_after : null;
  const sessionId = typeof body.session_id === 'string' ? body.session_id : null;
  const askId = typeof body.ask_id === 'string' ? body.ask_id : null;
  const contactId = typeof body.contact_id === 'string' ? body.contact_id : null;
  const failure = body.failure ? readFailure(object(body.failure)) : null;
  const newer = Array.isArray(body.newer) ? (body.newer as Message[]) : [];
  return new ApiError(
    status,
    code,
    message,
    fields,
    retryAfter,
    sessionId,
    failure,
    newer,
    askId,
    contactId,
  );
}

function readFailure(said: Record<string, unknown>): Said {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { code: text(said.code), text: text(said.text) };
}

/**
 * How long a request lasts: it may outlive the page that asks. What can be asked again without doing
 * anything twice waits for its answer only a while, and not when a new line stands.
 */
export type Lasting = 'with the page' | 'beyond the page' | 'with its line';

export async function send(
  method: string,
  path: ApiPath,
  body?: unknown,
  lasting: Lasting = 'with the page',
): Promise<Response> {
  const headers = new Headers();
  const token = connection.token;
  if (token) headers.set('Authorization', `Bearer ${token}`);
  const init: RequestInit = { method, headers, cache: 'no-store' };
  if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(body);
  }
  if (lasting === 'beyond the page') init.keepalive = true;
  if (lasting === 'with its line') init.signal = connection.patience();
  // Files may take their time; what changes something is asked once and waited for.
  const isFile = /\/(content|export)(\?|$)/.test(path);
  if (method === 'GET' && !isFile) {
    const hurry = connection.beginning && connection.copies?.keeps(path);
    init.signal = AbortSignal.timeout(hurry ? HURRY : PATIENCE);
  }
  let response: Response;
  try {
    response = await fetch(connection.url(path), init);
  } catch {
    throw new ApiError(0, 'line_down', '');
  }
  if (!response.ok) {
    const error = readError(response.status, await response.text().catch(() => ''));
    if (error.code === 'not_signed_in' && token === connection.token) connection.onSignedOut();
    // Something between us and the core answered in its place.
    if ([502, 503, 504].includes(error.status) && error.code === 'internal') {
      throw new ApiError(0, 'line_down', '');
    }
    throw error;
  }
  return response;
}

export async function call<T>(
  method: string,
  path: ApiPath,
  body?: unknown,
  lasting: Lasting = 'with the page',
): Promise<T> {
  const copies = method === 'GET' && connection.copies?.keeps(path) ? connection.copies : null;
  let response: Response;
  try {
    response = await send(method, path, body, lasting);
  } catch (error) {
    const older = connection.beginning && error instanceof ApiError && error.isLineDown;
    const found = older ? await copies?.find(path) : undefined;
    if (found === undefined) throw error;
    return found as T;
  }
  if (response.status === 204) return undefined as T;
  let value: T;
  try {
    value = (await response.json()) as T;
  } catch {
    // The line broke within the answer.
    throw new ApiError(0, 'line_down', '');
  }
  copies?.put(path, value);
  return value;
}

/** Uploads raw bytes and tells how far it is; `fetch` cannot tell that. */
export function upload<T>(
  path: ApiPath,
  file: Blob,
  progress: (part: number) => void,
  signal: AbortSignal,
  method: 'POST' | 'PUT' = 'POST',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, connection.url(path));
    const token = connection.token;
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as T);
      } else reject(readError(request.status, request.responseText));
    };
    request.onerror = () => reject(new ApiError(0, 'line_down', ''));
    request.onabort = () => reject(new ApiError(0, 'cancelled', ''));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

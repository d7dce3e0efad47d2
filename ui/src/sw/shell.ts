/**
 * The pages without a line: the files of this version are kept as a whole or not at all, and those
 * of an older one for as long as a page may still ask for them. Answers of the desk are never kept.
 */
import type { Scope } from './scope';

/** Written by the build: every file of this version, and a name that changes with any of them. */
declare const SHELL_FILES: string[];
declare const SHELL_VERSION: string;

const PREFIX = 'deskbell-shell-';
/** How long a start waits for a line that answers nothing. */
const PATIENCE = 4_000;

export type Way = 'page' | 'file' | 'pass';

/** Pure: what to do with a request, by its address below the scope of the worker. */
export function way(method: string, mode: string, url: string, scope: string): Way {
  if (method !== 'GET' || !url.startsWith(scope)) return 'pass';
  const path = url.slice(scope.length).split(/[?#]/)[0] ?? '';
  if (path === 'api' || path.startsWith('api/')) return 'pass';
  if (mode === 'navigate') return path === '' || path === 'index.html' ? 'page' : 'pass';
  return path.startsWith('assets/') || /^(icon|manifest)[^/]*$/.test(path) ? 'file' : 'pass';
}

/** Pure: the kept versions that nobody needs once no page of theirs is open. */
export function outdated(names: readonly string[], current: string): string[] {
  return names.filter((name) => name.startsWith(PREFIX) && name !== current);
}

/** The newest page there is: a line that is slow or down leads to the one that is kept. */
async function page(request: Request, current: string): Promise<Response> {
  const kept = await (await caches.open(current)).match('./index.html');
  if (!kept) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? answer : kept;
  } catch {
    return kept;
  }
}

/** A file of any version that is kept: their names change with what is in them. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Older versions go when a page starts and no other is open. */
async function sweep(worker: Scope, starting: string, current: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.some((one) => one.id !== starting)) return;
  for (const name of outdated(await caches.keys(), current)) await caches.delete(name);
}

export function keepShell(worker: Scope): void {
  const current = PREFIX + SHELL_VERSION;
  worker.addEventListener('install', (event) => {
    event.waitUntil(
      caches
        .open(current)
        .then((cache) =>
          cache.addAll(SHELL_FILES.map((one) => new Request(one, { cache: 'no-cache' }))),
        ),
    );
    void worker.skipWaiting();
  });
  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    switch (way(request.method, request.mode, request.url, worker.registration.scope)) {
      case 'page':
        event.respondWith(page(request, current));
        return event.waitUntil(sweep(worker, event.resultingClientId, current));
      case 'file':
        return event.respondWith(file(request));
      case 'pass':
    }
  });
}

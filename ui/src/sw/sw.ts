/** The worker behind the pages: each of its files listens for its own. */
import { listen } from './push';
import type { Scope } from './scope';

const scope = self as unknown as Scope;

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
listen(scope);

/** The worker behind the pages: each of its files listens for its own. */
import { listen } from './push';
import type { Scope } from './scope';
import { keepShell } from './shell';

const scope = self as unknown as Scope;

scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
keepShell(scope);
listen(scope);

/** What the worker uses of the browser: its global types and those of pages exclude each other. */

interface Waiting {
  waitUntil: (work: Promise<unknown>) => void;
}

export interface Page {
  id: string;
  focused: boolean;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
}

interface Events {
  install: Waiting;
  activate: Waiting;
  fetch: Waiting & {
    request: Request;
    resultingClientId: string;
    respondWith: (answer: Promise<Response>) => void;
  };
  push: Waiting & { data: { text: () => string } | null };
  notificationclick: Waiting & { notification: Notification; action: string };
}

export interface Scope {
  registration: ServiceWorkerRegistration;
  clients: {
    claim: () => Promise<void>;
    matchAll: (wanted: { type: 'window'; includeUncontrolled: boolean }) => Promise<Page[]>;
    openWindow: (place: string) => Promise<unknown>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: <K extends keyof Events>(kind: K, heard: (event: Events[K]) => void) => void;
}

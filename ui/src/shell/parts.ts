/** Parts of the program that the first page does without; fetched ahead once it is quiet. */
export const parts = {
  callLayer: () => import('../features/inbox/calls/CallLayer.svelte'),
  contacts: () => import('../features/contacts/Contacts.svelte'),
  coach: () => import('../features/demo/Coach.svelte'),
  demoPhone: () => import('../features/demo/DemoPhone.svelte'),
  firstSteps: () => import('../features/welcome/FirstSteps.svelte'),
  merge: () => import('../features/contacts/merge/MergeDialogs.svelte'),
  newSession: () => import('../features/inbox/NewSession.svelte'),
  search: () => import('../features/search/Search.svelte'),
  settings: () => import('../features/settings/Settings.svelte'),
  shortcuts: () => import('./Shortcuts.svelte'),
};

/** Without them a line that breaks later would leave these pages empty. */
export function fetchAhead(): void {
  const { newSession, search, contacts, merge, settings, shortcuts, callLayer } = parts;
  const rest = [newSession, search, contacts, merge, settings, shortcuts, callLayer];
  setTimeout(() => {
    for (const part of rest) void part().catch(() => undefined);
  }, 3_000);
}

/** Ways to a session in the list that is chosen: filter, order and view stay as they are. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { addressed } from './filter';
import { sentence } from './problem';
import { address, route } from './route.svelte';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';

/** The view that is named beside the list; outside of the inbox the one that was named last. */
function query(): Record<string, string | null> {
  const { filter, sort, view = null } = sessions.query;
  return {
    ...addressed(filter, sort),
    view: route.section === 'inbox' ? route.query('view') : view,
  };
}

function parts(id: string | null): string[] {
  const { folder } = sessions.query;
  return id ? ['inbox', folder, id] : ['inbox', folder];
}

/** Shows a session in the chosen list; `null`: the list alone. */
export function goInList(id: string | null): void {
  route.go(parts(id), query());
}

/** Where a row of the chosen list leads. */
export function hrefInList(id: string): string {
  return address(parts(id), query());
}

/** Shows who has waited longest for somebody, however the list on the screen is narrowed. */
export async function goToOldest(): Promise<void> {
  try {
    const page = await api.sessions.list({ folder: 'unowned', sort: 'waiting', limit: 1 });
    const oldest = page.sessions[0];
    if (!oldest) return route.go(['inbox', 'unowned']);
    sessions.known.set(oldest.id, oldest);
    const { folder } = sessions.query;
    const listed = folder === 'unowned' && sessions.list.some((one) => one.id === oldest.id);
    if (listed) goInList(oldest.id);
    else route.go(['inbox', 'unowned', oldest.id]);
  } catch (error) {
    toasts.bad(t('list.more_failed'), sentence(error));
  }
}

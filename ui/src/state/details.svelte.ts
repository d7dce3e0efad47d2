/**
 * The details of a session: a column beside the thread where there is room, a page of their own on
 * a phone, else laid over the thread.
 */
import { demo } from './demo.svelte';
import { viewport } from './look.svelte';
import { me } from './me.svelte';
import { panels } from './panels.svelte';
import { route } from './route.svelte';

class DetailsState {
  get roomy(): boolean {
    return viewport.wide && (!demo.open || viewport.width > 1700);
  }

  get column(): boolean {
    return me.preferences.details && this.roomy;
  }

  /** Whether they are the page on a phone's screen. */
  get page(): boolean {
    return viewport.phone && route.parts[3] === 'info';
  }

  toggle(): void {
    if (viewport.phone) this.#turn(!this.page);
    else if (this.roomy) void me.prefer({ details: !me.preferences.details });
    else panels.details = !panels.details;
  }

  show(): void {
    if (viewport.phone) this.#turn(true);
    else if (!this.roomy) panels.details = true;
    else if (!me.preferences.details) void me.prefer({ details: true });
  }

  #turn(open: boolean): void {
    const [section, folder, id] = route.parts;
    if (section !== 'inbox' || !folder || !id) return;
    route.go([section, folder, id, ...(open ? ['info'] : [])]);
  }
}

export const details = new DetailsState();

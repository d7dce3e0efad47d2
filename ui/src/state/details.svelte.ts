/** The details of a session: a column beside the thread where there is room, else laid over it. */
import { demo } from './demo.svelte';
import { viewport } from './look.svelte';
import { me } from './me.svelte';
import { panels } from './panels.svelte';

class DetailsState {
  get roomy(): boolean {
    return viewport.wide && (!demo.open || viewport.width > 1700);
  }

  get column(): boolean {
    return me.preferences.details && this.roomy;
  }

  toggle(): void {
    if (this.roomy) void me.prefer({ details: !me.preferences.details });
    else panels.details = !panels.details;
  }

  show(): void {
    if (!this.roomy) panels.details = true;
    else if (!me.preferences.details) void me.prefer({ details: true });
  }
}

export const details = new DetailsState();

/** What the status bar says of the lines: asked for anew when something came in, not too often. */
import * as api from '../api/calls';
import { startOfDay } from '../i18n/time';
import { me } from './me.svelte';
import { Soon } from './soon';
import type { Channel } from './types';

class Status {
  #list = $state.raw<Channel[] | null>(null);
  #soon = new Soon(() => this.load(), 500, 2_000, 4_000);
  #watched = false;

  get channels(): Channel[] {
    return (this.#list ?? []).filter((channel) => channel.state === 'active');
  }

  /** What came in since midnight, where it is known; the figures are told to administrators. */
  get received(): number | null {
    if (!me.mayAdminister || !this.#list) return null;
    return this.#list.reduce((sum, channel) => sum + channel.figures.received, 0);
  }

  async load(now = Date.now()): Promise<void> {
    this.#list = await api.channels.list({ from: startOfDay(now) });
  }

  /** While a bar is to be seen. */
  watch(): () => void {
    this.#watched = true;
    this.#soon.run();
    return () => (this.#watched = false);
  }

  /** The line is back: what could not be asked for is asked for again. */
  again(): void {
    this.#soon.again();
  }

  stir(): void {
    if (this.#watched) this.#soon.run();
  }
}

export const status = new Status();

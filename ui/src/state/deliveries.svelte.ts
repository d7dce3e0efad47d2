/** Webhook deliveries that nobody could read. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Delivery } from './types';

class Deliveries {
  list = $state.raw<Delivery[]>([]);
  loaded = $state(false);

  async load(): Promise<void> {
    this.list = await api.deliveries.unreadable();
    this.loaded = true;
  }

  get(id: string): Promise<Delivery> {
    return api.deliveries.get(id);
  }

  async replay(id: string): Promise<void> {
    try {
      const after = await api.deliveries.replay(id);
      if (after.outcome === 'stored') toasts.good(t('deliveries.replayed'));
      else toasts.bad(t('deliveries.still_unreadable'), after.error ?? '');
      await this.load();
    } catch (error) {
      toasts.bad(t('deliveries.failed'), sentence(error));
    }
  }

  async dismiss(id: string): Promise<void> {
    try {
      await api.deliveries.dismiss(id);
      await this.load();
    } catch (error) {
      toasts.bad(t('deliveries.failed'), sentence(error));
    }
  }
}

export const deliveries = new Deliveries();

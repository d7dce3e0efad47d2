/** Saved views, in the order that I gave them. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { addressed, isEmpty, same, tidy, type Filter, type Sort } from './filter';
import { me } from './me.svelte';
import { sentence } from './problem';
import { address } from './route.svelte';
import { toasts } from './toasts.svelte';
import type { Folder, View } from './types';

/** What a view shows. */
export interface Shown {
  folder: Folder;
  filter: Filter;
  sort: Sort | null;
}

class Views {
  list = $state.raw<View[]>([]);

  async load(): Promise<void> {
    this.list = await api.views.list();
  }

  get(id: string | null): View | undefined {
    return this.list.find((view) => view.id === id);
  }

  /** The folder that a view opens for me: all sessions are for supervisors. */
  folder(view: View): Folder {
    return view.folder === 'all' && !me.maySupervise ? 'recent' : view.folder;
  }

  query(view: View): Record<string, string | null> {
    return { ...addressed(view.filter, view.sort ?? null), view: view.id };
  }

  href(view: View): string {
    return address(['inbox', this.folder(view)], this.query(view));
  }

  /** Whether this is exactly what a view shows. */
  shows(view: View, shown: Shown): boolean {
    return (
      this.folder(view) === shown.folder &&
      (view.sort ?? null) === shown.sort &&
      same(view.filter, shown.filter)
    );
  }

  /** Whether there is anything in it to be saved that no view shows. */
  isNew(shown: Shown): boolean {
    if (isEmpty(shown.filter) && shown.sort === null) return false;
    return !this.list.some((view) => this.shows(view, shown));
  }

  async save(name: string, shown: Shown, shared: boolean): Promise<View> {
    const { folder, filter, sort } = shown;
    const view = await api.views.add({ name, folder, filter: tidy(filter), sort, shared });
    await this.load();
    return view;
  }

  /** Throws what the core refuses: a form shows it beside its field. */
  async rename(id: string, name: string): Promise<void> {
    await api.views.change(id, { name });
    await this.load();
  }

  async show(id: string, shown: Shown): Promise<void> {
    const { folder, filter, sort } = shown;
    await this.#try(() => api.views.change(id, { shows: { folder, filter: tidy(filter), sort } }));
  }

  async share(id: string, shared: boolean): Promise<void> {
    await this.#try(() => api.views.change(id, { shared }));
  }

  async remove(id: string): Promise<void> {
    await this.#try(() => api.views.remove(id));
  }

  /** Moves a view among mine, up or down. */
  async move(id: string, step: 1 | -1): Promise<void> {
    const order = this.list.map((view) => view.id);
    const at = order.indexOf(id);
    const to = at + step;
    if (at < 0 || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(at, 1));
    const known = new Map(this.list.map((view) => [view.id, view]));
    this.list = order.flatMap((one) => known.get(one) ?? []);
    await this.#try(() => api.views.order(order));
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      toasts.bad(t('views.failed'), sentence(error));
    }
    await this.load().catch(() => undefined);
  }

  clear(): void {
    this.list = [];
  }
}

export const views = new Views();

/** Labels: all of them, and what is done to them and with them. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { Label, LabelColour } from './types';

export const COLOURS: readonly LabelColour[] = [
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
];

class Labels {
  list = $state.raw<Label[]>([]);

  async load(): Promise<void> {
    this.list = await api.labels.list();
  }

  get(id: string): Label | undefined {
    return this.list.find((label) => label.id === id);
  }

  /** The labels with these ids, by name; those that are gone are left out. */
  of(ids: readonly string[]): Label[] {
    return this.list.filter((label) => ids.includes(label.id));
  }

  /** The colour that fewest labels have. */
  get nextColour(): LabelColour {
    const used = (colour: LabelColour) =>
      this.list.filter((label) => label.colour === colour).length;
    const [, ...bright] = COLOURS;
    return bright.reduce((best, colour) => (used(colour) < used(best) ? colour : best));
  }

  async add(name: string, colour: LabelColour = this.nextColour): Promise<Label> {
    const label = await api.labels.add({ name, colour });
    await this.load();
    return label;
  }

  /** As a person who types a new name in a picker does: tells what went wrong. */
  async create(name: string): Promise<Label | null> {
    try {
      return await this.add(name);
    } catch (error) {
      toasts.bad(t('labels.add_failed'), sentence(error));
      return null;
    }
  }

  async change(id: string, change: { name?: string; colour?: LabelColour }): Promise<void> {
    await api.labels.change(id, change);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await api.labels.remove(id);
    await this.load();
  }

  async merge(id: string, into: string): Promise<void> {
    await api.labels.merge(id, into);
    await this.load();
  }

  clear(): void {
    this.list = [];
  }
}

export const labels = new Labels();

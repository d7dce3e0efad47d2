/** What a new office does one after the other: from the demo to the first colleague. */
import { me } from './me.svelte';
import { channels, people } from './nouns.svelte';
import type { Channel } from './types';

export const TASKS = ['demo', 'chat', 'channel', 'colleague', 'phone'] as const;
export type Task = (typeof TASKS)[number];

export interface Office {
  coached: readonly string[];
  channels: readonly Pick<Channel, 'provider' | 'state' | 'health'>[];
  people: number;
  /** Names of my devices, as they call themselves. */
  devices: readonly string[];
}

/** Pure: what is behind us. */
export function done(task: Task, office: Office): boolean {
  const { channels: all } = office;
  switch (task) {
    case 'demo':
      return office.coached.includes('reply') || office.coached.includes('done');
    case 'chat':
      return all.some((one) => one.provider === 'livechat' && one.health.last_inbound_at != null);
    case 'channel':
      return all.some(
        ({ provider, state }) =>
          state === 'active' && provider !== 'demo' && provider !== 'livechat',
      );
    case 'colleague':
      return office.people > 1;
    case 'phone':
      return office.devices.some((name) => /Android|iPhone|iPad/.test(name));
  }
}

class Checklist {
  #office = $derived.by((): Office => ({
    coached: me.preferences.coached,
    channels: channels.list,
    people: people.list.length,
    devices: me.devices.map((device) => device.name),
  }));
  tasks = $derived(TASKS.map((id) => ({ id, done: done(id, this.#office) })));
  behind = $derived(this.tasks.filter((task) => task.done).length);
  /** Whether it is to be shown where it was not asked for. */
  shown = $derived(me.mayAdminister && me.preferences.checklist && this.behind < TASKS.length);

  dismiss(): void {
    void me.prefer({ checklist: false });
  }
}

export const checklist = new Checklist();

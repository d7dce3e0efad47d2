/** People, queues, channels and providers: small lists that everyone may read. */
import * as api from '../api/calls';
import type { Channel, Description, Limits, Person, Queue } from './types';

class People {
  list = $state.raw<Person[]>([]);

  async load(): Promise<void> {
    this.list = await api.people.list();
  }

  get(id: string | null | undefined): Person | undefined {
    return this.list.find((person) => person.id === id);
  }
}

class Queues {
  list = $state.raw<Queue[]>([]);

  async load(): Promise<void> {
    this.list = await api.queues.list();
  }

  get(id: string | null | undefined): Queue | undefined {
    return this.list.find((queue) => queue.id === id);
  }
}

class Channels {
  list = $state.raw<Channel[]>([]);
  providers = $state.raw<Description[]>([]);

  async load(): Promise<void> {
    if (this.providers.length === 0) this.providers = await api.channels.providers();
    this.list = await api.channels.list();
  }

  get(id: string | null | undefined): Channel | undefined {
    return this.list.find((channel) => channel.id === id);
  }

  provider(id: string | null | undefined): Description | undefined {
    return this.providers.find((provider) => provider.id === id);
  }

  limits(provider: string): Limits | undefined {
    return this.provider(provider)?.limits;
  }

  /** Channels in daily use. */
  get active(): Channel[] {
    return this.list.filter((channel) => channel.state === 'active');
  }

  /** Active channels whose light is known and not green. */
  get troubled(): Channel[] {
    return this.active.filter(
      (channel) => channel.health.state != null && channel.health.state !== 'connected',
    );
  }
}

export const people = new People();
export const queues = new Queues();
export const channels = new Channels();

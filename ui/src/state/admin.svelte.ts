/** What administrators change: users, queues, channels, the desk's own settings. */
import * as api from '../api/calls';
import { me } from './me.svelte';
import { channels, people, queues } from './nouns.svelte';
import type {
  Channel,
  ChannelChange,
  ChannelHealth,
  Device,
  ListedNumber,
  NewUser,
  PhoneCheck,
  QueueInput,
  Settings,
  SettingsChange,
  Span,
  User,
  UserChange,
  WebhookSet,
} from './types';

class Users {
  list = $state.raw<User[]>([]);

  async load(): Promise<void> {
    this.list = await api.users.list();
  }

  async add(user: NewUser): Promise<void> {
    await api.users.add(user);
    await Promise.all([this.load(), people.load(), queues.load()]);
  }

  async change(id: string, change: UserChange): Promise<void> {
    await api.users.change(id, change);
    await Promise.all([this.load(), people.load(), queues.load()]);
    if (id === me.id) await me.refresh();
  }

  async remove(id: string): Promise<void> {
    await api.users.remove(id);
    await Promise.all([this.load(), people.load(), queues.load()]);
  }

  devices(id: string): Promise<Device[]> {
    return api.users.devices(id);
  }

  dropDevice(id: string, device: string): Promise<void> {
    return api.users.dropDevice(id, device);
  }
}

class QueueAdmin {
  async save(id: string | null, input: QueueInput): Promise<void> {
    if (id) await api.queues.change(id, input);
    else await api.queues.add(input);
    await Promise.all([queues.load(), me.refresh()]);
  }

  async remove(id: string): Promise<void> {
    await api.queues.remove(id);
    await queues.load();
  }
}

class ChannelAdmin {
  /** Channels with the figures of the chosen span. */
  list = $state.raw<Channel[]>([]);
  loaded = $state(false);

  async load(span: Span): Promise<void> {
    if (channels.providers.length === 0) await channels.load();
    this.list = await api.channels.list(span);
    this.loaded = true;
  }

  get(id: string): Promise<Channel> {
    return api.channels.get(id);
  }

  draft(provider: string): Promise<Channel> {
    return api.channels.draft(provider);
  }

  async change(id: string, change: ChannelChange): Promise<Channel> {
    const channel = await api.channels.change(id, change);
    void channels.load();
    void me.refresh();
    return channel;
  }

  check(id: string): Promise<ChannelHealth> {
    return api.channels.check(id);
  }

  /** What the provider's account has. */
  numbers(id: string): Promise<ListedNumber[]> {
    return api.channels.numbers(id);
  }

  setWebhook(id: string): Promise<WebhookSet> {
    return api.channels.setWebhook(id);
  }

  async remove(id: string, endSessions: 'end' | 'keep'): Promise<void> {
    await api.channels.remove(id, endSessions === 'end');
    await channels.load();
  }
}

class DeskSettings {
  value = $state.raw<Settings | null>(null);

  async load(): Promise<void> {
    this.value = await api.settings.get();
  }

  async change(change: Partial<SettingsChange>): Promise<void> {
    this.value = await api.settings.change(change);
  }
}

export function checkPhone(number: string, country?: string | null): Promise<PhoneCheck> {
  return api.phone.check(number, country);
}

export const users = new Users();
export const queueAdmin = new QueueAdmin();
export const channelAdmin = new ChannelAdmin();
export const deskSettings = new DeskSettings();

/** The form of one site (a live-chat channel), new or not: what was typed, what is saved. */
import { chat } from '../api/chat';
import { channelAdmin } from './admin.svelte';
import { usualDestination } from './channel-form.svelte';
import { domainOf, shortName } from './domain';
import { channels } from './nouns.svelte';
import { code, fields, sentence } from './problem';
import { AUTO_TEXTS, isUsual, usual, type AutoTextName } from './site-defaults';
import type { Channel, ChatMessages, ChatSettings, ChatSnippet, Destination } from './types';

export const SITE_TABS = ['basics', 'appearance', 'messages', 'install'] as const;
export type SiteTab = (typeof SITE_TABS)[number];

/** Reserved for examples: it can never be anybody's. */
const NO_WEBSITE = 'my-website.example';

interface Typed {
  name: string;
  destination: Destination;
  settings: ChatSettings;
}

/** Which tab shows a field that the desk refused. */
export function tabOf(field: string): SiteTab {
  if (field.startsWith('appearance')) return 'appearance';
  if (field.startsWith('messages')) return 'messages';
  return 'basics';
}

export class SiteForm {
  channel = $state.raw<Channel | null>(null);
  /** Nothing is typed before the site is there. */
  typed = $state<Typed | null>(null);
  tab = $state<SiteTab>('basics');
  wrong = $state<Record<string, string>>({});
  problem = $state('');
  busy = $state(false);
  snippet = $state.raw<ChatSnippet | null>(null);
  #saved = $state('');

  dirty = $derived(this.typed !== null && JSON.stringify(this.typed) !== this.#saved);

  get isDraft(): boolean {
    return this.channel?.state === 'draft';
  }

  get id(): string {
    return this.channel?.id ?? '';
  }

  /** Where the test page lies, on the desk itself. */
  get testUrl(): string {
    return chat.testPage(this.snippet?.test_path ?? '');
  }

  async open(id: string, tab: string | null): Promise<void> {
    await this.#try(async () => {
      const [channel, settings] = await Promise.all([channelAdmin.get(id), chat.settings(id)]);
      this.#take(channel, settings);
      this.tab = SITE_TABS.find((one) => one === tab) ?? 'basics';
    });
  }

  #take(channel: Channel, settings: ChatSettings): void {
    this.channel = channel;
    const name = channel.state === 'draft' ? freeName(channel) : channel.name;
    const destination = channel.numbers[0]?.destination ?? usualDestination();
    const domains = settings.domains.length > 0 ? settings.domains : [''];
    this.typed = { name, destination: { ...destination }, settings: { ...settings, domains } };
    this.#saved = JSON.stringify(this.typed);
  }

  /** The site speaks another language: what nobody wrote is said in that one. */
  speak(language: ChatMessages['language']): void {
    const messages = this.typed?.settings.messages;
    if (!messages) return;
    for (const name of AUTO_TEXTS) {
      if (isUsual(name, messages[name].text)) messages[name].text = usual(name, language);
    }
    messages.language = language;
  }

  reset(name: AutoTextName): void {
    const messages = this.typed?.settings.messages;
    if (messages) messages[name].text = usual(name, messages.language);
    this.mend(`messages.${name}`);
  }

  /** What was wrong with a field, or with those below it, is not told once it changed. */
  mend(field: string): void {
    const kept = Object.entries(this.wrong).filter(
      ([name]) => name !== field && !name.startsWith(`${field}.`),
    );
    if (kept.length === Object.keys(this.wrong).length) return;
    this.wrong = Object.fromEntries(kept);
    this.problem = kept[0]?.[1] ?? '';
  }

  /** Saves everything; a site that is complete is switched on with the last step of the wizard. */
  async save(then: 'keep' | 'activate' = 'keep'): Promise<boolean> {
    return this.#try(async () => {
      const typed = $state.snapshot(this.typed);
      if (!typed) return;
      const settings = {
        ...typed.settings,
        domains: domainsOf(typed.settings),
        ice_servers: typed.settings.ice_servers.map((one) => ({
          ...one,
          urls: one.urls.filter(Boolean),
        })),
      };
      const kept = await chat.change(this.id, settings);
      const channel = await channelAdmin.change(this.id, {
        name: typed.name.trim(),
        numbers: this.#numbers(kept, typed.destination),
        ...(then === 'activate' ? { state: 'active' as const } : {}),
      });
      this.#take(channel, kept);
    });
  }

  /** Without a website: a domain that nobody has stands in until there is one. */
  async tryFirst(): Promise<void> {
    const { typed } = this;
    if (!typed) return;
    typed.settings.domains = [NO_WEBSITE];
    if (await this.save('activate')) this.tab = 'install';
  }

  #numbers(settings: ChatSettings, destination: Destination) {
    const [number] = this.channel?.numbers ?? [];
    const [address] = settings.domains;
    if (!address) return [];
    return [{ ...(number ? { id: number.id } : {}), address, destination, starters: [] }];
  }

  revert(): void {
    if (this.#saved) this.typed = JSON.parse(this.#saved) as Typed;
    this.wrong = {};
    this.problem = '';
  }

  async loadSnippet(): Promise<void> {
    await this.#try(async () => {
      this.snippet = await chat.snippet(this.id);
    });
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.wrong = {};
    this.problem = '';
    try {
      await act();
      return true;
    } catch (error) {
      this.wrong = fields(error);
      const [first] = Object.keys(this.wrong);
      this.problem =
        code(error) === 'invalid' && first ? (this.wrong[first] ?? '') : sentence(error);
      if (first) this.tab = tabOf(first);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Lines that are empty, and what stands around a domain, are left out. */
function domainsOf(settings: ChatSettings): string[] {
  return [...new Set(settings.domains.map(domainOf).filter(Boolean))];
}

/** A second site gets a name of its own: Live chat, Live chat 2, … */
function freeName(channel: Channel): string {
  const taken = new Set(
    channels.list.filter((one) => one.id !== channel.id).map((one) => one.name),
  );
  let free = channel.name;
  for (let count = 2; free && taken.has(free); count += 1) free = `${channel.name} ${count}`;
  return free;
}

/** What a site is called unless somebody says otherwise. */
export function nameFor(domain: string): string {
  return shortName(domainOf(domain));
}

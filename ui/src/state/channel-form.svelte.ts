/** The form of one channel, new or not: what was typed, what is saved, and the steps between. */
import { channelAdmin, deskSettings } from './admin.svelte';
import { me } from './me.svelte';
import { channels, queues } from './nouns.svelte';
import { code, fields, sentence } from './problem';
import { looksRight } from './paste';
import { address } from './route.svelte';
import type {
  Channel,
  ChannelChange,
  ChannelHealth,
  Description,
  Destination,
  NumberInput,
} from './types';

export type Step = 'provider' | 'credentials' | 'webhook' | 'numbers' | 'options' | 'test';
/** A person goes through the provider's site in this order. */
const BY_HAND: readonly Step[] = [
  'provider',
  'credentials',
  'webhook',
  'numbers',
  'options',
  'test',
];
/** A webhook that is set by itself is set for numbers, so these come first. */
const BY_ITSELF: readonly Step[] = [
  'provider',
  'credentials',
  'numbers',
  'webhook',
  'options',
  'test',
];

export interface NumberLine extends NumberInput {
  starters: string[];
  /** Of this form only, for keys. */
  key: number;
}

interface Typed {
  name: string;
  values: Record<string, string>;
  secrets: Record<string, string>;
  base_url: string;
  rate: string;
  auto_close_days: string;
  file_text: string;
  stop_text: string;
  help_text: string;
  webhook_user: string;
  webhook_password: string;
  /** One a line. */
  networks: string;
  numbers: NumberLine[];
}

let nextKey = 1;

/** Where new sessions go unless somebody says otherwise. */
export function usualDestination(): Destination {
  const queue = queues.list[0];
  return queue ? { kind: 'queue', id: queue.id } : { kind: 'user', id: me.id };
}

function typedFrom(channel: Channel): Typed {
  return {
    name: channel.name,
    values: { ...channel.values },
    secrets: {},
    base_url: channel.base_url ?? '',
    rate: String(channel.rate),
    auto_close_days: channel.auto_close_days == null ? '' : String(channel.auto_close_days),
    file_text: channel.file_text ?? '',
    stop_text: channel.stop_text ?? '',
    help_text: channel.help_text ?? '',
    webhook_user: channel.webhook_user ?? '',
    webhook_password: '',
    networks: channel.allowed_networks.join('\n'),
    numbers: channel.numbers.map((number) => ({
      id: number.id,
      address: number.address,
      destination: number.destination,
      starters: [...number.starters],
      key: nextKey++,
    })),
  };
}

/** The networks of a text with one a line, or with commas. */
export function networksOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

export class ChannelForm {
  channel = $state.raw<Channel | null>(null);
  step = $state<Step>('provider');
  typed = $state<Typed>({
    name: '',
    values: {},
    secrets: {},
    base_url: '',
    rate: '1',
    auto_close_days: '',
    file_text: '',
    stop_text: '',
    help_text: '',
    webhook_user: '',
    webhook_password: '',
    networks: '',
    numbers: [],
  });
  wrong = $state<Record<string, string>>({});
  problem = $state('');
  busy = $state(false);
  health = $state.raw<ChannelHealth | null>(null);
  /** Takes in what is ticked but not yet among the numbers, while such a list is shown. */
  gather: (() => void) | null = null;
  /** A password was just saved, which the provider has to learn, too. */
  locked = $state(false);
  /** Asked whether to shut everybody out. */
  asking = $state(false);
  #answer: ((anyway: boolean) => void) | null = null;
  #saved = $state('');
  /** What was typed when the provider was asked. */
  #asked = $state('');

  get provider(): Description | undefined {
    return channels.provider(this.channel?.provider);
  }

  dirty = $derived(this.channel !== null && JSON.stringify(this.typed) !== this.#saved);

  #credentialsTyped = $derived(
    JSON.stringify([
      this.typed.name,
      this.typed.values,
      this.typed.secrets,
      this.provider?.base_url ? this.typed.base_url : '',
    ]),
  );

  /** What the provider said of exactly what stands in the fields. */
  get answer(): ChannelHealth | null {
    return this.#credentialsTyped === this.#asked ? this.health : null;
  }

  /** It was asked, and did not take them. */
  get refused(): boolean {
    return this.answer !== null && this.answer.state !== 'connected';
  }

  /** Where the desk gets its public address, with the way back to here. */
  get networkPlace(): string {
    return address(['settings', 'network'], { back: this.#id() });
  }

  get isDraft(): boolean {
    return this.channel?.state === 'draft';
  }

  /** Whether customers have a number to write to. */
  get hasNumbers(): boolean {
    return this.typed.numbers.some((line) => line.address.trim() !== '');
  }

  get steps(): readonly Step[] {
    // Which order the others have is not known before.
    if (!this.channel) return ['provider', 'credentials'];
    return this.provider?.abilities.webhook ? BY_ITSELF : BY_HAND;
  }

  /** The step after (1) or before (-1) the one that is shown. */
  beside(by: 1 | -1): Step {
    return this.steps[this.steps.indexOf(this.step) + by] ?? this.step;
  }

  /** Steps that can be left and returned to. */
  reachable(step: Step): boolean {
    if (this.channel === null) return step === 'provider';
    if (!this.isDraft) return step !== 'provider';
    return this.steps.indexOf(step) <= this.steps.indexOf(this.step);
  }

  /** `step`: where one was before. */
  async open(id: string, step: string | null = null): Promise<void> {
    await this.#try(async () => {
      this.#take(await channelAdmin.get(id));
      this.step = this.steps.find((one) => one === step && one !== 'provider') ?? 'credentials';
      if (this.isDraft) return;
      this.health = this.channel?.health ?? null;
      this.#asked = this.#credentialsTyped;
    });
  }

  async choose(provider: string): Promise<boolean> {
    return this.#try(async () => {
      this.#take(await channelAdmin.draft(provider));
      this.health = null;
      this.typed.name = this.#freeName(this.typed.name);
      this.step = 'credentials';
    });
  }

  #take(channel: Channel): void {
    this.channel = channel;
    this.typed = typedFrom(channel);
    const types = !this.provider?.abilities.numbers;
    if (channel.numbers.length === 0 && channel.state === 'draft' && types) this.addNumber();
    this.#saved = JSON.stringify(this.typed);
  }

  /** A second channel of a provider gets a name of its own: Twilio, Twilio 2, … */
  #freeName(name: string): string {
    const taken = new Set(
      channels.list.filter((other) => other.id !== this.#id()).map((other) => other.name),
    );
    let free = name;
    for (let count = 2; free && taken.has(free); count += 1) free = `${name} ${count}`;
    return free;
  }

  addNumber(): void {
    this.#addLines([''], usualDestination(), [me.id]);
  }

  /** Several at once; lines that are still empty make room. */
  takeNumbers(addresses: string[], destination: Destination, starters: string[]): void {
    if (addresses.length === 0) return;
    this.typed.numbers = this.typed.numbers.filter((line) => line.address.trim() !== '');
    this.#addLines(addresses, destination, starters);
  }

  #addLines(addresses: string[], destination: Destination, starters: string[]): void {
    const lines = addresses.map((address) => ({
      address,
      destination: { ...destination },
      starters: [...starters],
      key: nextKey++,
    }));
    this.typed.numbers = [...this.typed.numbers, ...lines];
  }

  dropNumber(key: number): void {
    this.typed.numbers = this.typed.numbers.filter((line) => line.key !== key);
    // The others have other places now, and are looked at again when they are saved.
    this.mend('numbers');
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

  get complete(): boolean {
    const provider = this.provider;
    if (!provider) return false;
    return provider.fields.every((field) => {
      if (!field.required) return true;
      if (field.kind !== 'secret') return Boolean(this.typed.values[field.name]?.trim());
      const set = this.channel?.secrets_set.includes(field.name) ?? false;
      return set || Boolean(this.typed.secrets[field.name]?.trim());
    });
  }

  /** A field whose shape is known to be wrong. */
  shapeless(): string | null {
    const bad = this.provider?.fields.find((field) => {
      const value = (field.kind === 'secret' ? this.typed.secrets : this.typed.values)[field.name];
      return value ? looksRight(field, value) === false : false;
    });
    return bad?.label ?? null;
  }

  #credentials(): ChannelChange {
    const secrets = Object.fromEntries(
      Object.entries(this.typed.secrets)
        .map(([name, value]) => [name, value.trim()] as const)
        .filter(([, value]) => value !== ''),
    );
    const values = Object.fromEntries(
      Object.entries(this.typed.values).map(([name, value]) => [name, value.trim()]),
    );
    return { name: this.typed.name.trim(), values, secrets };
  }

  #numbers(): ChannelChange {
    const filled = this.typed.numbers.filter((line) => line.address.trim() !== '');
    return {
      numbers: filled.map(({ id, address, destination, starters }) => ({
        ...(id ? { id } : {}),
        address: address.trim(),
        destination,
        starters,
      })),
    };
  }

  #guard(): ChannelChange {
    const user = this.typed.webhook_user.trim();
    const password = this.typed.webhook_password;
    const kept = this.channel?.secrets_set.includes('webhook_password') ?? false;
    // A name that is emptied takes its password with it.
    const secret = password || (user === '' && kept) ? { webhook_password: password } : null;
    return {
      webhook_user: user,
      allowed_networks: networksOf(this.typed.networks),
      ...(secret ? { secrets: secret } : {}),
    };
  }

  #options(): ChannelChange {
    const base = this.provider?.base_url ? { base_url: this.typed.base_url.trim() } : {};
    const answers = this.provider?.answers_keywords
      ? {}
      : { stop_text: this.typed.stop_text.trim(), help_text: this.typed.help_text.trim() };
    return {
      ...answers,
      rate: Number(this.typed.rate),
      auto_close_days: Number(this.typed.auto_close_days || 0),
      file_text: this.typed.file_text,
      ...base,
    };
  }

  /** Saves the credentials and asks the provider about them. */
  async check(): Promise<boolean> {
    return this.#try(async () => {
      const id = this.#id();
      const numbers = this.typed.numbers;
      const channel = await channelAdmin.change(id, {
        ...this.#credentials(),
        ...(this.provider?.base_url ? { base_url: this.typed.base_url.trim() } : {}),
      });
      this.#kept(channel, numbers);
      return this.#ask();
    });
  }

  /** Asks the provider once more; what is not saved of a draft is saved before. */
  async checkAgain(): Promise<boolean> {
    return this.isDraft ? this.check() : this.#try(() => this.#ask());
  }

  async #ask(): Promise<boolean> {
    this.health = await channelAdmin.check(this.#id());
    this.#asked = this.#credentialsTyped;
    return this.health.state === 'connected';
  }

  async saveNumbers(): Promise<boolean> {
    return this.#try(async () => {
      this.#kept(await channelAdmin.change(this.#id(), this.#numbers()));
      return true;
    });
  }

  /** Behind a tunnel every caller would look like the tunnel, and be refused. */
  get blind(): boolean {
    return (
      networksOf(this.typed.networks).length > 0 && deskSettings.value?.proxy_header === 'none'
    );
  }

  /** Whether a list that shuts everybody out is meant. */
  async #meant(): Promise<boolean> {
    const before = this.channel?.allowed_networks.join('\n') ?? '';
    if (!this.blind || networksOf(this.typed.networks).join('\n') === before) return true;
    this.asking = true;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answerBlind(anyway: boolean): void {
    this.asking = false;
    this.#answer?.(anyway);
    this.#answer = null;
  }

  /** Saves who may call the webhook. */
  async saveGuard(): Promise<boolean> {
    if (!(await this.#meant())) return false;
    const locks = this.typed.webhook_password !== '';
    const saved = await this.#saveGuard();
    if (saved && locks) this.locked = true;
    return saved;
  }

  #saveGuard(): Promise<boolean> {
    return this.#try(async () => {
      const { numbers } = this.typed;
      this.#kept(await channelAdmin.change(this.#id(), this.#guard()), numbers);
      return true;
    });
  }

  /** What was typed is saved before the provider is told to call us. */
  async saveBefore(): Promise<boolean> {
    if (this.isDraft) return this.saveGuard();
    return this.dirty ? this.saveAll() : true;
  }

  /** Saves the options; a new channel starts to work. */
  async saveOptions(): Promise<boolean> {
    return this.#try(async () => {
      const state = this.isDraft ? { state: 'active' as const } : {};
      const change = { ...this.#options(), ...state };
      this.#kept(await channelAdmin.change(this.#id(), change));
      return true;
    });
  }

  /** Saves everything at once, for a channel that exists. */
  async saveAll(): Promise<boolean> {
    this.gather?.();
    if (!(await this.#meant())) return false;
    const locks = this.typed.webhook_password !== '';
    const saved = await this.#saveAll();
    if (saved && locks) this.locked = true;
    return saved;
  }

  #saveAll(): Promise<boolean> {
    return this.#try(async () => {
      const [credentials, guard] = [this.#credentials(), this.#guard()];
      const secrets = { ...credentials.secrets, ...guard.secrets };
      const change = {
        ...credentials,
        ...this.#numbers(),
        ...guard,
        ...this.#options(),
        secrets,
      };
      this.#kept(await channelAdmin.change(this.#id(), change));
      this.health = this.channel?.health ?? null;
      this.#asked = this.#credentialsTyped;
      return true;
    });
  }

  async look(): Promise<void> {
    this.channel = await channelAdmin.get(this.#id());
  }

  revert(): void {
    if (this.channel) this.#take(this.channel);
  }

  #kept(channel: Channel, numbers?: NumberLine[]): void {
    const open = this.isDraft && numbers ? numbers : null;
    this.channel = channel;
    this.typed = typedFrom(channel);
    if (open && this.typed.numbers.length === 0) this.typed.numbers = open;
    this.#saved = JSON.stringify(this.typed);
  }

  #id(): string {
    return this.channel?.id ?? '';
  }

  async #try(act: () => Promise<boolean | void>): Promise<boolean> {
    this.busy = true;
    this.wrong = {};
    this.problem = '';
    try {
      return (await act()) !== false;
    } catch (error) {
      this.wrong = fields(error);
      const told = code(error) === 'invalid' && Object.keys(this.wrong).length > 0;
      this.problem = told ? '' : sentence(error);
      // A field that no step shows still has to be told.
      if (told && !this.problem) this.problem = Object.values(this.wrong)[0] ?? '';
      return false;
    } finally {
      this.busy = false;
    }
  }
}

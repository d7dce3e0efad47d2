/** What a provider's own API does for the person who sets a channel up. */
import { channelAdmin } from './admin.svelte';
import type { ChannelForm } from './channel-form.svelte';
import { code, failure, sentence } from './problem';
import type { Destination, ListedNumber, Said, WebhookSet } from './types';

/** A call to the provider: busy, or what went wrong, in its own words too. */
export class Attempt {
  busy = $state(false);
  problem = $state('');
  code = $state('');
  failure = $state.raw<Said | null>(null);

  async run(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    this.code = '';
    this.failure = null;
    try {
      await act();
    } catch (error) {
      this.problem = sentence(error);
      this.code = code(error);
      this.failure = failure(error);
    } finally {
      this.busy = false;
    }
  }
}

export class NumberFetch {
  readonly attempt = new Attempt();
  listed = $state.raw<ListedNumber[] | null>(null);
  chosen = $state<Record<string, boolean>>({});

  constructor(private readonly form: ChannelForm) {}

  #here = $derived.by(
    () => new Set(this.form.typed.numbers.map((line) => line.address.replace(/[\s().-]/g, ''))),
  );

  /** Whether it stands in the form or in the channel already. */
  isAdded(number: ListedNumber): boolean {
    return this.#here.has(number.address);
  }

  get picked(): ListedNumber[] {
    return (this.listed ?? []).filter(
      (number) => this.chosen[number.address] && !this.isAdded(number),
    );
  }

  async fetch(): Promise<void> {
    await this.attempt.run(async () => {
      const id = this.form.channel?.id ?? '';
      this.listed = await channelAdmin.numbers(id);
      // What works is what most people want; what has a problem is theirs to choose.
      this.chosen = Object.fromEntries(
        this.listed.map((number) => [
          number.address,
          !number.problem && !this.isAdded(number) && !number.in_channel,
        ]),
      );
    });
  }

  /** Puts what is chosen into the form, all with one destination and one circle of people. */
  add(destination: Destination, starters: string[]): void {
    this.form.takeNumbers(
      this.picked.map((number) => number.address),
      destination,
      starters,
    );
    this.chosen = {};
  }
}

export class WebhookSetting {
  readonly attempt = new Attempt();
  result = $state.raw<WebhookSet | null>(null);

  constructor(private readonly form: ChannelForm) {}

  async set(): Promise<void> {
    this.result = null;
    if (!(await this.form.saveBefore())) return;
    await this.attempt.run(async () => {
      this.result = await channelAdmin.setWebhook(this.form.channel?.id ?? '');
      await this.form.look();
    });
  }
}

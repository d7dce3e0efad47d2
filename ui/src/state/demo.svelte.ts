/** The simulated customers beside the inbox. */
import * as api from '../api/calls';
import { newKey } from '../device/key';
import { t } from '../i18n';
import { me } from './me.svelte';
import { code, sentence } from './problem';
import { Soon } from './soon';
import { toasts } from './toasts.svelte';
import type { Demo, DemoFaults, Persona } from './types';

/** What was typed on a customer's phone and has not come up in the conversation. */
export interface Typed {
  key: string;
  persona: string;
  text: string;
  at: number;
  /** The last number of the conversation before it. */
  after: number;
}

function arrived(line: Typed, persona: string | undefined, demo: Demo): boolean {
  if (line.persona !== persona) return false;
  return demo.conversation.some(
    (message) =>
      message.direction === 'in' && message.seq > line.after && message.text === line.text,
  );
}

class DemoState {
  #typed = $state.raw<Typed[]>([]);
  #demo = $state.raw<Demo | null>(null);
  personaId = $state<string>('');
  /** Whether the core has a demo at all; `null`: not asked yet. */
  exists = $state<boolean | null>(null);
  #refresh = new Soon(() => this.load(), 80, 500);

  get personas(): Persona[] {
    return this.#demo?.personas ?? [];
  }

  get persona(): Persona | undefined {
    return this.personas.find((persona) => persona.id === this.personaId) ?? this.personas[0];
  }

  get conversation() {
    return this.#demo?.conversation ?? [];
  }

  /** Stays on the phone, grey, until the desk could read it. */
  get unseen(): Typed[] {
    return this.#typed.filter((line) => line.persona === this.persona?.id);
  }

  get faults(): DemoFaults | null {
    return this.#demo?.faults ?? null;
  }

  get channelId(): string | null {
    return this.#demo?.channel_id ?? null;
  }

  get open(): boolean {
    return this.exists === true && me.preferences.demo;
  }

  async load(): Promise<void> {
    try {
      let demo = await api.demo.get(this.personaId || undefined);
      const first = demo.personas[0];
      if (!this.personaId && first) {
        this.personaId = first.id;
        demo = await api.demo.get(first.id);
      }
      this.#demo = demo;
      this.#typed = this.#typed.filter((line) => !arrived(line, this.persona?.id, demo));
      this.exists = true;
    } catch (error) {
      if (code(error) === 'not_found' || code(error) === 'forbidden') {
        this.#demo = null;
        this.exists = false;
      }
    }
  }

  /** Something was said somewhere: the phone may show it. */
  stirred(): void {
    if (this.open) this.#refresh.run();
  }

  async choose(persona: string): Promise<void> {
    this.personaId = persona;
    await this.load();
  }

  async say(text: string, photo = false): Promise<boolean> {
    const persona = this.persona?.id;
    if (!persona) return false;
    const after = this.conversation[this.conversation.length - 1]?.seq ?? 0;
    const line = { key: newKey(), persona, text, at: Date.now(), after };
    try {
      await api.demo.say({ persona, text: text || undefined, photo: photo || undefined });
      if (text) this.#typed = [...this.#typed, line];
      await this.load();
      return true;
    } catch (error) {
      toasts.bad(t('demo.say_failed'), sentence(error));
      return false;
    }
  }

  async setFault(name: keyof DemoFaults, on: boolean): Promise<void> {
    try {
      const faults = await api.demo.faults({ [name]: on });
      if (this.#demo) this.#demo = { ...this.#demo, faults };
    } catch (error) {
      toasts.bad(t('demo.fault_failed'), sentence(error));
      await this.load();
    }
  }

  async remove(): Promise<void> {
    try {
      await api.demo.remove();
      this.#demo = null;
      this.exists = false;
      this.personaId = '';
      toasts.good(t('demo.removed'));
    } catch (error) {
      toasts.bad(t('demo.remove_failed'), sentence(error));
    }
  }

  async add(): Promise<void> {
    try {
      await api.demo.add();
      await this.load();
      await me.prefer({ demo: true });
    } catch (error) {
      toasts.bad(t('demo.add_failed'), sentence(error));
    }
  }

  clear(): void {
    this.#demo = null;
    this.#typed = [];
    this.exists = null;
    this.personaId = '';
  }
}

export const demo = new DemoState();

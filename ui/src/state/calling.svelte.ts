/** Calling a customer: by a link on this device, or through the provider. */
import * as api from '../api/calling';
import { newKey } from '../device/key';
import { t } from '../i18n';
import { who } from './alerts.svelte';
import { me } from './me.svelte';
import { channels } from './nouns.svelte';
import { code, sentence } from './problem';
import { Submission } from './submission.svelte';
import { toasts } from './toasts.svelte';
import type { CallMethod, CallStarted, Calling, Session } from './types';

export const METHODS = [
  'tel',
  'sip',
  'callto',
  'pattern',
  'provider',
] as const satisfies readonly CallMethod[];

/** Whether there is a telephone to call, and somebody here who may answer. */
export function callable(session: Session): boolean {
  const phone = channels.provider(session.provider)?.identity === 'phone';
  return phone && session.address.startsWith('+') && session.permits.answer;
}

/** What the page hands to the device. A web address opens beside the desk, never in its place. */
export function openLink(link: string): void {
  const anchor = document.createElement('a');
  anchor.href = link;
  if (/^https?:/i.test(link)) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  anchor.click();
}

class CallingState {
  value = $state.raw<Calling | null>(null);
  /** The session that is being called. */
  busy = $state<string | null>(null);

  async load(): Promise<void> {
    this.value = await api.calling.get();
  }

  async save(wish: Calling): Promise<void> {
    this.value = await api.calling.set(wish);
  }

  /** Opens the link that a method makes of a number. */
  async tryOut(wish: Calling, number: string): Promise<void> {
    openLink((await api.calling.try(wish, number)).link);
  }

  async call(session: Session): Promise<void> {
    if (!callable(session) || this.busy !== null) return;
    if (!me.mayCall) return toasts.bad(t('call.not_allowed'));
    this.busy = session.id;
    const name = who(session);
    try {
      this.#tell(name, await this.#start(session.id));
    } catch (error) {
      toasts.bad(t('call.failed', { name }), sentence(error));
    } finally {
      this.busy = null;
    }
  }

  /** Asks; a lost line is asked again under the same key, so that nobody is called twice. */
  async #start(session: string): Promise<CallStarted> {
    const key = newKey();
    try {
      return await api.calling.start(session, key);
    } catch (error) {
      if (code(error) !== 'line_down') throw error;
      return await api.calling.start(session, key);
    }
  }

  #tell(name: string, { call, link }: CallStarted): void {
    if (link) return openLink(link);
    if (call.state === 'failed') return toasts.bad(t('call.failed', { name }), call.reason ?? '');
    if (call.state === 'uncertain')
      return toasts.bad(t('call.uncertain'), t('call.uncertain_hint'));
    toasts.good(t('call.your_phone', { name }));
  }
}

export const calling = new CallingState();

/** The own method as it is typed. */
export class CallingForm {
  typed = $state<Calling>({ method: 'tel', pattern: '', phone: '' });
  number = $state('');
  unread = $state('');
  readonly sending = new Submission(['pattern', 'phone']);
  readonly trying = new Submission(['number', 'pattern']);

  dirty = $derived.by(() => {
    const saved = calling.value;
    if (!saved) return false;
    const { method, pattern, phone } = this.typed;
    return method !== saved.method || pattern !== saved.pattern || phone !== saved.phone;
  });

  async load(): Promise<void> {
    try {
      await calling.load();
      this.revert();
    } catch (error) {
      this.unread = sentence(error);
    }
  }

  revert(): void {
    if (calling.value) this.typed = { ...calling.value };
    this.sending.clear();
  }

  async save(): Promise<void> {
    const wish = $state.snapshot(this.typed);
    if (!(await this.sending.run(() => calling.save(wish)))) return;
    this.revert();
    toasts.good(t('form.saved'));
  }

  async tryOut(): Promise<void> {
    const wish = $state.snapshot(this.typed);
    await this.trying.run(() => calling.tryOut(wish, this.number));
  }
}

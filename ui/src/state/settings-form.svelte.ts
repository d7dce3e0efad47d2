/** Some of the desk's settings as a form: what was typed, what is saved. */
import { t } from '../i18n';
import { LANGUAGES } from '../i18n/languages';
import { deskSettings } from './admin.svelte';
import { sentence } from './problem';
import { Submission } from './submission.svelte';
import { toasts } from './toasts.svelte';
import type { ProxyHeader, Settings } from './types';

type Name =
  | 'business_name'
  | 'public_url'
  | 'country'
  | 'customer_language'
  | 'proxy_header'
  | 'drafts_visible';

export const PROXY_HEADERS = [
  'none',
  'x_forwarded_for',
  'cf_connecting_ip',
] as const satisfies readonly ProxyHeader[];

export class SettingsForm {
  typed = $state<Record<Name, string>>({
    business_name: '',
    public_url: '',
    country: '',
    customer_language: 'en',
    proxy_header: 'none',
    drafts_visible: 'true',
  });
  /** Why the settings could not be read. */
  unread = $state('');
  readonly sending: Submission;

  constructor(private readonly names: readonly Name[]) {
    this.sending = new Submission(names);
  }

  dirty = $derived.by(() => {
    const saved = deskSettings.value;
    return saved !== null && this.names.some((name) => this.typed[name] !== text(saved, name));
  });

  /** What is known is shown at once; what is typed while it is asked for again stays. */
  async load(): Promise<void> {
    this.revert();
    const shown = JSON.stringify(this.typed);
    try {
      await deskSettings.load();
      if (JSON.stringify(this.typed) === shown) this.revert();
    } catch (error) {
      this.unread = sentence(error);
    }
  }

  revert(): void {
    const saved = deskSettings.value;
    if (!saved) return;
    for (const name of this.names) this.typed[name] = text(saved, name);
    this.sending.clear();
  }

  async save(): Promise<void> {
    const typed = (name: Name) => (this.names.includes(name) ? this.typed[name].trim() : null);
    const change = {
      business_name: typed('business_name'),
      public_url: typed('public_url'),
      country: typed('country'),
      customer_language: LANGUAGES.find((one) => one === typed('customer_language')) ?? null,
      drafts_visible: this.names.includes('drafts_visible')
        ? this.typed.drafts_visible === 'true'
        : null,
      proxy_header: PROXY_HEADERS.find((header) => header === typed('proxy_header')) ?? null,
    };
    if (!(await this.sending.run(() => deskSettings.change(change)))) return;
    this.revert();
    toasts.good(t('form.saved'));
  }
}

function text(settings: Settings, name: Name): string {
  return String(settings[name] ?? '');
}

/** Whether only this computer reaches an address such as `127.0.0.1:8788`. */
export function onlyHere(address: string): boolean {
  const host = address.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  return /^127\.|^localhost$|^\[?::1\]?$/.test(host);
}

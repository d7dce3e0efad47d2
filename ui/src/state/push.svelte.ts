/** Push on this device: whether it can be, whether it is, and how to switch it on. */
import * as api from '../api/calls';
import { onDesktop } from '../api/desktop';
import { t } from '../i18n';
import { keepWords } from './push-words';
import { sentence } from './problem';
import type { AlertKind, PushState } from './types';

/** Why a device cannot be told. */
export type WhyNot = 'desktop' | 'insecure' | 'ios' | 'unsupported' | 'denied';

export interface Surroundings {
  desktop: boolean;
  secure: boolean;
  /** An iPhone or iPad, and whether the page was opened from the home screen. */
  apple: boolean;
  installed: boolean;
  workers: boolean;
  push: boolean;
  permission: NotificationPermission;
}

/** Pure: what stands in the way, the first first. */
export function whyNot(here: Surroundings): WhyNot | null {
  if (here.desktop) return 'desktop';
  if (!here.secure) return 'insecure';
  if (here.apple && !here.installed) return 'ios';
  if (!here.workers || !here.push) return 'unsupported';
  return here.permission === 'denied' ? 'denied' : null;
}

function surroundings(): Surroundings {
  const touchMac = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return {
    desktop: onDesktop,
    secure: globalThis.isSecureContext,
    apple: /iPhone|iPad/.test(navigator.userAgent) || touchMac,
    installed: matchMedia('(display-mode: standalone)').matches,
    workers: 'serviceWorker' in navigator,
    push: 'PushManager' in globalThis,
    permission: 'Notification' in globalThis ? Notification.permission : 'denied',
  };
}

/** A key in base64url as bytes. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

class Push {
  state = $state.raw<PushState | null>(null);
  reason = $state<WhyNot | null>(null);
  busy = $state(false);
  problem = $state('');
  #registration: ServiceWorkerRegistration | null = null;

  get on(): boolean {
    return this.state?.on === true;
  }

  /** The worker that shows notifications, while push is on. */
  get registration(): ServiceWorkerRegistration | null {
    return this.on ? this.#registration : null;
  }

  async load(): Promise<void> {
    this.reason = whyNot(surroundings());
    if (this.reason === 'desktop') return;
    try {
      this.state = await api.push.state();
      this.problem = '';
      if (this.on && !this.reason) await this.#renew();
    } catch (error) {
      this.problem = sentence(error);
    }
  }

  /** A browser may have forgotten or changed its subscription. */
  async #renew(): Promise<void> {
    const registration = await this.#register();
    const known = await registration.pushManager.getSubscription();
    if (known) await this.#tell(known);
    else if (Notification.permission === 'granted') await this.#subscribe(registration);
  }

  async #register(): Promise<ServiceWorkerRegistration> {
    await navigator.serviceWorker.register('./sw.js');
    this.#registration = await navigator.serviceWorker.ready;
    await keepWords();
    return this.#registration;
  }

  async #subscribe(registration: ServiceWorkerRegistration): Promise<void> {
    const { key } = await api.push.key();
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(key),
    });
    await this.#tell(subscription);
  }

  async #tell(subscription: PushSubscription): Promise<void> {
    const { endpoint, keys } = subscription.toJSON();
    if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error(t('push.no_subscription'));
    this.state = await api.push.subscribe({
      endpoint,
      keys: { p256dh: keys.p256dh, auth: keys.auth },
    });
  }

  async switchOn(): Promise<void> {
    await this.#doing(async () => {
      const permission = await Notification.requestPermission();
      this.reason = whyNot(surroundings());
      if (permission !== 'granted') return;
      const registration = await this.#register();
      // One that another desk or user left is of no use.
      await (await registration.pushManager.getSubscription())?.unsubscribe();
      await this.#subscribe(registration);
    });
  }

  async switchOff(): Promise<void> {
    await this.#doing(async () => {
      await api.push.unsubscribe();
      this.state = { on: false };
      await this.forget();
    });
  }

  /** Signing out ends it at the desk; the browser forgets it here. */
  async forget(): Promise<void> {
    this.state = null;
    const subscription = await this.#registration?.pushManager.getSubscription();
    await subscription?.unsubscribe().catch(() => false);
  }

  async test(kind: AlertKind): Promise<void> {
    await this.#doing(async () => {
      await api.push.test(kind);
      this.state = await api.push.state();
    });
  }

  /** What was read here needs no notification any more. */
  async seen(session: string): Promise<void> {
    const shown = await this.#registration?.getNotifications({ tag: session });
    for (const one of shown ?? []) one.close();
  }

  async #doing(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    try {
      await work();
    } catch (error) {
      this.problem = sentence(error);
    } finally {
      this.busy = false;
    }
  }
}

export const push = new Push();

/** What rings for me, as the desk keeps it. Changes count at once; the desk hears of them after. */
import * as api from '../api/calls';
import { t } from '../i18n';
import { rowOf, UNKNOWN } from './alert-rules';
import { sentence } from './problem';
import { toasts } from './toasts.svelte';
import type { AlertKind, AlertRow, Alerts } from './types';

class AlertSettings {
  value = $state.raw<Alerts>(UNKNOWN);
  loaded = $state(false);
  problem = $state('');
  /** What the desk has. */
  #kept: Alerts = UNKNOWN;
  #waiting = false;
  #sending: Promise<void> | null = null;

  async load(): Promise<void> {
    // What was changed here a moment ago is newer than what the desk says.
    if (this.#sending) return;
    try {
      this.#kept = await api.alerts.get();
      if (!this.#sending) this.value = this.#kept;
      this.loaded = true;
      this.problem = '';
    } catch (error) {
      this.problem = sentence(error);
    }
  }

  clear(): void {
    this.value = UNKNOWN;
    this.loaded = false;
  }

  async change(change: Partial<Alerts>): Promise<void> {
    this.value = { ...this.value, ...change };
    this.#waiting = true;
    this.#sending ??= this.#send();
    await this.#sending;
  }

  async changeRow(kind: AlertKind, change: Partial<AlertRow>): Promise<void> {
    const row = { ...rowOf(this.value, kind), ...change };
    const others = this.value.rows.filter((one) => one.kind !== kind);
    await this.change({ rows: [...others, row] });
  }

  /** One at a time, the last wish wins; what the desk does not take is undone. */
  async #send(): Promise<void> {
    try {
      while (this.#waiting) {
        this.#waiting = false;
        this.#kept = await api.alerts.change(this.value);
      }
    } catch (error) {
      toasts.bad(t('alerts.not_kept'), sentence(error));
      this.value = this.#kept;
      this.#waiting = false;
    } finally {
      this.#sending = null;
    }
  }
}

export const alertSettings = new AlertSettings();

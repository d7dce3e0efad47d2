/**
 * What people do to sessions: one or many, from wherever it was asked for. Says what became of it,
 * and offers to take it back for ten seconds where the core can.
 */
import * as api from '../api/calls';
import { type Key, spoken, t } from '../i18n';
import { weekdayMoment } from '../i18n/time';
import { addressed } from './filter';
import type { Verb } from './offers';
import { panels } from './panels.svelte';
import { sentence } from './problem';
import { address, route } from './route.svelte';
import { selection } from './selection.svelte';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';
import type { BulkOperation, Session, SessionVerb, Target } from './types';

const UNDO = 10_000;

type Plain = Exclude<Verb, 'transfer' | 'snooze' | 'copy-link' | 'download'>;

const BULK: Record<Exclude<Plain, 'take-over'>, BulkOperation> = {
  'pick-up': { kind: 'pick_up' },
  wake: { kind: 'wake' },
  read: { kind: 'mark_read' },
  unread: { kind: 'mark_unread' },
  mute: { kind: 'mute' },
  unmute: { kind: 'unmute' },
  archive: { kind: 'archive' },
  unarchive: { kind: 'unarchive' },
  end: { kind: 'end' },
  remove: { kind: 'remove' },
};
/** What the core can take back. */
const UNDOABLE: Verb[] = ['pick-up', 'take-over', 'transfer', 'archive', 'end', 'remove'];

class Acts {
  /** What can be taken back, and until when. */
  #last: { ids: string[]; until: number } | null = null;

  /** The sessions that a key or the palette means: the chosen rows, else the one on the screen. */
  get meant(): Session[] {
    const ids = selection.any ? [...selection.ids] : sessions.currentId ? [sessions.currentId] : [];
    return ids
      .map((id) => sessions.known.get(id))
      .filter((session): session is Session => session !== undefined);
  }

  /** Does it, or opens the dialog that asks first. */
  async run(verb: Verb, ids: string[]): Promise<boolean> {
    const one = ids[0];
    if (one === undefined) return false;
    if (verb === 'transfer' || verb === 'snooze' || verb === 'end' || verb === 'remove') {
      panels.about(verb, ids);
      return false;
    }
    if (verb === 'copy-link') return this.#copyLink(one);
    if (verb === 'download') return this.#download(one);
    return this.does(verb, ids);
  }

  /** Does it without asking. */
  async does(verb: Plain, ids: string[]): Promise<boolean> {
    const next = sessions.after(ids);
    const done = await this.#plain(verb, ids);
    if (done.length === 0) return false;
    if (verb === 'archive' || verb === 'remove') this.#goOn(done, next);
    // Left open it would be read again at once.
    if (verb === 'unread') this.#goOn(done, null);
    if (verb === 'pick-up' && done[0] === sessions.currentId) panels.compose('reply');
    if (verb === 'remove') for (const id of done) sessions.unlist(id);
    if (UNDOABLE.includes(verb) && verb !== 'pick-up' && verb !== 'take-over') {
      this.#offerUndo(
        t(`acted.${verb as 'archive' | 'end' | 'remove'}`, { count: done.length }),
        done,
      );
    } else if (UNDOABLE.includes(verb)) this.#remember(done);
    return true;
  }

  async #plain(verb: Plain, ids: string[]): Promise<string[]> {
    const one = ids[0] ?? '';
    if (verb === 'take-over') return (await sessions.act(one, verb)) ? [one] : [];
    if (ids.length > 1 || verb === 'read' || verb === 'remove') {
      return this.#many(ids, BULK[verb], `act.${verb}.failed`);
    }
    return (await sessions.act(one, verb satisfies SessionVerb)) ? [one] : [];
  }

  /** Puts sessions aside; `null`: until the customer writes. */
  async snooze(ids: string[], until: number | null): Promise<boolean> {
    const next = sessions.after(ids);
    const done = await this.#many(ids, { kind: 'snooze', until }, 'act.snooze.failed');
    if (done.length === 0) return false;
    this.#goOn(done, next);
    const now = Date.now();
    const title =
      until === null
        ? t('acted.snooze_reply', { count: done.length })
        : t('acted.snooze', { count: done.length, time: weekdayMoment(until, now) });
    toasts.show(
      {
        title,
        tone: 'good',
        about: 'acted',
        act: { label: t('action.undo'), run: () => void this.does('wake', done) },
      },
      UNDO,
    );
    return true;
  }

  async transfer(ids: string[], to: Target, note: string, name: string): Promise<boolean> {
    for (const id of ids) sessions.given(id, name);
    const done = await this.#many(ids, { kind: 'transfer', to, note }, 'transfer.failed');
    if (done.length === 0) return false;
    this.#offerUndo(
      done.length === 1
        ? t('transfer.done', { name })
        : t('acted.transfer', { count: done.length, name }),
      done,
    );
    return true;
  }

  /** What was on the screen left the list: the next one takes its place. */
  #goOn(done: string[], next: string | null): void {
    if (route.section !== 'inbox' || !done.includes(sessions.currentId ?? '')) return;
    const { folder, filter, sort } = sessions.query;
    const query = { ...addressed(filter, sort), view: route.query('view') };
    route.go(next ? ['inbox', folder, next] : ['inbox', folder], query);
  }

  /** Does one thing to each; says what was refused and why. Answers those that were done. */
  async #many(ids: string[], operation: BulkOperation, failed: Key): Promise<string[]> {
    try {
      const { results } = await api.sessions.many(ids, operation);
      const refused = results.filter((one) => one.refused);
      const words = [...new Set(refused.map((one) => spoken(one.refused?.message ?? '')))].join(
        ' ',
      );
      const fails = t(failed as 'transfer.failed');
      if (refused.length > 0) {
        toasts.bad(
          ids.length === 1 ? fails : t('acted.refused', { count: refused.length, of: ids.length }),
          words,
        );
      }
      await this.#refresh(results.map((one) => one.id));
      return results.filter((one) => !one.refused).map((one) => one.id);
    } catch (error) {
      toasts.bad(t(failed as 'transfer.failed'), sentence(error));
      return [];
    }
  }

  async #refresh(ids: string[]): Promise<void> {
    const one = ids[0];
    if (ids.length === 1 && one !== undefined) await sessions.fetch(one);
    else for (const id of ids) sessions.changed(id, true);
    sessions.recount();
  }

  #remember(ids: string[]): void {
    this.#last = { ids, until: Date.now() + UNDO };
  }

  #offerUndo(title: string, ids: string[]): void {
    this.#remember(ids);
    toasts.show(
      {
        title,
        tone: 'good',
        about: 'acted',
        act: { label: t('action.undo'), run: () => void this.#undo(ids) },
      },
      UNDO,
    );
  }

  /** Takes back what was done last, if that was a moment ago. */
  async undo(): Promise<void> {
    const last = this.#last;
    if (!last || Date.now() > last.until) toasts.show({ title: t('acted.nothing') }, 3500);
    else await this.#undo(last.ids);
  }

  async #undo(ids: string[]): Promise<void> {
    this.#last = null;
    toasts.dropAbout('acted');
    const done = await this.#many(ids, { kind: 'undo' }, 'act.undo.failed');
    if (done.length > 0) toasts.good(t('acted.undone'));
  }

  async ask(id: string, text: string): Promise<boolean> {
    try {
      await api.sessions.ask(id, text);
      toasts.good(t('ask.done'));
      return true;
    } catch (error) {
      toasts.bad(t('ask.failed'), sentence(error));
      return false;
    }
  }

  async #copyLink(id: string): Promise<boolean> {
    const base = location.href.split('#')[0] ?? '';
    await copyText(base + address(['inbox', 'recent', id]));
    toasts.good(t('acted.link'));
    return true;
  }

  async #download(id: string): Promise<boolean> {
    const session = sessions.known.get(id);
    const name = `${session?.contact_name || session?.address || id}.txt`;
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const blob = await api.sessions.transcript(id, zone);
      saveAs(blob, name);
      return true;
    } catch (error) {
      toasts.bad(t('file.failed', { name }), sentence(error));
      return false;
    }
  }
}

/** Hands a file to whoever keeps downloads. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Pages that came over plain HTTP in the office have no clipboard: there the old way works. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement('textarea');
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand('copy');
  box.remove();
}

export const acts = new Acts();

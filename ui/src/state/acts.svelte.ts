/**
 * What people do to sessions: one or many, from wherever it was asked for. Says what became of it,
 * and offers to take it back for ten seconds where the core can.
 */
import * as api from '../api/calls';
import { copyText } from '../device/clipboard';
import { type Key, spoken, t } from '../i18n';
import { weekdayMoment } from '../i18n/time';
import { calling } from './calling.svelte';
import { details } from './details.svelte';
import { drafts } from './drafts.svelte';
import { goInList } from './in-list';
import type { Verb } from './offers';
import { outbox } from './outbox.svelte';
import { panels } from './panels.svelte';
import { sentence } from './problem';
import { address, route } from './route.svelte';
import { selection } from './selection.svelte';
import { sessions } from './sessions.svelte';
import { toasts } from './toasts.svelte';
import type { BulkOperation, Session, SessionVerb, Target } from './types';
import { undo } from './undo';

type Plain = Exclude<Verb, 'label' | Opening | 'transfer' | 'snooze'>;

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
/** What leads somewhere or opens something, and changes nothing by itself. */
const OPENING = [
  'reply',
  'note',
  'call',
  'add-to-contacts',
  'contact',
  'details',
  'find',
  'copy-link',
  'download',
] as const satisfies readonly Verb[];
type Opening = (typeof OPENING)[number];

/** What the core can take back. */
const UNDOABLE = ['pick-up', 'archive', 'end', 'remove'] as const satisfies readonly Plain[];
type Undoable = (typeof UNDOABLE)[number];
/** What takes back what is done to one's own lists alone. */
const BACK = { mute: 'unmute', unmute: 'mute', unarchive: 'archive' } as const satisfies Partial<
  Record<Plain, Plain>
>;

function isUndoable(verb: Plain): verb is Undoable {
  return (UNDOABLE as readonly Plain[]).includes(verb);
}

function hasBack(verb: Plain): verb is keyof typeof BACK {
  return verb in BACK;
}

function isOpening(verb: Verb): verb is Opening {
  return (OPENING as readonly Verb[]).includes(verb);
}

class Acts {
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
    if (verb === 'label') {
      panels.about(ids.length > 1 ? 'label-many' : 'labels', ids);
      return true;
    }
    if (isOpening(verb)) return this.#opens(verb, one);
    return this.does(verb, ids);
  }

  async #opens(verb: Opening, id: string): Promise<boolean> {
    const session = sessions.known.get(id);
    switch (verb) {
      case 'copy-link':
        return this.#copyLink(id);
      case 'download':
        return this.#download(id);
      case 'reply':
      case 'note':
        this.there(id, () => panels.compose(verb));
        return true;
      case 'find':
        this.there(id, () => (panels.finding += 1));
        return true;
      case 'details':
        if (id === sessions.currentId) details.toggle();
        else this.there(id, () => details.show());
        return true;
      case 'add-to-contacts':
        panels.about('contact', [id]);
        return true;
      case 'contact':
        if (session) route.go(['contacts', session.contact_id]);
        return true;
      case 'call':
        if (session) await calling.call(session);
        return true;
    }
  }

  /** Shows a session, and does something there once it is on the screen. */
  there(id: string, deed: () => void): void {
    if (route.section === 'inbox' && sessions.currentId === id) return deed();
    panels.later = { id, deed };
    goInList(id);
  }

  /** Does it without asking. */
  async does(verb: Plain, ids: string[]): Promise<boolean> {
    const next = sessions.after(ids);
    const snoozes = verb === 'wake' ? ids.map((id) => sessions.known.get(id)) : [];
    const done = await this.#plain(verb, ids);
    if (done.length === 0) return false;
    if (verb === 'archive' || verb === 'remove') this.#goOn(done, next);
    // Left open it would be read again at once.
    if (verb === 'unread') this.#goOn(done, null);
    if (verb === 'pick-up' && done[0] === sessions.currentId) this.#write(done[0]);
    if (verb === 'remove') for (const id of done) sessions.unlist(id);
    const count = done.length;
    if (verb === 'take-over') this.#offerUndo(t('acted.take-over'), done);
    else if (isUndoable(verb)) this.#offerUndo(t(`acted.${verb}`, { count }), done);
    else if (hasBack(verb)) undo.remember(t(`verb.${verb}`), () => this.#back(verb, done));
    else if (verb === 'wake') {
      undo.remember(t('verb.wake'), () => this.#snoozeAgain(snoozes, done));
    }
    return true;
  }

  /** Takes back by the opposite. */
  async #back(verb: keyof typeof BACK, ids: string[]): Promise<boolean> {
    const back = BACK[verb];
    return (await this.#many(ids, BULK[back], `act.${back}.failed`)).length > 0;
  }

  /** Each sleeps again for as long as it did. */
  async #snoozeAgain(before: (Session | undefined)[], ids: string[]): Promise<boolean> {
    let again = false;
    for (const id of ids) {
      const until = before.find((session) => session?.id === id)?.snoozed_until ?? null;
      const done = await this.#many([id], { kind: 'snooze', until }, 'act.snooze.failed');
      again ||= done.length > 0;
    }
    return again;
  }

  /** The focus goes to the answer; a note that is being written goes on. */
  #write(id: string): void {
    const noting = drafts.showsNote(id) && drafts.begun(id, true);
    panels.compose(noting ? 'note' : 'reply');
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
    const back = async () => (await this.#many(done, BULK.wake, 'act.wake.failed')).length > 0;
    undo.offer(title, back, { about: 'acted' });
    return true;
  }

  async transfer(
    ids: string[],
    to: Target,
    note: string,
    name: string,
    follow = false,
  ): Promise<boolean> {
    for (const id of ids) sessions.given(id, name);
    const done = await this.#many(ids, { kind: 'transfer', to, note, follow }, 'transfer.failed');
    if (done.length === 0) return false;
    this.#offerUndo(
      done.length === 1
        ? t('transfer.done', { name })
        : t('acted.transfer', { count: done.length, name }),
      done,
    );
    return true;
  }

  /** Puts labels on many and takes others off; the rows show them at once. */
  async label(ids: string[], add: string[], remove: string[]): Promise<boolean> {
    for (const id of ids) {
      const session = sessions.known.get(id);
      if (!session) continue;
      const kept = session.labels.filter((one) => !remove.includes(one) && !add.includes(one));
      sessions.known.set(id, { ...session, labels: [...kept, ...add] });
    }
    return (await this.#many(ids, { kind: 'label', add, remove }, 'labels.failed')).length > 0;
  }

  /** What was on the screen left the list: the next one takes its place. */
  #goOn(done: string[], next: string | null): void {
    if (route.section !== 'inbox' || !done.includes(sessions.currentId ?? '')) return;
    goInList(next);
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

  /** It ended with a message: that can be taken back like an end alone. */
  ended(id: string): void {
    void sessions.fetch(id);
    sessions.recount();
    this.#offerUndo(t('acted.end', { count: 1 }), [id]);
  }

  #offerUndo(title: string, ids: string[]): void {
    const back = async () =>
      (await this.#many(ids, { kind: 'undo' }, 'act.undo.failed')).length > 0;
    undo.offer(title, back, { about: 'acted' });
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
    try {
      await copyText(base + address(['inbox', 'recent', id]));
      toasts.good(t('acted.link'));
      return true;
    } catch {
      toasts.bad(t('actions.copy_failed'));
      return false;
    }
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

export const acts = new Acts();

outbox.onEnded = (session) => acts.ended(session);

/**
 * What this device keeps of the desk for a time without a line: the last sessions with their newest
 * messages, and what the first page asks for. One database per person, in the browser alone; it
 * ends with their being signed in. Nothing is kept in the window, whose desk is at hand, nor on a
 * device that is not the person's own.
 */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { connection } from '../api/client';
import { onDesktop } from '../api/desktop';
import { filled, MESSAGES, stays, surplus, type Copied, type Full } from './surplus';
import type { Message, Session } from './types';

const PREFIX = 'deskbell-kept-';
/** Whose it is: known before anybody answers. */
const WHOSE = 'deskbell.kept';
/** Milliseconds until what changed is written. */
const PAUSE = 400;
/** What the first page asks for, besides sessions. */
const FACTS = [
  '/desk',
  '/me',
  '/me/alerts',
  '/people',
  '/queues',
  '/providers',
  '/channels',
  '/labels',
  '/views',
  '/drafts',
  '/sessions/counts',
];

export interface KeptThread {
  id: string;
  session: Session;
  /** Newest last; `null`: only the row is here. */
  messages: Message[] | null;
  /** When it was last opened. */
  opened: number;
}

class Kept {
  /** When the desk was last heard from, as far as this device knows. */
  heardAt = $state<number | null>(null);
  /** The page shows what is kept, because nobody answered when it began. */
  shown = $state(false);
  #db: Promise<IDBPDatabase> | null = null;
  #who = '';
  #waiting = new Map<string, Partial<KeptThread> & { id: string }>();
  #facts = new Map<string, unknown>();
  /** What is kept, once it is as much as may be: older ones come and go unwritten. */
  #full: Full | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  get #may(): boolean {
    return !onDesktop && !connection.passing && 'indexedDB' in globalThis;
  }

  get on(): boolean {
    return this.#db !== null;
  }

  /** Before anybody answers: what the last person left, if they are signed in still. */
  async resume(): Promise<void> {
    const who = localStorage.getItem(WHOSE);
    if (!who || this.#db) return;
    if (!connection.token || !this.#may) return this.wipe();
    this.#open(who);
    this.heardAt = ((await this.#fact('heard')) as number | undefined) ?? null;
  }

  /** This person is signed in: what others left here goes. */
  async begin(who: string): Promise<void> {
    if (!this.#may) return this.wipe();
    if (this.#who === who && this.#db) return;
    if (localStorage.getItem(WHOSE) !== who) await this.wipe();
    localStorage.setItem(WHOSE, who);
    this.#open(who);
  }

  #open(who: string): void {
    this.#who = who;
    this.#db = openDB(PREFIX + who, 1, {
      upgrade(db) {
        db.createObjectStore('threads', { keyPath: 'id' });
        db.createObjectStore('facts');
      },
      // Another tab signs out.
      blocking: () => this.#close(),
    });
    this.#db.catch(() => (this.#db = null));
  }

  #close(): void {
    void this.#db?.then((db) => db.close());
    this.#db = null;
    this.#who = '';
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
    this.#facts.clear();
    this.#full = null;
  }

  /** Nobody's any more: everything goes, whoever left it. */
  async wipe(): Promise<void> {
    const own = localStorage.getItem(WHOSE);
    const db = await this.#db?.catch(() => null);
    this.#close();
    this.heardAt = null;
    this.shown = false;
    if (!('indexedDB' in globalThis)) return;
    // Emptied before it is deleted: that may have to wait for another tab.
    await db?.clear('threads').catch(() => undefined);
    await db?.clear('facts').catch(() => undefined);
    db?.close();
    const all = await (indexedDB.databases?.() ?? Promise.resolve([])).catch(() => []);
    const names = new Set(all.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : [])));
    if (own) names.add(PREFIX + own);
    await Promise.all([...names].map((name) => deleteDB(name).catch(() => undefined)));
    localStorage.removeItem(WHOSE);
  }

  /** Whether an answer to this is one that the first page needs. */
  keeps(path: string): boolean {
    return this.on && FACTS.includes(path);
  }

  put(path: string, value: unknown): void {
    if (!this.on) return;
    this.#facts.set(path, value);
    this.#later();
  }

  /** What was answered the last time. */
  async find(path: string): Promise<unknown> {
    const found = await this.#fact(path);
    if (found !== undefined) this.shown = true;
    return found;
  }

  async #fact(name: string): Promise<unknown> {
    const db = await this.#db?.catch(() => null);
    return db?.get('facts', name).catch(() => undefined);
  }

  /** The desk answered just now. */
  heard(at: number): void {
    this.heardAt = at;
    this.put('heard', at);
  }

  rows(sessions: readonly Session[]): void {
    for (const session of sessions)
      if (stays(this.#full, session.id, session.last_message_at))
        this.#keep({ id: session.id, session });
  }

  /** It is used now, however old it is: what was passed over of it so far is kept as well. */
  opened(id: string, at: number, session: Session | undefined): void {
    this.#full?.ids.add(id);
    this.#keep({ id, opened: at, ...(session && { session }) });
  }

  messages(id: string, messages: readonly Message[]): void {
    this.#keep({ id, messages: messages.slice(-MESSAGES) });
  }

  /** It may not be seen any more. */
  async forget(id: string): Promise<void> {
    this.#waiting.delete(id);
    const db = await this.#db?.catch(() => null);
    await db?.delete('threads', id).catch(() => undefined);
  }

  async thread(id: string): Promise<KeptThread | undefined> {
    const db = await this.#db?.catch(() => null);
    return (await db?.get('threads', id).catch(() => undefined)) as KeptThread | undefined;
  }

  async all(): Promise<KeptThread[]> {
    const db = await this.#db?.catch(() => null);
    return ((await db?.getAll('threads').catch(() => [])) ?? []) as KeptThread[];
  }

  /** How much of each thread is here. */
  async copied(): Promise<Map<string, Copied>> {
    const all = await this.all();
    return new Map(
      all.map(({ id, messages }) => [
        id,
        { full: messages !== null, upTo: messages?.at(-1)?.at ?? 0 },
      ]),
    );
  }

  #keep(change: Partial<KeptThread> & { id: string }): void {
    if (!this.on) return;
    this.#waiting.set(change.id, { ...this.#waiting.get(change.id), ...change });
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush().catch(() => undefined);
    }, PAUSE);
  }

  /** Writes what changed, in one go. */
  async flush(): Promise<void> {
    const [changes, facts] = [[...this.#waiting.values()], [...this.#facts]];
    this.#waiting.clear();
    this.#facts.clear();
    const db = await this.#db?.catch(() => null);
    if (!db || (changes.length === 0 && facts.length === 0)) return;
    // Signals and proxies cannot be copied into a database: plain data can.
    const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
    const tx = db.transaction(['threads', 'facts'], 'readwrite');
    const threads = tx.objectStore('threads');
    for (const change of changes) {
      const before = (await threads.get(change.id)) as KeptThread | undefined;
      const after = { opened: 0, messages: null, ...before, ...change };
      if (after.session) await threads.put(plain(after));
    }
    for (const [name, value] of facts) await tx.objectStore('facts').put(plain(value), name);
    const held = ((await threads.count()) > 200 ? await threads.getAll() : []) as KeptThread[];
    const used = held.map(({ id, opened, session }) => ({
      id,
      at: Math.max(opened, session.last_message_at),
    }));
    const gone = new Set(surplus(used));
    for (const id of gone) await threads.delete(id);
    this.#full = filled(used.filter(({ id }) => !gone.has(id))) ?? this.#full;
    await tx.done;
  }
}

export const kept = new Kept();
globalThis.addEventListener('pagehide', () => void kept.flush().catch(() => undefined));

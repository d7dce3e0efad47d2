/** A sound file of one's own: kept in this browser, never sent to the desk. */

const STORE = 'sounds';
const KEY = 'own';
/** Larger files are songs. */
export const LARGEST = 2 * 1024 * 1024;

interface Kept {
  name: string;
  bytes: ArrayBuffer;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asking = indexedDB.open('deskbell', 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore(STORE);
    asking.onsuccess = () => done(asking.result);
    asking.onerror = () => fail(asking.error ?? new Error('no store'));
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, fail) => {
      const request = ask(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error ?? new Error('no store'));
    });
  } finally {
    database.close();
  }
}

class OwnSound {
  async #kept(): Promise<Kept | null> {
    try {
      const kept = await within<unknown>('readonly', (store) => store.get(KEY));
      return (kept as Kept | undefined) ?? null;
    } catch {
      return null;
    }
  }

  /** Its name; empty: there is none. */
  async name(): Promise<string> {
    return (await this.#kept())?.name ?? '';
  }

  async bytes(): Promise<ArrayBuffer | null> {
    return (await this.#kept())?.bytes ?? null;
  }

  /** Keeps a file that can be played; throws for what cannot. */
  async keep(file: File): Promise<void> {
    const bytes = await file.arrayBuffer();
    // Decoding takes the bytes away.
    await new AudioContext().decodeAudioData(bytes.slice(0));
    await within('readwrite', (store) => store.put({ name: file.name, bytes }, KEY));
  }

  async drop(): Promise<void> {
    await within('readwrite', (store) => store.delete(KEY));
  }
}

export const ownSound = new OwnSound();

/** Files that are attached in a composer: checked, sent up with progress, ready to go along. */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { t } from '../i18n';
import { bytes } from '../i18n/time';
import { sentence } from './problem';
import type { Limits, StoredFile } from './types';

const MOST = 100_000_000;

export class Upload {
  part = $state(0);
  problem = $state('');
  stored = $state.raw<StoredFile | null>(null);
  /** For pictures: what to show while it travels. */
  readonly preview: string | null;
  readonly name: string;
  readonly size: number;
  readonly #file: File | null;
  readonly #abort = new AbortController();

  /** A file of this computer, or one that the desk has already. */
  constructor(from: File | StoredFile) {
    this.name = from.name;
    this.size = from.size;
    this.#file = from instanceof File ? from : null;
    this.preview =
      from instanceof File && from.type.startsWith('image/') ? URL.createObjectURL(from) : null;
    if (!(from instanceof File)) {
      this.stored = from;
      this.part = 1;
    }
  }

  async start(): Promise<void> {
    if (!this.#file) return;
    this.problem = '';
    try {
      const progress = (part: number) => (this.part = part);
      this.stored = await api.files.upload(this.#file, progress, this.#abort.signal);
      this.part = 1;
    } catch (error) {
      this.problem = sentence(error);
    }
  }

  drop(): void {
    this.#abort.abort();
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}

/** Why a file cannot go along, in words; empty when it can. */
export function refusal(file: File, already: number, limits: Limits | undefined): string {
  const most = Math.min(MOST, limits?.file_bytes || MOST);
  if (file.size === 0) return t('attach.empty', { name: file.name });
  if (file.size > most) return t('attach.too_large', { name: file.name, size: bytes(most) });
  if (limits && already >= limits.files) {
    return limits.files === 0 ? t('attach.none') : t('attach.too_many', { count: limits.files });
  }
  return '';
}

class Uploads {
  #map = new SvelteMap<string, Upload[]>();
  /** Set by the drafts: the files of a session are others now. */
  onChanged: (session: string) => void = () => {};

  of(session: string): Upload[] {
    return this.#map.get(session) ?? [];
  }

  /** Files that the desk has already, each once. */
  addStored(session: string, list: readonly StoredFile[]): void {
    const there = this.of(session);
    const fresh = list.filter((file) => !there.some((upload) => upload.stored?.id === file.id));
    this.#map.set(session, [...there, ...fresh.map((file) => new Upload(file))]);
    if (fresh.length > 0) this.onChanged(session);
  }

  add(session: string, file: File): void {
    const upload = new Upload(file);
    this.#map.set(session, [...this.of(session), upload]);
    void upload.start().then(() => upload.stored && this.onChanged(session));
  }

  /** The files that are up. */
  stored(session: string): StoredFile[] {
    return this.of(session).flatMap((upload) => upload.stored ?? []);
  }

  ids(session: string): string[] {
    return this.stored(session).map((file) => file.id);
  }

  /** The files of a draft: what is up and not among them goes; what is on its way stays. */
  adopt(session: string, files: readonly StoredFile[]): void {
    const have = this.ids(session);
    const wanted = files.map((file) => file.id);
    if (have.join() === wanted.join()) return;
    const kept = this.of(session).filter(
      ({ stored }) => stored === null || wanted.includes(stored.id),
    );
    const fresh = files.filter((file) => !have.includes(file.id)).map((file) => new Upload(file));
    this.#map.set(session, [...kept, ...fresh]);
  }

  drop(session: string, upload: Upload): void {
    upload.drop();
    this.#map.set(
      session,
      this.of(session).filter((other) => other !== upload),
    );
    this.onChanged(session);
  }

  /** Takes the files that are up, for a message that leaves. */
  take(session: string): StoredFile[] {
    const stored = this.of(session).flatMap((upload) => (upload.stored ? [upload.stored] : []));
    for (const upload of this.of(session)) upload.drop();
    this.#map.delete(session);
    if (stored.length > 0) this.onChanged(session);
    return stored;
  }

  ready(session: string): boolean {
    return this.of(session).every((upload) => upload.stored !== null);
  }
}

export const uploads = new Uploads();

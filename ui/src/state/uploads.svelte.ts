/** Files that are attached in a composer: checked, sent up with progress, ready to go along. */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { t } from '../i18n';
import { bytes } from '../i18n/time';
import type { Box } from './box';
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

export class Uploads {
  #map = new SvelteMap<Box, Upload[]>();
  /** Set by the drafts: the files of a box are others now. */
  onChanged: (box: Box) => void = () => {};

  of(box: Box): Upload[] {
    return this.#map.get(box) ?? [];
  }

  /** Files that the desk has already, each once. */
  addStored(box: Box, list: readonly StoredFile[]): void {
    const there = this.of(box);
    const fresh = list.filter((file) => !there.some((upload) => upload.stored?.id === file.id));
    this.#map.set(box, [...there, ...fresh.map((file) => new Upload(file))]);
    if (fresh.length > 0) this.onChanged(box);
  }

  add(box: Box, file: File): void {
    const upload = new Upload(file);
    this.#map.set(box, [...this.of(box), upload]);
    void upload.start().then(() => this.#arrived(upload));
  }

  /** It is up; it may have moved to the other box meanwhile. */
  #arrived(upload: Upload): void {
    for (const [box, list] of this.#map) {
      if (upload.stored && list.includes(upload)) this.onChanged(box);
    }
  }

  /** All files of one box go to the end of another. */
  move(from: Box, to: Box): void {
    const list = this.of(from);
    if (list.length === 0) return;
    this.#map.delete(from);
    this.#map.set(to, [...this.of(to), ...list]);
    for (const box of [from, to]) this.onChanged(box);
  }

  /** The files that are up. */
  stored(box: Box): StoredFile[] {
    return this.of(box).flatMap((upload) => upload.stored ?? []);
  }

  ids(box: Box): string[] {
    return this.stored(box).map((file) => file.id);
  }

  /** The files of a draft: what is up and not among them goes; what is on its way stays. */
  adopt(box: Box, files: readonly StoredFile[]): void {
    const have = this.ids(box);
    const wanted = files.map((file) => file.id);
    if (have.join() === wanted.join()) return;
    const kept = this.of(box).filter(({ stored }) => stored === null || wanted.includes(stored.id));
    const fresh = files.filter((file) => !have.includes(file.id)).map((file) => new Upload(file));
    this.#map.set(box, [...kept, ...fresh]);
  }

  drop(box: Box, upload: Upload): void {
    upload.drop();
    this.#map.set(
      box,
      this.of(box).filter((other) => other !== upload),
    );
    this.onChanged(box);
  }

  /** Takes the files that are up, for a message that leaves. */
  take(box: Box): StoredFile[] {
    const stored = this.of(box).flatMap((upload) => (upload.stored ? [upload.stored] : []));
    for (const upload of this.of(box)) upload.drop();
    this.#map.delete(box);
    if (stored.length > 0) this.onChanged(box);
    return stored;
  }

  /** Nobody is signed in: what was being sent up stops. */
  clear(): void {
    for (const list of this.#map.values()) for (const upload of list) upload.drop();
    this.#map.clear();
  }

  ready(box: Box): boolean {
    return this.of(box).every((upload) => upload.stored !== null);
  }
}

export const uploads = new Uploads();

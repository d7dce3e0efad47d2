/** Files that are attached in a composer: checked, sent up with progress, ready to go along. */
import { SvelteMap } from 'svelte/reactivity';
import * as api from '../api/calls';
import { canShrink, shrunk } from '../device/picture';
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
  name = $state('');
  size = $state(0);
  /** A picture that is too large, and could be made to fit into so many bytes. */
  fits = $state<number | null>(null);
  #file: File | null;
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

  /** Makes the picture small enough, then sends it up. */
  async shrink(): Promise<void> {
    if (!this.#file || this.fits === null) return;
    const most = this.fits;
    [this.fits, this.problem] = [null, ''];
    const file = await shrunk(this.#file, most);
    if (!file) {
      this.problem = t('attach.not_shrunk', { name: this.name });
      return;
    }
    [this.#file, this.name, this.size] = [file, file.name, file.size];
    await this.start();
  }

  async start(): Promise<void> {
    if (!this.#file || this.#abort.signal.aborted) return;
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

/** Above this, carriers send pictures smaller than they were. */
export const CARRIERS_SHRINK = 600_000;

/** The most bytes of one file that a channel takes. */
function mostOf(limits: Limits | undefined): number {
  return Math.min(MOST, limits?.file_bytes || MOST);
}

/** Into how many bytes a picture that is too large could be made to fit; `null`: it is none. */
export function fitting(file: File, already: number, limits: Limits | undefined): number | null {
  const most = mostOf(limits);
  const room = !limits || already < limits.files;
  return room && file.size > most && canShrink(file) ? most : null;
}

/** Why a file cannot go along, in words; empty when it can. */
export function refusal(file: File, already: number, limits: Limits | undefined): string {
  const most = mostOf(limits);
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

  /** A file as it was chosen: it goes up, or says why not and whether it could be made to fit. */
  offer(box: Box, file: File, limits: Limits | undefined): string {
    const already = this.of(box).length;
    const why = refusal(file, already, limits);
    const fits = why ? fitting(file, already, limits) : null;
    if (!why) this.add(box, file);
    else if (fits !== null) this.#addTooLarge(box, file, why, fits);
    return fits === null ? why : '';
  }

  #addTooLarge(box: Box, file: File, why: string, fits: number): void {
    const upload = new Upload(file);
    [upload.problem, upload.fits] = [why, fits];
    this.#map.set(box, [...this.of(box), upload]);
  }

  async shrink(upload: Upload): Promise<void> {
    await upload.shrink();
    this.#arrived(upload);
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

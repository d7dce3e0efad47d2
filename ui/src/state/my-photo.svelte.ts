/** What I look like, for colleagues and for visitors of a website. */
import { photos } from '../api/photos';
import { scaled } from '../device/picture';
import { me } from './me.svelte';

/** Pixels of a side. */
const SIDE = 256;

class MyPhoto {
  url = $state('');

  async load(): Promise<void> {
    if (!me.user?.photo) return this.#show(null);
    if (this.url) return;
    this.#show(await photos.of(me.id).catch(() => null));
  }

  /** Keeps it; `false`: it is no picture. */
  async keep(file: File): Promise<boolean> {
    const small = await scaled(file, SIDE, 'square');
    if (!small) return false;
    await photos.keep(small);
    this.#show(small);
    return true;
  }

  async drop(): Promise<void> {
    await photos.drop();
    this.#show(null);
  }

  #show(picture: Blob | null): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = picture ? URL.createObjectURL(picture) : '';
  }
}

export const myPhoto = new MyPhoto();

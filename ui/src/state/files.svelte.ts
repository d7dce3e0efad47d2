/** Contents of files as object URLs. The API wants the token, so a plain address will not do. */
import * as api from '../api/calls';

const KEPT = 80;

class Files {
  #urls = new Map<string, Promise<string>>();

  /** An address for `<img>` and downloads; the same one for the same file. */
  url(id: string): Promise<string> {
    const known = this.#urls.get(id);
    if (known) return known;
    const url = api.files.content(id).then((blob) => URL.createObjectURL(blob));
    url.catch(() => this.#urls.delete(id));
    this.#urls.set(id, url);
    this.#forgetOldest();
    return url;
  }

  /** Asks the provider once more for a file that could not be fetched. */
  async fetchAgain(id: string): Promise<void> {
    await api.files.fetch(id);
  }

  async download(id: string, name: string): Promise<void> {
    const link = document.createElement('a');
    link.href = await this.url(id);
    link.download = name;
    link.click();
  }

  #forgetOldest(): void {
    if (this.#urls.size <= KEPT) return;
    const [id, url] = this.#urls.entries().next().value ?? [];
    if (id === undefined || url === undefined) return;
    this.#urls.delete(id);
    void url.then((address) => URL.revokeObjectURL(address)).catch(() => undefined);
  }
}

export const files = new Files();

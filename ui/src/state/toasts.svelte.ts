/** Short messages at the edge of the window. */

export interface Toast {
  id: number;
  title: string;
  text: string;
  tone: 'info' | 'good' | 'danger';
  act?: { label: string; run: () => void };
  /** What it is about: a newer one about the same takes its place. */
  about?: string;
}

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  show(toast: Partial<Toast> & { title: string }, milliseconds = 6000): number {
    const id = this.#next++;
    const others = this.list.filter((other) => !toast.about || other.about !== toast.about);
    this.list = [...others.slice(-2), { text: '', tone: 'info', ...toast, id }];
    setTimeout(() => this.drop(id), milliseconds);
    return id;
  }

  good(title: string): void {
    this.show({ title, tone: 'good' }, 3500);
  }

  bad(title: string, text = ''): void {
    this.show({ title, text, tone: 'danger' }, 9000);
  }

  /** What it was about is settled. */
  dropAbout(about: string): void {
    this.list = this.list.filter((toast) => toast.about !== about);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

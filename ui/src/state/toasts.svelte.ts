/** Short messages at the edge of the window. */

export interface Toast {
  id: number;
  title: string;
  text: string;
  tone: 'info' | 'good' | 'danger';
  act?: { label: string; run: () => void };
  /** What it is about: a newer one about the same takes its place. */
  about?: string;
  /** The session of which it tells, and what: it goes once that is seen or settled. */
  session?: string;
  kind?: string;
}

/** On a phone one is all there is room for. */
const ONE = matchMedia('(max-width: 639px)');
const MOST = 3;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  show(toast: Partial<Toast> & { title: string }, milliseconds = 6000): number {
    const id = this.#next++;
    const shown: Toast = { text: '', tone: 'info', ...toast, id };
    const others = this.list.filter((other) => !replaces(shown, other));
    const most = ONE.matches ? 1 : MOST;
    this.list = [...others, shown].slice(-most);
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

  /** The session is on the screen, or what was told of it holds no more. */
  dropOf(session: string, over: (kind: string) => boolean = () => true): void {
    const gone = (toast: Toast) => toast.session === session && over(toast.kind ?? '');
    if (this.list.some(gone)) this.list = this.list.filter((toast) => !gone(toast));
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** The same matter, or the same words once more. */
function replaces(newer: Toast, older: Toast): boolean {
  if (newer.about || older.about) return newer.about === older.about;
  return newer.title === older.title && newer.text === older.text;
}

export const toasts = new Toasts();

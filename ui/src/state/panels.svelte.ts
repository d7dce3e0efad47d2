/** Which dialogs and side panels are open, and who should get the focus. */

export type Panel =
  | 'new-session'
  | 'transfer'
  | 'end'
  | 'remove'
  | 'lift'
  | 'labels'
  | 'label-many'
  | 'snooze'
  | 'ask'
  | 'shortcuts'
  | 'palette'
  | 'presence'
  | 'sign-out'
  | 'contact'
  | 'block';

class Panels {
  open = $state<Panel | null>(null);
  /** The details panel laid over a narrow window. */
  details = $state(false);
  /** Counts up when the composer should take the focus, in which tab. */
  focus = $state.raw<{ count: number; tab: 'reply' | 'note' }>({ count: 0, tab: 'reply' });
  searchFocus = $state(0);
  /** Counts up with every wish to search everything, and to find something in a thread. */
  everywhere = $state(0);
  finding = $state(0);
  /** Prefills the new session. */
  recipient = $state('');
  words = $state('');

  /** What a dialog is about: sessions, chosen when it was opened. */
  targets = $state.raw<string[]>([]);

  /** What is to happen as soon as a session is on the screen. */
  later: { id: string; deed: () => void } | null = null;

  /** A session is on the screen now. */
  arrived(id: string): void {
    const { later } = this;
    this.later = null;
    if (later?.id === id) later.deed();
  }

  show(panel: Panel): void {
    this.open = panel;
  }

  /** Opens a dialog about these sessions. */
  about(panel: Panel, targets: string[]): void {
    this.targets = targets;
    this.open = panel;
  }

  startSession(recipient = '', words = ''): void {
    this.recipient = recipient;
    this.words = words;
    this.open = 'new-session';
  }

  close(): void {
    this.open = null;
  }

  compose(tab: 'reply' | 'note'): void {
    this.focus = { count: this.focus.count + 1, tab };
  }

  searchEverywhere(): void {
    this.everywhere += 1;
    this.open = null;
  }

  search(): void {
    this.searchFocus += 1;
  }
}

export const panels = new Panels();

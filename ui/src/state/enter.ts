/** What Enter does in the text box: as somebody likes it, or as is usual on their device. */

export type EnterKey = 'auto' | 'send' | 'line';
export const ENTER_KEYS: readonly EnterKey[] = ['auto', 'send', 'line'];

/** A finger has no Shift at hand: where one types on glass, Enter begins a line. */
export function onTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

/** Whether Enter alone sends. */
export function enterSends(chosen: EnterKey, touch: boolean): boolean {
  return chosen === 'auto' ? !touch : chosen === 'send';
}

/** The keys that send, as the table of keys writes them. */
export function sendingKeys(sends: boolean): string {
  return sends ? 'Enter' : 'Ctrl+Enter';
}

interface Pressed {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export type Deed = 'send' | 'next' | 'archive';

/** Pure: what a key asks for; `null`: the box does with it what it likes. */
export function deedOf(pressed: Pressed, sends: boolean): Deed | null {
  if (pressed.key !== 'Enter' || pressed.altKey) return null;
  const command = pressed.ctrlKey || pressed.metaKey;
  if (command && pressed.shiftKey) return 'archive';
  if (pressed.shiftKey) return null;
  if (command) return sends ? 'next' : 'send';
  return sends ? 'send' : null;
}

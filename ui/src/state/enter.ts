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

export type Deed = 'send' | 'next' | 'archive';

/**
 * Pure: what a key of the text box asks for; `null`: it begins a line. Where Enter begins a line,
 * the key that else sends and goes on sends.
 */
export function deedOf(action: 'send' | 'send-next' | 'send-archive', sends: boolean): Deed | null {
  if (action === 'send-archive') return 'archive';
  if (action === 'send-next') return sends ? 'next' : 'send';
  return sends ? 'send' : null;
}

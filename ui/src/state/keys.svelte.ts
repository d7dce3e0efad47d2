/**
 * Keyboard: who is on screen says what happens at which action of the keymap, or at which keys.
 * Single letters rest while someone types.
 */
import { combination, isGlobal, isModifier } from './combination';
import { isAction, keymap, restsWhileTyping } from './keymap.svelte';

type Act = () => void;

/** How long the second key of two may take, in milliseconds. */
const SECOND = 1200;

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
  );
}

class Keys {
  #layers: Record<string, Act>[] = [];
  /** The first key of two, and when it was pressed. */
  #first = { keys: '', at: 0 };

  /** Call in an effect: actions of the keymap, or keys, act until the component goes. */
  use(bindings: Record<string, Act>): () => void {
    this.#layers.push(bindings);
    return () => {
      this.#layers = this.#layers.filter((layer) => layer !== bindings);
    };
  }

  pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    const keys = combination(event);
    const types = typing(event.target);
    if (!isGlobal(keys) && keys !== 'Escape' && types) return;
    if (document.querySelector('dialog[open]')) return;
    if (!isGlobal(keys) && event.target instanceof HTMLElement) {
      if (event.target.closest('[role=menu]')) return;
      if (keys === 'Enter' && event.target.closest('button, a')) return;
    }
    const act = this.#second(keys, event.timeStamp, types) ?? this.#find(keys, types);
    if (act) {
      event.preventDefault();
      act();
    } else if (this.#begins(keys)) this.#first = { keys, at: event.timeStamp };
  }

  #second(keys: string, at: number, types: boolean): Act | undefined {
    const first = this.#first;
    this.#first = { keys: '', at: 0 };
    if (!first.keys || at - first.at > SECOND) return undefined;
    return this.#find(`${first.keys} ${keys}`, types);
  }

  #find(keys: string, types: boolean): Act | undefined {
    for (const layer of [...this.#layers].reverse()) {
      for (const [name, act] of Object.entries(layer)) {
        if (types && restsWhileTyping(name)) continue;
        if (this.#keysOf(name).includes(keys)) return act;
      }
    }
    return undefined;
  }

  /** Whether two keys in a row begin with this one. */
  #begins(keys: string): boolean {
    return this.#layers.some((layer) =>
      Object.keys(layer).some((name) =>
        this.#keysOf(name).some((one) => one.startsWith(`${keys} `)),
      ),
    );
  }

  #keysOf(name: string): readonly string[] {
    return isAction(name) ? keymap.of(name) : [name];
  }
}

export const keys = new Keys();

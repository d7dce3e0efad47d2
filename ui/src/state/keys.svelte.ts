/** Keyboard: who is on screen says which keys do what. Single letters rest while someone types. */

type Act = () => void;

/** `Shift+E`, `Ctrl+K`, `j`. Ctrl and ⌘ are one; by character, so that every layout works. */
export function combination(event: KeyboardEvent): string {
  const main = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  const alt = event.altKey ? 'Alt+' : '';
  const letter = /^\p{L}$/u.test(main);
  const shift = event.shiftKey && (letter || main.length > 1) ? 'Shift+' : '';
  return `${ctrl}${alt}${shift}${main}`;
}

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

  /** Call in an effect: the keys act until the component goes. */
  use(bindings: Record<string, Act>): () => void {
    this.#layers.push(bindings);
    return () => {
      this.#layers = this.#layers.filter((layer) => layer !== bindings);
    };
  }

  pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = combination(event);
    const global = keys.startsWith('Ctrl+') || keys.startsWith('Alt+');
    if (!global && keys !== 'Escape' && typing(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (!global && event.target instanceof HTMLElement && keys === 'Enter') {
      if (event.target.closest('button, a, [role=menu]')) return;
    }
    for (const layer of [...this.#layers].reverse()) {
      const act = layer[keys];
      if (!act) continue;
      event.preventDefault();
      act();
      return;
    }
  }
}

export const keys = new Keys();

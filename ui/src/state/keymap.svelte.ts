/** Which keys do what: the table, what somebody made of it, and the file they take it along in. */
import { onDesktop } from '../api/desktop';
import { isCharacter, isGlobal, isKeptByBrowser, isReserved, shownKeys } from './combination';
import { me } from './me.svelte';

export const GROUPS = ['anywhere', 'places', 'list', 'session', 'composer', 'message'] as const;
export type KeyGroup = (typeof GROUPS)[number];

interface KeyAction {
  group: KeyGroup;
  /** Where the window has all keys for itself. */
  keys: readonly string[];
}

/** Every action with a key of its own. `g i` is one key after the other. */
export const ACTIONS = {
  palette: { group: 'anywhere', keys: ['Ctrl+k'] },
  'new-session': { group: 'anywhere', keys: ['Shift+n', 'Ctrl+n'] },
  'go-inbox': { group: 'anywhere', keys: ['g i'] },
  'go-contacts': { group: 'anywhere', keys: ['g c'] },
  'go-settings': { group: 'anywhere', keys: ['g s'] },
  'last-session': { group: 'anywhere', keys: ['g b', 'Ctrl+Tab'] },
  presence: { group: 'anywhere', keys: ['Ctrl+Shift+d'] },
  'search-everywhere': { group: 'anywhere', keys: ['Ctrl+Shift+f'] },
  undo: { group: 'anywhere', keys: ['Ctrl+z'] },
  shortcuts: { group: 'anywhere', keys: ['?'] },
  'answer-call': { group: 'anywhere', keys: ['Alt+a'] },
  'hang-up': { group: 'anywhere', keys: ['Alt+h'] },
  'mute-call': { group: 'anywhere', keys: ['Alt+m'] },
  'place-1': { group: 'places', keys: ['Ctrl+1', 'g 1'] },
  'place-2': { group: 'places', keys: ['Ctrl+2', 'g 2'] },
  'place-3': { group: 'places', keys: ['Ctrl+3', 'g 3'] },
  'place-4': { group: 'places', keys: ['Ctrl+4', 'g 4'] },
  'place-5': { group: 'places', keys: ['Ctrl+5', 'g 5'] },
  'place-6': { group: 'places', keys: ['Ctrl+6', 'g 6'] },
  'place-7': { group: 'places', keys: ['Ctrl+7', 'g 7'] },
  'place-8': { group: 'places', keys: ['Ctrl+8', 'g 8'] },
  'place-9': { group: 'places', keys: ['Ctrl+9', 'g 9'] },
  next: { group: 'list', keys: ['j', 'ArrowDown', 'Alt+ArrowDown'] },
  previous: { group: 'list', keys: ['k', 'ArrowUp', 'Alt+ArrowUp'] },
  oldest: { group: 'list', keys: ['n'] },
  search: { group: 'list', keys: ['/'] },
  select: { group: 'list', keys: ['x'] },
  'extend-down': { group: 'list', keys: ['Shift+ArrowDown', 'Shift+j'] },
  'extend-up': { group: 'list', keys: ['Shift+ArrowUp', 'Shift+k'] },
  'pick-up': { group: 'session', keys: ['p'] },
  'take-over': { group: 'session', keys: ['Shift+p'] },
  reply: { group: 'session', keys: ['r', 'Enter'] },
  note: { group: 'session', keys: ['Shift+r'] },
  transfer: { group: 'session', keys: ['t'] },
  snooze: { group: 'session', keys: ['z'] },
  unread: { group: 'session', keys: ['u'] },
  mute: { group: 'session', keys: ['m'] },
  archive: { group: 'session', keys: ['e'] },
  end: { group: 'session', keys: ['Shift+e'] },
  remove: { group: 'session', keys: ['Delete'] },
  label: { group: 'session', keys: ['l'] },
  call: { group: 'session', keys: ['c'] },
  'add-to-contacts': { group: 'session', keys: ['a'] },
  'open-contact': { group: 'session', keys: ['Shift+a'] },
  'copy-link': { group: 'session', keys: ['Shift+c'] },
  download: { group: 'session', keys: ['Shift+d'] },
  find: { group: 'session', keys: ['Ctrl+f'] },
  details: { group: 'session', keys: ['Ctrl+.'] },
  send: { group: 'composer', keys: ['Enter'] },
  'send-next': { group: 'composer', keys: ['Ctrl+Enter'] },
  'send-archive': { group: 'composer', keys: ['Ctrl+Shift+Enter'] },
  'reply-or-note': { group: 'composer', keys: ['Alt+n', 'Ctrl+Shift+n'] },
  'edit-failed': { group: 'composer', keys: ['ArrowUp'] },
  quote: { group: 'message', keys: ['q'] },
  'copy-text': { group: 'message', keys: ['c'] },
  forward: { group: 'message', keys: ['f'] },
  'save-files': { group: 'message', keys: ['s'] },
  'message-details': { group: 'message', keys: ['d'] },
} as const satisfies Record<string, KeyAction>;

export const PLACES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[];
export type Keymap = Partial<Record<ActionId, string[]>>;

/** Actions that rest while somebody types, although their keys make no character. */
const OUTSIDE: readonly ActionId[] = ['undo'];
/** Combinations of one action at most. */
const MOST = 6;

export function isAction(name: string): name is ActionId {
  return name in ACTIONS;
}

export function restsWhileTyping(action: string): boolean {
  return (OUTSIDE as readonly string[]).includes(action);
}

/** What was kept or imported, as far as it is a keymap. */
export function readKeymap(raw: unknown): Keymap {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {};
  const map: Keymap = {};
  for (const [name, keys] of Object.entries(raw)) {
    if (!isAction(name) || !Array.isArray(keys)) continue;
    map[name] = keys.filter((one) => fits(one) && suits(name, one)).slice(0, MOST);
  }
  return map;
}

function fits(keys: unknown): keys is string {
  return typeof keys === 'string' && keys !== '' && keys.length < 40 && !isReserved(keys);
}

/** Whether an action can be reached by these keys: while somebody writes, characters are written. */
export function suits(action: ActionId, keys: string): boolean {
  const { group } = ACTIONS[action];
  if (group === 'composer') return !isCharacter(keys);
  return group !== 'message' || !keys.includes(' ');
}

/**
 * Whether two actions hear the same keys at the same time. The text box and a message come first
 * with what they are given; only what acts from everywhere would be lost there.
 */
function meets(a: ActionId, b: ActionId, keys: string): boolean {
  const apart = (id: ActionId) => {
    const { group } = ACTIONS[id];
    return group === 'composer' || group === 'message' ? group : 'page';
  };
  return apart(a) === apart(b) || isGlobal(keys);
}

/** The keys of an action: somebody's own, else the usual ones. */
export function keysOf(map: Keymap, action: ActionId): readonly string[] {
  return map[action] ?? ACTIONS[action].keys;
}

/** Which other action has these keys, or begins with them. */
export function takenBy(map: Keymap, keys: string, except: ActionId): ActionId | null {
  const clash = (other: string) =>
    other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `);
  return (
    ACTION_IDS.find(
      (id) => id !== except && meets(id, except, keys) && keysOf(map, id).some(clash),
    ) ?? null
  );
}

/** The same map with these keys for an action, taken from whichever had them. */
export function withKeys(map: Keymap, action: ActionId, keys: string): Keymap {
  const next: Keymap = { ...map };
  const other = takenBy(map, keys, action);
  if (other)
    next[other] = keysOf(map, other).filter((one) => one !== keys && !one.startsWith(`${keys} `));
  const own = keysOf(map, action).filter((one) => one !== keys);
  next[action] = [...own, keys].slice(-MOST);
  return next;
}

class KeymapState {
  readonly mac = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

  get map(): Keymap {
    return me.preferences.keys;
  }

  of(action: ActionId): readonly string[] {
    return keysOf(this.map, action);
  }

  /** Those that reach this page. */
  reaching(action: ActionId): string[] {
    return this.of(action).filter((keys) => onDesktop || !isKeptByBrowser(keys));
  }

  /** The first of them, as it stands on the keys; empty when there is none. */
  shown(action: ActionId): string {
    const first = this.reaching(action)[0];
    return first ? this.written(first) : '';
  }

  /** Which of these actions was meant by a key that was pressed. */
  meant<Id extends ActionId>(actions: readonly Id[], keys: string): Id | undefined {
    return actions.find((id) => this.of(id).includes(keys));
  }

  written(keys: string): string {
    return shownKeys(keys, this.mac);
  }

  isChanged(action: ActionId): boolean {
    return this.map[action] !== undefined;
  }

  add(action: ActionId, keys: string): void {
    void me.prefer({ keys: withKeys(this.map, action, keys) });
  }

  drop(action: ActionId, keys: string): void {
    const left = this.of(action).filter((one) => one !== keys);
    void me.prefer({ keys: { ...this.map, [action]: left } });
  }

  reset(action: ActionId): void {
    const keys = { ...this.map };
    delete keys[action];
    void me.prefer({ keys });
  }

  resetAll(): void {
    void me.prefer({ keys: {} });
  }

  /** The whole map as a file. */
  file(): string {
    const whole = Object.fromEntries(ACTION_IDS.map((id) => [id, this.of(id)]));
    return `${JSON.stringify({ deskbell_keys: whole }, null, 2)}\n`;
  }

  /** Takes a file in; `false`: it is none. */
  take(text: string): boolean {
    try {
      const raw = (JSON.parse(text) as { deskbell_keys?: unknown } | null)?.deskbell_keys;
      const keys = readKeymap(raw);
      if (Object.keys(keys).length === 0) return false;
      void me.prefer({ keys });
      return true;
    } catch {
      return false;
    }
  }
}

export const keymap = new KeymapState();

/** Pure: which combination of keys somebody pressed, and how it is written for people. */
import { t } from '../i18n';

const KEY = /^Key([A-Z])$/;
const DIGIT = /^(?:Digit|Numpad)([0-9])$/;
const LATIN = /^\p{Script=Latin}$/u;

/**
 * `Shift+e`, `Ctrl+k`, `?`. Ctrl and ⌘ are one. By character, so that every Latin layout finds its
 * own letters; where the character is none of them (Cyrillic, Arabic, what Alt makes on a Mac) the
 * place of the key decides.
 */
export function combination(event: KeyboardEvent): string {
  const main = named(event);
  const ctrl = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  const alt = event.altKey ? 'Alt+' : '';
  const letter = /^\p{L}$/u.test(main);
  const shift = event.shiftKey && (letter || main.length > 1) ? 'Shift+' : '';
  return `${ctrl}${alt}${shift}${main}`;
}

function named(event: KeyboardEvent): string {
  if (event.key.length > 1) return event.key;
  const held = event.ctrlKey || event.metaKey || event.altKey;
  const letter = KEY.exec(event.code)?.[1];
  const odd = /\p{L}/u.test(event.key) ? !LATIN.test(event.key) : event.key.charCodeAt(0) > 127;
  if (letter && (odd || (event.altKey && event.key.charCodeAt(0) > 127))) {
    return letter.toLowerCase();
  }
  const digit = DIGIT.exec(event.code)?.[1];
  if (digit && (odd || (held && !/^[0-9]$/.test(event.key)))) return digit;
  return event.key.toLowerCase();
}

/** Whether a combination acts while somebody types, too: it makes no character. */
export function isGlobal(keys: string): boolean {
  return keys.startsWith('Ctrl+') || keys.startsWith('Alt+');
}

/** Whether a combination writes a character, alone or as one of two. */
export function isCharacter(keys: string): boolean {
  return keys.includes(' ') || (!isGlobal(keys) && (keys.split(/\+(?=.)/).at(-1)?.length ?? 0) < 2);
}

/** Keys that a combination may not consist of alone: they lead out of things and around them. */
export function isReserved(keys: string): boolean {
  return ['Escape', 'Tab', 'Shift+Tab', ' '].includes(keys);
}

/** A key that only goes with others. */
export function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead'].includes(key);
}

/** What a browser keeps for itself, so that no page ever hears of it. */
export function isKeptByBrowser(keys: string): boolean {
  return /^Ctrl\+(Shift\+)?([ntw]|Tab|[0-9])$/.test(keys);
}

const SIGNS: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': '␣',
};

/** `Ctrl+Shift+f` as it stands on the keys: Ctrl Shift F, on a Mac ⌘ ⇧ F. */
export function shownKeys(keys: string, mac: boolean): string {
  return keys
    .split(' ')
    .map((one) =>
      // The last plus may be the key itself.
      one
        .split(/\+(?=.)/)
        .map((part) => sign(part, mac))
        .join(' '),
    )
    .join('  ');
}

function sign(part: string, mac: boolean): string {
  if (mac && part === 'Ctrl') return '⌘';
  if (mac && part === 'Shift') return '⇧';
  if (mac && part === 'Alt') return '⌥';
  if (part === 'Ctrl') return t('key.ctrl');
  if (part === 'Shift') return t('key.shift');
  if (part === 'Delete') return t('key.delete');
  return SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}

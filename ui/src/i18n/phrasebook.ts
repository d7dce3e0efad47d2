/**
 * What the desk itself says, in another language. The core speaks English to everybody; a catalog
 * has its sentences by their English template (`At least {0} characters, please.`). Pure.
 *
 * A sentence may hold others (`{0}; they can write START …`): the reading that leaves the least
 * untranslated is taken. Names, numbers and what a provider said stay as they are.
 */

export type Sentences = Record<string, string>;

/** What a sentence means in the other language, and how many letters of it stay English. */
interface Reading {
  said: string;
  left: number;
}

interface Template {
  pattern: RegExp;
  said: string;
  /** Letters outside its places. */
  weight: number;
  /** By place: whether somebody else's words stand in it, which are never read. */
  quotes: boolean[];
  /** The numbers of its places, as they come in English. */
  order: number[];
}

/** Sentences within sentences within sentences: deeper than anybody speaks. */
const DEEP = 3;
/** Fewer letters are a part of a sentence (`{0} MB`), never one of their own. */
const PART = 6;
/** A place that begins so few words is one word. */
const FEW = 12;
const DATE =
  /^(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})$/;

/** As the API makes a sentence of a refusal: a capital letter, a full stop. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun === '' || /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

export class Phrasebook {
  readonly #exact: Map<string, string>;
  readonly #templates: [string, string][];
  /** By their first word; those that begin with a place under the empty one. */
  #byWord: Map<string, Template[]> | null = null;

  constructor(
    sentences: Sentences,
    private readonly locale: string,
  ) {
    const entries = Object.entries(sentences);
    this.#templates = entries.filter(([english]) => /\{\d+\}/.test(english));
    this.#exact = new Map(entries.filter(([english]) => !/\{\d+\}/.test(english)));
  }

  /** The sentence in the other language; nothing where the catalog does not have it. */
  find(text: string): string | null {
    return this.#read(text.trim(), 0)?.said ?? null;
  }

  #read(text: string, depth: number): Reading | null {
    const known = this.#exact.get(text);
    if (known !== undefined) return { said: known, left: 0 };
    const asked = sentence(text);
    const exact = this.#exact.get(asked);
    const found = exact === undefined ? this.#filled(asked, depth) : { said: exact, left: 0 };
    if (!found || /[.!?…]$/.test(text)) return found;
    return { ...found, said: found.said.replace(/[.。]$/, '') };
  }

  #filled(text: string, depth: number): Reading | null {
    if (depth >= DEEP) return null;
    const templates = [...this.#beginning(firstWord(text)), ...this.#beginning('')];
    let best: (Reading & { weight: number }) | null = null;
    for (const { pattern, said, weight, quotes, order } of templates) {
      if (depth === 0 && weight < PART) continue;
      const match = pattern.exec(text);
      if (!match) continue;
      const places = match
        .slice(1)
        .map((text, index) => (quotes[index] ? untouched(text) : this.#place(text, depth + 1)));
      const left = places.reduce((sum, place) => sum + place.left, 0);
      if (best && (left > best.left || (left === best.left && weight <= best.weight))) continue;
      best = { said: filled(said, places, order), left, weight };
    }
    return best;
  }

  /** What stands in a place: a date, a sentence of ours, or something that is nobody's language. */
  #place(text: string, depth: number): Reading {
    const date = DATE.exec(text);
    if (date) {
      const at = Date.parse(`${date[0]} 12:00 UTC`);
      const format = new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeZone: 'UTC' });
      return { said: format.format(at), left: 0 };
    }
    return this.#read(text, depth) ?? untouched(text);
  }

  #beginning(word: string): Template[] {
    if (!this.#byWord) {
      this.#byWord = new Map();
      for (const [english, said] of this.#templates) {
        const first = firstWord(english);
        const key = /\{\d+\}/.test(first) ? '' : first;
        this.#byWord.set(key, [...(this.#byWord.get(key) ?? []), template(english, said)]);
      }
    }
    return this.#byWord.get(word) ?? [];
  }
}

/** Names, numbers, and what somebody else said. */
function untouched(text: string): Reading {
  return { said: text, left: text.length };
}

function firstWord(text: string): string {
  return text.split(' ', 1)[0] ?? '';
}

function template(english: string, said: string): Template {
  const pieces = english.split(/\{\d+\}/);
  const weight = pieces.join('').replace(/\P{L}/gu, '').length;
  const literal = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // What stands in the last place may end as it likes.
  if (literal.at(-1) === '\\.') literal[literal.length - 1] = '\\.?';
  const first = pieces[0] === '' && weight < FEW ? '(\\S+?)' : '([^]+?)';
  const body = literal.map((piece, index) =>
    index === 0 ? piece : (index === 1 ? first : '([^]*?)') + piece,
  );
  const order = [...english.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1]));
  const quotes = pieces.slice(0, -1).map((before) => /(says: |“)$/.test(before));
  return { pattern: new RegExp(`^${body.join('')}$`, 'u'), said, weight, quotes, order };
}

function filled(said: string, places: Reading[], order: number[]): string {
  const whole = said.replace(
    /\{(\d+)\}/g,
    (place, number: string) => places[order.indexOf(Number(number))]?.said ?? place,
  );
  return whole.replace(/([!?…])[.。]$/, '$1');
}

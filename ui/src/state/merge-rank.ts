/** Pure: who may be the same person, by the words of their names. */

function words(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
}

/** How many words of one name the other has, or begins with. */
export function alike(one: string, other: string): number {
  const others = words(other);
  const same = (word: string) =>
    others.some((two) => two === word || two.startsWith(word) || word.startsWith(two));
  return words(one).filter(same).length;
}

/** Who is called alike first; the others stay in their order. */
export function likeFirst<T extends { name: string }>(all: readonly T[], like: string): T[] {
  return [...all].sort((a, b) => alike(like, b.name) - alike(like, a.name));
}

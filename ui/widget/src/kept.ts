/**
 * What this browser keeps for one site, in the storage of the website that shows it. Where that is
 * refused (an iframe without rights, a strict private window) or full, it lasts as long as the page.
 */
export interface Kept {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  drop(name: string): void;
  /** Names that begin so, in order. */
  names(begin: string): string[];
  /** Tells when another tab changed something. */
  watch(changed: (name: string) => void): void;
}

type Area = Record<string, string>;

/** `base`: of the desk's addresses for this site, so that several stay apart. */
export const kept = (base: string, area: () => Storage): Kept => {
  const own = `deskbell ${base} `;
  const memory: Area = {};
  let storage: Area = memory;
  try {
    storage = area();
  } catch {
    // Refused.
  }
  return {
    get: (name) => memory[own + name] ?? storage[own + name],
    set(name, value) {
      try {
        storage[own + name] = value;
      } catch {
        memory[own + name] = value;
      }
    },
    drop(name) {
      delete memory[own + name];
      delete storage[own + name];
    },
    names: (begin) =>
      Object.keys({ ...storage, ...memory })
        .filter((key) => key.startsWith(own + begin))
        .map((key) => key.slice(own.length))
        .sort(),
    watch: (changed) =>
      addEventListener('storage', ({ key }) => {
        if (key?.startsWith(own)) changed(key.slice(own.length));
      }),
  };
};

/** How wide the list of sessions is on this device. */
export const LEAST = 260;
export const MOST = 420;
export const USUAL = 328;

const PLACE = 'deskbell.list-width';

class Columns {
  #list = $state(stored());

  get list(): number {
    return this.#list;
  }

  set list(width: number) {
    this.#list = Math.round(Math.min(Math.max(width, LEAST), MOST));
    localStorage.setItem(PLACE, String(this.#list));
  }
}

function stored(): number {
  const width = Number(localStorage.getItem(PLACE));
  return width >= LEAST && width <= MOST ? width : USUAL;
}

export const columns = new Columns();

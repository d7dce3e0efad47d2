/**
 * When something that stands over the page goes away by itself. On phones it is a sheet: what moves
 * behind it, a keyboard that goes, a message that comes, does not take it away.
 */
interface Open {
  /** Whether a press there belongs to it. */
  holds: (target: Node) => boolean;
  /** What it was opened at: when that is scrolled, it points at nothing. */
  anchor: () => Node | null | undefined;
  close: () => void;
}

const SHEET = '(max-width: 639px)';

/** Listens until the answer is called. */
export function away({ holds, anchor, close }: Open): () => void {
  const outside = (event: PointerEvent): void => {
    if (!holds(event.target as Node)) close();
  };
  const resized = (): void => {
    if (!matchMedia(SHEET).matches) close();
  };
  const scrolled = (event: Event): void => {
    const at = anchor();
    if (!matchMedia(SHEET).matches && at && (event.target as Node).contains(at)) close();
  };
  document.addEventListener('pointerdown', outside, true);
  addEventListener('resize', resized);
  document.addEventListener('scroll', scrolled, true);
  return () => {
    document.removeEventListener('pointerdown', outside, true);
    removeEventListener('resize', resized);
    document.removeEventListener('scroll', scrolled, true);
  };
}

/** How high what stands at the foot of the screen is: nothing that floats may lie on it. */
import type { Attachment } from 'svelte/attachments';

class Foot {
  /** Pixels of the bar or the composer on a phone; `null`: nothing stands there. */
  height = $state<number | null>(null);
  /** Whether the status line is shown. */
  line = $state(false);
}

export const foot = new Foot();

let standing: HTMLElement | null = null;

/** Put it on the bar or the composer. The last one that stands counts. */
export const footing: Attachment<HTMLElement> = (node) => {
  standing = node;
  const watch = new ResizeObserver(() => {
    if (standing === node) foot.height = node.getBoundingClientRect().height;
  });
  watch.observe(node);
  return () => {
    watch.disconnect();
    if (standing !== node) return;
    standing = null;
    foot.height = null;
  };
};

/** Put it on the status line. */
export const statusLine: Attachment<HTMLElement> = () => {
  foot.line = true;
  return () => (foot.line = false);
};

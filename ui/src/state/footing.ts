/** How high what stands at the foot of the screen is: nothing that floats may lie on it. */
import type { Attachment } from 'svelte/attachments';

const NAME = '--foot';

/** Put it on the bar or the composer. The last one that stands counts. */
export const footing: Attachment<HTMLElement> = (node) => {
  const root = document.documentElement;
  const watch = new ResizeObserver(() => {
    root.style.setProperty(NAME, `${node.getBoundingClientRect().height}px`);
  });
  watch.observe(node);
  return () => {
    watch.disconnect();
    root.style.removeProperty(NAME);
  };
};

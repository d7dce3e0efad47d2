/** The clipboard, wherever the page came from. */

/** Puts text there; throws when the browser does not allow it. */
export async function copyText(text: string): Promise<void> {
  // Pages that came over plain HTTP in the office have no clipboard: there the old way works.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  if (!copyPlain(text)) throw new Error('the browser did not copy');
}

function copyPlain(text: string): boolean {
  const focused = document.activeElement;
  // Inside an open dialog, or the box could not take the selection.
  const place = focused?.closest('dialog') ?? document.body;
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'visually-hidden';
  place.append(box);
  box.select();
  const copied = document.execCommand('copy');
  box.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

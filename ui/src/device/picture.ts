/** Pictures made smaller, by drawing them anew. */

/** What is tried in turn: side lengths as a part of the picture's own, and how well it is kept. */
export const TRIES: readonly { scale: number; quality: number }[] = [
  1, 0.75, 0.5, 0.35, 0.25,
].flatMap((scale) => [0.85, 0.7].map((quality) => ({ scale, quality })));
/** A canvas that is larger than this is not drawn by every browser. */
const LONGEST = 8_000;

/** Whether drawing it anew keeps what it is: moving pictures would stand still. */
export function canShrink(file: { type: string }): boolean {
  return /^image\/(jpeg|png|webp|bmp|avif)$/.test(file.type);
}

/** What is drawn is a JPEG. */
export function jpegName(name: string): string {
  return `${name.replace(/\.[^./\\]+$/, '')}.jpg`;
}

async function drawn(
  picture: ImageBitmap,
  { scale, quality }: { scale: number; quality: number },
): Promise<Blob | null> {
  const most = LONGEST / Math.max(picture.width, picture.height);
  const part = Math.min(scale, most);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * part));
  canvas.height = Math.max(1, Math.round(picture.height * part));
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  // A JPEG has no holes: what shone through becomes white.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
}

/** The first of these that fits. */
export async function firstThatFits(
  most: number,
  draw: (one: { scale: number; quality: number }) => Promise<Blob | null>,
): Promise<Blob | null> {
  for (const one of TRIES) {
    const blob = await draw(one);
    if (blob && blob.size > 0 && blob.size <= most) return blob;
  }
  return null;
}

/** The picture in at most so many bytes; `null`: it cannot be read, or not be made that small. */
export async function shrunk(file: File, most: number): Promise<File | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const blob = await firstThatFits(most, (one) => drawn(picture, one));
  picture.close();
  return blob && new File([blob], jpegName(file.name), { type: 'image/jpeg' });
}

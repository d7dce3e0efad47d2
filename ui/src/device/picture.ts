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

/** `square`: the middle of it, for faces; `whole`: all of it, with what shines through. */
export type Shape = 'square' | 'whole';

/** Pure: what is drawn of a picture, and how large it becomes; nothing is made larger. */
export function framing(
  width: number,
  height: number,
  side: number,
  shape: Shape,
): { from: [number, number, number, number]; to: [number, number] } {
  if (shape === 'whole') {
    const part = Math.min(1, side / Math.max(width, height));
    const to = [width, height].map((one) => Math.max(1, Math.round(one * part)));
    return { from: [0, 0, width, height], to: [to[0] ?? 1, to[1] ?? 1] };
  }
  const edge = Math.min(width, height);
  const end = Math.max(1, Math.min(side, edge));
  return { from: [(width - edge) / 2, (height - edge) / 2, edge, edge], to: [end, end] };
}

/** The picture with sides of at most so many pixels; `null`: it cannot be read. */
export async function scaled(file: File, side: number, shape: Shape): Promise<File | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const { from, to } = framing(picture.width, picture.height, side, shape);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = to;
  const pen = canvas.getContext('2d');
  const type = shape === 'square' ? 'image/jpeg' : 'image/png';
  if (pen && shape === 'square') {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, ...to);
  }
  pen?.drawImage(picture, ...from, 0, 0, ...to);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.9));
  if (!pen || !blob) return null;
  const name = shape === 'square' ? jpegName(file.name) : file.name.replace(/\.[^./\\]+$/, '.png');
  return new File([blob], name, { type });
}

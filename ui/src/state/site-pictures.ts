/** Pictures of a site: made small here, so that no page of a customer loads a photo of 5 MB. */
import * as api from '../api/calls';
import { scaled, type Shape } from '../device/picture';

/** Pixels of the longer side: twice what the widget shows. */
const SIDE = 256;

/** What can be chosen as a picture. */
export const PICTURES = 'image/png,image/jpeg,image/webp';

/** Uploads it; answers its id, or `null` when it is no picture. */
export async function uploadPicture(file: File, shape: Shape): Promise<string | null> {
  const small = await scaled(file, SIDE, shape);
  if (!small) return null;
  const stored = await api.files.upload(small, () => undefined, new AbortController().signal);
  return stored.id;
}

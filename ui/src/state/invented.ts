/** A password that nobody has to remember: 24 letters and digits that look like no others. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

export function invented(): string {
  // Bytes from the last, incomplete round of the alphabet would favour its first letters.
  const fair = 256 - (256 % LETTERS.length);
  let made = '';
  while (made.length < 24) {
    const bytes = crypto.getRandomValues(new Uint8Array(48));
    for (const byte of bytes) {
      if (byte < fair && made.length < 24) made += LETTERS[byte % LETTERS.length];
    }
  }
  return made;
}

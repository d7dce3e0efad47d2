/** What can be read on a chosen colour. Pure. */

/** Relative luminance, WCAG 2; `#rrggbb`. */
export const light = (hex: string): number =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = parseInt(hex.slice(at * 2 + 1, at * 2 + 3), 16) / 255;
    return sum + weight * (part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92);
  }, 0);

/** White words on it reach 4.5 : 1; otherwise black ones do. */
export const isDeep = (colour: string): boolean => light(colour) < 0.183;

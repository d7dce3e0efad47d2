/** Line drawings on a field of 24 × 24, one path each. */

const BUBBLE = 'M7 19a9.5 8 0 1 1 5 1l-5.5 2z';

/** What a site may choose for its launcher: 1 to 6 in this order. */
export const LAUNCHERS: readonly string[] = [
  BUBBLE,
  `${BUBBLE}M8 12h.01M12 12h.01M16 12h.01`,
  'M3 5h12v8H9l-4 3v-3H3zM18 9h3v8h-2v3l-4-3h-4',
  'M4 5h16v12h-8l-5 4v-4H4zM8 9h8M8 13h5',
  `${BUBBLE}M9.6 10a2.4 2.4 0 1 1 2.4 2.4v.6M12 16h.01`,
  `${BUBBLE}M8.5 13.5q3.5 3 7 0M9 10h.01M15 10h.01`,
];

export const CLOSE = 'M6 6l12 12M18 6L6 18';

/** Line drawings on a field of 24 × 24, one path each. */

const BUBBLE = 'M7 17.5a8.5 7 0 1 1 4.5 1l-5 2.5z';

/** What a site may choose for its launcher: 1 to 6 in this order. */
export const LAUNCHERS: readonly string[] = [
  BUBBLE,
  `${BUBBLE}M8.5 11.5h.01M12 11.5h.01M15.5 11.5h.01`,
  'M3 5h12v8H9l-4 3v-3H3zM18 9h3v8h-2v3l-4-3h-4',
  'M4 5h16v12h-8l-5 4v-4H4zM8 9h8M8 13h5',
  `${BUBBLE}M9.8 9.5a2.2 2.2 0 1 1 2.2 2.5v.5M12 15h.01`,
  `${BUBBLE}M9 13q3 2.5 6 0M9.5 9.5h.01M14.5 9.5h.01`,
];

export const CLOSE = 'M6 6l12 12M18 6L6 18';

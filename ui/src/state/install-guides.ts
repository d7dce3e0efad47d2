/** How the snippet gets into a website, by what the website is made with. */
export const SYSTEMS = [
  'html',
  'wordpress',
  'wordpress_plugin',
  'joomla',
  'drupal',
  'wix',
  'squarespace',
] as const;
export type System = (typeof SYSTEMS)[number];

/** How what it is made with is called there; the names are the same in every language. */
export const SYSTEM_NAMES: Record<System, string> = {
  html: 'HTML',
  wordpress: 'WordPress',
  wordpress_plugin: 'WordPress · WPCode',
  joomla: 'Joomla',
  drupal: 'Drupal',
  wix: 'Wix',
  squarespace: 'Squarespace',
};

/** Steps of each, in order; the texts are `install.<system>.<number>`. */
export const STEPS: Record<System, readonly number[]> = {
  html: [1, 2, 3],
  wordpress: [1, 2, 3, 4],
  wordpress_plugin: [1, 2, 3, 4],
  joomla: [1, 2, 3, 4],
  drupal: [1, 2, 3, 4],
  wix: [1, 2, 3, 4],
  squarespace: [1, 2, 3, 4],
};

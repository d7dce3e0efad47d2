import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const markup = [
  { property: 'innerHTML', message: 'Text nodes only.' },
  { property: 'outerHTML', message: 'Text nodes only.' },
];
/** Missing where a page comes over plain HTTP, as most pages of the office network do. */
const secure = [
  { property: 'randomUUID', message: 'Missing over plain HTTP: newKey() of src/device/key.ts.' },
  {
    object: 'navigator',
    property: 'clipboard',
    message: 'Missing over plain HTTP: copyText() of src/device/clipboard.ts.',
  },
  { object: 'navigator', property: 'mediaDevices', message: 'Missing over plain HTTP.' },
  { object: 'navigator', property: 'locks', message: 'Missing over plain HTTP.' },
  { object: 'navigator', property: 'wakeLock', message: 'Missing over plain HTTP.' },
  { object: 'navigator', property: 'share', message: 'Missing over plain HTTP.' },
  { object: 'crypto', property: 'subtle', message: 'Missing over plain HTTP.' },
];

const tauri = {
  group: ['@tauri-apps/*'],
  message: 'Only src/api/desktop.ts knows the desktop shell.',
};

/** Who may import whom: shell → features → {state, kit}; state → api. */
function layer(files, ...banned) {
  return {
    files: files.flatMap((folder) => [`src/${folder}/**/*.ts`, `src/${folder}/**/*.svelte`]),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            tauri,
            ...banned.map((group) => ({
              group: [group],
              message: 'See README.md, where things are.',
            })),
          ],
        },
      ],
    },
  };
}

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/gen'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      'no-undef': 'off',
      'no-restricted-properties': ['error', ...markup, ...secure],
      'no-restricted-imports': ['error', { patterns: [tauri] }],
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: "style-src 'self' blocks style attributes: use a class or style:prop={…}.",
        },
      ],
    },
  },
  layer(['kit'], '**/state/**', '**/api/**', '**/features/**', '**/shell/**'),
  layer(['features'], '**/api/**', '**/shell/**'),
  layer(['state'], '**/features/**', '**/shell/**', '**/kit/**'),
  layer(['device'], '**/state/**', '**/api/**', '**/features/**', '**/shell/**', '**/kit/**'),
  {
    files: ['src/device/**/*.ts', 'widget/src/voice.ts', '**/*.test.ts'],
    rules: { 'no-restricted-properties': ['error', ...markup] },
  },
  {
    // Websites carry it: it knows nothing of the workspace.
    files: ['widget/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/../../src/**', 'svelte*', '@*/*'], message: 'On its own.' }] },
      ],
    },
  },
  { files: ['src/api/desktop.ts'], rules: { 'no-restricted-imports': 'off' } },
);

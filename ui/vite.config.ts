import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { widget } from './widget/build.ts';

// `npm run mock` (or a running host) answers the API while the dev server serves the UI.
const host = process.env.DESKBELL_HOST ?? 'http://127.0.0.1:7420';

/** What the worker keeps: every file of the workspace but itself, and a name for just these. */
function shell(folder: string): { files: string[]; version: string } {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .filter((name) => !name.startsWith('widget/'))
    .sort();
  const hash = createHash('sha256');
  for (const file of found) hash.update(file).update(readFileSync(`${folder}/${file}`));
  return {
    files: found.map((file) => `./${file}`),
    version: hash.digest('hex').slice(0, 16),
  };
}

/** The worker is one file of its own, without imports: not every browser takes modules there. */
function worker(): Plugin {
  return {
    name: 'worker',
    apply: 'build',
    async closeBundle() {
      const { files, version } = shell('dist');
      await build({
        define: {
          SHELL_FILES: JSON.stringify(files),
          SHELL_VERSION: JSON.stringify(version),
        },
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          outDir: 'dist',
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: 'src/sw/sw.ts',
            formats: ['iife'],
            name: 'worker',
            fileName: () => 'sw.js',
          },
        },
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte(), worker(), widget()],
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': { target: host, ws: true } },
  },
  preview: { port: 4173, strictPort: true, proxy: { '/api': { target: host, ws: true } } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  // Component tests run the browser build of Svelte, not the server one.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'widget/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
  },
}));

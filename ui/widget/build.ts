/**
 * Builds the widget into `dist/widget`: the pieces first, under names that change with them, then
 * the loader, which keeps its name and knows theirs.
 */
import { readFileSync } from 'node:fs';
import { build, type InlineConfig, type Plugin } from 'vite';

const OUT = 'dist/widget';
const SOURCE = 'widget/src';
/** What is fetched by its name in `loader.ts`. */
const ENTRIES = ['talk', 'form', 'tools', 'sound'];
const TEXTS = ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'];

const common: InlineConfig = { configFile: false, publicDir: false, logLevel: 'warn' };

async function pieces(): Promise<Record<string, string>> {
  const input = {
    ...Object.fromEntries(ENTRIES.map((name) => [name, `${SOURCE}/${name}.ts`])),
    ...Object.fromEntries(TEXTS.map((name) => [name, `${SOURCE}/texts/${name}.ts`])),
    ...Object.fromEntries(TEXTS.map((name) => [`${name}-more`, `${SOURCE}/texts/more/${name}.ts`])),
  };
  const built = await build({
    ...common,
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input,
        preserveEntrySignatures: 'allow-extension',
        output: {
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as {
    output: { type: string; isEntry?: boolean; name?: string; fileName: string }[];
  };
  const entries = output.filter((one) => one.type === 'chunk' && one.isEntry);
  return Object.fromEntries(entries.map((one) => [one.name ?? '', one.fileName]));
}

export function widget(): Plugin {
  return {
    name: 'widget',
    apply: 'build',
    async closeBundle() {
      const names = await pieces();
      await build({
        ...common,
        define: { PIECES: JSON.stringify(names) },
        build: {
          outDir: OUT,
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: `${SOURCE}/loader.ts`,
            formats: ['iife'],
            name: 'loader',
            fileName: () => 'widget.js',
          },
        },
      });
      const loader = readFileSync(`${OUT}/widget.js`, 'utf8');
      const forgotten = Object.values(names).filter((name) => !loader.includes(name));
      if (forgotten.length > 0) throw new Error(`the loader does not know ${forgotten.join(', ')}`);
    },
  };
}

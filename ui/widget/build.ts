/**
 * Builds the widget into `dist/widget`: the pieces first, under names that change with them, then
 * the loader, which keeps its name and knows theirs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type InlineConfig, type Plugin } from 'vite';

const OUT = 'dist/widget';
const SOURCE = 'widget/src';
/** Fetched by their names, in `loader.ts`. */
const PIECES = ['talk', 'form', 'tools', 'sound', 'call', 'phone'];
const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'];

const common: InlineConfig = { configFile: false, publicDir: false, logLevel: 'warn' };
/** Nothing is rewritten for older browsers: what is used is plain enough. */
const targets = { target: 'es2022', cssTarget: 'esnext' };

interface Built {
  output: { type: string; fileName: string; code?: string }[];
}

/** All pieces carry one mark, made of all of them: the loader has to know no more than that. */
async function pieces(mark: string, write: boolean): Promise<Built['output']> {
  const texts = LANGUAGES.flatMap((lang) => [
    [lang, `${SOURCE}/texts/${lang}.ts`],
    [`${lang}-more`, `${SOURCE}/texts/more/${lang}.ts`],
    [`${lang}-call`, `${SOURCE}/texts/call/${lang}.ts`],
  ]);
  const built = await build({
    ...common,
    build: {
      ...targets,
      outDir: `${OUT}/assets`,
      emptyOutDir: true,
      write,
      modulePreload: false,
      rollupOptions: {
        input: Object.fromEntries([
          ...PIECES.map((name) => [name, `${SOURCE}/${name}.ts`]),
          ...texts,
        ]),
        preserveEntrySignatures: 'allow-extension',
        output: {
          format: 'es',
          entryFileNames: `[name]-${mark}.js`,
          chunkFileNames: `[name]-${mark}.js`,
        },
      },
    },
  });
  const [only] = [built].flat() as Built[];
  return only?.output ?? [];
}

export function widget(): Plugin {
  return {
    name: 'widget',
    apply: 'build',
    async closeBundle() {
      const hash = createHash('sha256');
      for (const { fileName, code } of await pieces('', false)) hash.update(fileName + code);
      const mark = hash.digest('hex').slice(0, 8);
      await pieces(mark, true);
      await build({
        ...common,
        define: { MARK: JSON.stringify(mark) },
        build: {
          ...targets,
          outDir: OUT,
          emptyOutDir: false,
          lib: {
            entry: `${SOURCE}/loader.ts`,
            formats: ['iife'],
            name: 'loader',
            fileName: () => 'widget.js',
          },
        },
      });
      if (!readFileSync(`${OUT}/widget.js`, 'utf8').includes(mark))
        throw new Error('the loader does not know its pieces');
    },
  };
}

/** How code of ours for Node and Electron is bundled: readable, for one version of Node, in production mode. */
import { join } from 'node:path';
import { ROOT } from './up-to-date.mjs';

/** Native code is loaded from its package, Electron is there at run time; everything else is in the bundle. */
const EXTERNAL = ['keytar', 'electron'];

/** What the service that an agent runs starts as a thread of its own, from a file of this name beside the bundle. */
export const SERVICE_ENTRIES = {
  'store-worker': join(ROOT, 'service', 'store', 'sqlite', 'store-worker.ts'),
};

/**
 * @param {object} bundle
 * @param {Readonly<Record<string, string>>} bundle.entries name → the file it begins with; what they share is there once
 * @param {string} bundle.folder where they are put, as `<name>.mjs` or `<name>.cjs`
 * @param {'es' | 'cjs'} [bundle.format]
 */
export async function bundleForNode({ entries, folder, format = 'es' }) {
  const { build } = await import('vite');
  const suffix = format === 'es' ? 'mjs' : 'cjs';
  await build({
    root: ROOT,
    configFile: false,
    mode: 'production',
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: entries,
        output: { format, entryFileNames: `[name].${suffix}`, chunkFileNames: `[name]-[hash].${suffix}` },
      },
    },
    ssr: { noExternal: true, external: EXTERNAL },
  });
}

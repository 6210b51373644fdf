/** How code of ours for Node and Electron is bundled: readable, for one version of Node, in production mode. */
import { ROOT } from './up-to-date.mjs';

/** Native code is loaded from its package, Electron is there at run time; everything else is in the bundle. */
const EXTERNAL = ['keytar', 'electron'];

/**
 * @param {object} bundle
 * @param {string} bundle.source the file it begins with
 * @param {string} bundle.folder where it is put
 * @param {string} bundle.file the name of the file that is started
 * @param {'es' | 'cjs'} [bundle.format]
 */
export async function bundleForNode({ source, folder, file, format = 'es' }) {
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    mode: 'production',
    logLevel: 'silent',
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: { output: { format, entryFileNames: file, chunkFileNames: '[name]-[hash].mjs' } },
    },
    ssr: { noExternal: true, external: EXTERNAL },
  });
}

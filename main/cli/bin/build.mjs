/**
 * Builds the bundle of the command line, and tells whether it is needed.
 *
 * Each state of the sources has a bundle in a folder of its own, named by a digest over their names, sizes and times.
 * A build happens beside it and is put in place by one rename. So two commands that find the bundle stale at the same
 * time do not see each other's half, and one that runs while another builds keeps the parts that it loads later.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = join(ROOT, 'app', 'dist', 'cli');
const ENTRY = 'main.mjs';

/** What the bundle is made of. */
const SOURCES = ['shared', 'main', 'package-lock.json'];

/** A command may run on an older bundle for as long as a person lets it wait. */
const OLD_BUNDLE_MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** The path of the bundle for the sources as they are now; built first where there is none, with one line on stderr. */
export async function upToDateBundle() {
  const folder = join(TARGET, digestOfSources());
  if (!exists(join(folder, ENTRY))) {
    process.stderr.write('Preparing Endymail for its first run …\n');
    await build(folder);
  }
  return join(folder, ENTRY);
}

async function build(folder) {
  const { build: bundle } = await import('vite');
  mkdirSync(TARGET, { recursive: true });
  const fresh = mkdtempSync(join(TARGET, '.building-'));
  try {
    await bundle({
      root: ROOT,
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: join(ROOT, 'main', 'cli', 'main.ts'),
        outDir: fresh,
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rollupOptions: { output: { entryFileNames: ENTRY, chunkFileNames: '[name]-[hash].mjs' } },
      },
      // keytar is native code and is loaded from its package; everything else is in the bundle.
      ssr: { noExternal: true, external: ['keytar'] },
    });
    putInPlace(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  removeOldBundles(folder);
}

function putInPlace(fresh, folder) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another command was faster; it built from the same sources.
    if (!exists(join(folder, ENTRY))) throw error;
  }
}

function removeOldBundles(current) {
  const oldest = Date.now() - OLD_BUNDLE_MAX_AGE_MS;
  for (const name of readdirSync(TARGET)) {
    const path = join(TARGET, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (path !== current && modified < oldest) rmSync(path, { recursive: true, force: true });
  }
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, join(ROOT, source));
  return hash.digest('hex').slice(0, 16);
}

/** Tests are no part of the bundle. */
function addTo(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    hash.update(`${relative(ROOT, path)}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules' && !name.endsWith('.test.ts')) addTo(hash, join(path, name));
  }
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await upToDateBundle();

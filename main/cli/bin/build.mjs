/**
 * Builds the bundle of the command line, and tells whether it is needed. Run directly it always builds.
 */
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = join(ROOT, 'app', 'dist', 'cli');
const BUNDLE = join(TARGET, 'main.mjs');

/** What the bundle is made of. */
const SOURCES = ['shared', 'main', 'package-lock.json'];

/** The bundle's file, built first when a source is newer than it. One line on stderr while it builds. */
export async function upToDateBundle() {
  const built = modifiedAt(BUNDLE);
  if (built !== null && SOURCES.every((source) => newestIn(join(ROOT, source)) <= built)) return BUNDLE;
  process.stderr.write('Preparing Endymail for its first run …\n');
  await build();
  return BUNDLE;
}

/**
 * Builds into a folder of its own and puts it in place by renaming, so that two commands that find the bundle stale at
 * the same time do not see each other's half.
 */
async function build() {
  const { build: bundle } = await import('vite');
  mkdirSync(dirname(TARGET), { recursive: true });
  const fresh = mkdtempSync(join(dirname(TARGET), '.cli-'));
  try {
    await bundle({
      root: ROOT,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(ROOT, 'main', 'cli', 'main.ts'),
        outDir: fresh,
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rollupOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } },
      },
      // keytar is native code and is loaded from its package; everything else is in the bundle.
      ssr: { noExternal: true, external: ['keytar'] },
    });
    replaceFolder(fresh, TARGET);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A folder can not be renamed over one that is not empty; the loser of a race tries again over the winner's. */
function replaceFolder(fresh, target) {
  const old = `${fresh}-old`;
  for (let tries = 0; tries < 10; tries += 1) {
    try {
      renameSync(target, old);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    rmSync(old, { recursive: true, force: true });
    try {
      renameSync(fresh, target);
      return;
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    }
  }
  throw new Error('The bundle could not be put in place.');
}

/** Milliseconds since 1970; null where there is no such file. */
function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** When the newest file in a folder (or this file) was changed. Tests are no part of the bundle. */
function newestIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time tells of files that were taken away.
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && !name.endsWith('.test.ts'))
    .reduce((newest, { name }) => Math.max(newest, newestIn(join(path, name))), stat.mtimeMs);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();

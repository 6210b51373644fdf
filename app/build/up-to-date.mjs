/**
 * Keeps what is built from the sources up to date.
 *
 * Each state of the sources has a folder of its own, named by a digest over their names, sizes and times. A build
 * happens beside it and is put in place by one rename. So two commands that find it stale at the same time do not see
 * each other's half, and one that runs while another builds keeps the parts that it loads later.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A command may run on an older bundle for as long as a person lets it wait. */
const OLD_BUNDLE_MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * The folder of a product for the sources as they are now; built first where there is none, with one line on stderr.
 *
 * @param {object} product
 * @param {string} product.name the folder below app/dist
 * @param {readonly string[]} product.sources the files and folders it is made of, from the checkout
 * @param {string} product.entry a file that a finished folder has
 * @param {(folder: string) => Promise<void>} product.build builds into a folder
 */
export async function upToDateFolder({ name, sources, entry, build }) {
  const target = join(ROOT, 'app', 'dist', name);
  const folder = join(target, digestOf(sources));
  if (exists(join(folder, entry))) return folder;
  process.stderr.write('Preparing Endymail for its first run …\n');
  mkdirSync(target, { recursive: true });
  const fresh = mkdtempSync(join(target, '.building-'));
  try {
    await build(fresh);
    putInPlace(fresh, folder, entry);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  removeOldBundles(target, folder);
  return folder;
}

function putInPlace(fresh, folder, entry) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another command was faster; it built from the same sources.
    if (!exists(join(folder, entry))) throw error;
  }
}

function removeOldBundles(target, current) {
  const oldest = Date.now() - OLD_BUNDLE_MAX_AGE_MS;
  for (const name of readdirSync(target)) {
    const path = join(target, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (path !== current && modified < oldest) rmSync(path, { recursive: true, force: true });
  }
}

function digestOf(sources) {
  const hash = createHash('sha256');
  for (const source of [...sources, 'app/build', 'package-lock.json']) addTo(hash, join(ROOT, source));
  return hash.digest('hex').slice(0, 16);
}

/** Tests are no part of a bundle. */
function addTo(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    hash.update(`${relative(ROOT, path)}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules' && !/\.test\.tsx?$/.test(name)) addTo(hash, join(path, name));
  }
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

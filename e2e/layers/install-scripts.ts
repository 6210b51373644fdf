import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { CHECKOUT } from './checkout.ts';
import { checked, type Outcome } from './outcome.ts';

const Lock = v.object({
  packages: v.record(v.string(), v.object({ hasInstallScript: v.optional(v.boolean(), false) })),
});

/**
 * Packages that have an install script and work without it being run: `.npmrc` says `ignore-scripts`, so that nothing
 * of a stranger's runs at `npm ci`. keytar brings its prebuilt binaries inside the package; fsevents is for a Mac's
 * file watching, which no command of ours uses; electron-winstaller makes a kind of installer that we do not (Squirrel).
 */
const WORK_WITHOUT = Object.freeze([
  'node_modules/keytar',
  'node_modules/fsevents',
  'node_modules/electron-winstaller',
]);

/** A dependency whose install script is new needs a look at whether it works without. */
export async function checkInstallScripts(): Promise<Outcome> {
  const lock = v.parse(Lock, JSON.parse(await readFile(join(CHECKOUT, 'package-lock.json'), 'utf8')));
  const unknown = Object.entries(lock.packages)
    .filter(([name, { hasInstallScript }]) => hasInstallScript && !WORK_WITHOUT.includes(name))
    .map(([name]) => name);
  return checked(unknown.length === 0, `New packages with an install script: ${unknown.join(', ')}\n`);
}

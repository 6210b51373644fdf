import { globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { baseEnv, runProgram } from '../harness/child.ts';
import { CHECKOUT } from '../layers/checkout.ts';
import { makeStandIn } from './stand-in.ts';

/** System and processor, as keytar names its binaries. */
export type PackedSystem = 'linux-x64' | 'linux-arm64' | 'win32-x64' | 'win32-arm64' | 'darwin-x64' | 'darwin-arm64';

/** The app as it is packed for one system. */
export interface Packed {
  readonly system: PackedSystem;
  readonly asar: string;
  /** The folder of the asar: native code and licences lie there too. */
  readonly resources: string;
  /** The program, as the tool for the fuses takes it. */
  readonly program: string;
}

interface Place {
  readonly option: '--linux' | '--win' | '--mac';
  readonly processor: 'x64' | 'arm64';
  /** Below the folder of the installers. */
  readonly folder: string;
  readonly resources: string;
  readonly program: string;
}

const linux = (processor: Place['processor'], folder: string): Place => ({
  option: '--linux',
  processor,
  folder,
  resources: 'resources',
  program: 'endymail',
});
const windows = (processor: Place['processor'], folder: string): Place => ({
  option: '--win',
  processor,
  folder,
  resources: 'resources',
  program: 'Endymail.exe',
});
const mac = (processor: Place['processor'], folder: string): Place => ({
  option: '--mac',
  processor,
  folder,
  resources: 'Endymail.app/Contents/Resources',
  program: 'Endymail.app',
});

const PLACES: Readonly<Record<PackedSystem, Place>> = Object.freeze({
  'linux-x64': linux('x64', 'linux-unpacked'),
  'linux-arm64': linux('arm64', 'linux-arm64-unpacked'),
  'win32-x64': windows('x64', 'win-unpacked'),
  'win32-arm64': windows('arm64', 'win-arm64-unpacked'),
  'darwin-x64': mac('x64', 'mac'),
  'darwin-arm64': mac('arm64', 'mac-arm64'),
});

export const PACKED_SYSTEMS = Object.freeze(Object.keys(PLACES) as PackedSystem[]);

const PACKING_LIMIT_MS = 180_000;

/**
 * Packs the app as `npm run package` does, up to the folder that an installer is made of, with a stand-in for Electron's
 * runtime. Everything is put below `into`, an empty folder. Throws with what was said when it fails.
 */
export async function pack(into: string, systems: readonly PackedSystem[]): Promise<readonly Packed[]> {
  const places = systems.map((system) => PLACES[system]);
  const app = join(into, 'app');
  const standIn = join(into, 'electron');
  const temporary = join(into, 'tmp');
  mkdirSync(temporary);
  await makeStandIn(standIn);
  // A home of its own: npm and electron-builder keep logs and caches there, and a Mac its identities for signing.
  const env = { ...baseEnv(), HOME: into, TMPDIR: temporary, CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
  await run(env, 'app/package/app-folder.mjs', app);
  await run(
    env,
    'node_modules/electron-builder/cli.js',
    ...[...new Set(places.map(({ option }) => option))].flatMap((option) => [option, 'dir']),
    ...new Set(places.map(({ processor }) => `--${processor}`)),
    '--publish=never',
    `--config.directories.app=${app}`,
    `--config.directories.output=${join(into, 'installers')}`,
    `--config.electronDist=${standIn}`,
  );
  return systems.map((system) => {
    const place = PLACES[system];
    const folder = join(into, 'installers', place.folder);
    const resources = join(folder, place.resources);
    return { system, resources, asar: join(resources, 'app.asar'), program: join(folder, place.program) };
  });
}

async function run(env: Readonly<Record<string, string>>, script: string, ...parameters: string[]): Promise<void> {
  const end = await runProgram(process.execPath, [join(CHECKOUT, script), ...parameters], {
    cwd: CHECKOUT,
    env,
    limitMs: PACKING_LIMIT_MS,
  });
  if (end.code !== 0) throw new Error(`${script} failed.\n${end.stdout.toString()}\n${end.stderr.toString()}`);
}

/** The files of an archive, e.g. "shell/main.mjs", also those that lie beside it. */
export function filesInAsar(asar: string): readonly string[] {
  return listPackage(asar, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => !('files' in statFile(asar, path)))
    .sort();
}

/** The files below a folder, relative to it. */
export function filesBelow(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

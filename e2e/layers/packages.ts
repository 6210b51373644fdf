import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from './run-program.ts';

/** The Debian and Ubuntu packages that tests and demo drive. */
export type PackageName =
  | 'thunderbird'
  | 'chromium'
  | 'gnome-keyring'
  | 'dbus'
  | 'libsecret-1-0'
  | 'openssl'
  | 'libnss3-tools'
  | 'xvfb'
  | 'xauth'
  | 'xdotool'
  | 'imagemagick';

/** How to see, on any system, whether what a package brings is there. */
type Probe = { readonly programs: readonly string[] } | { readonly library: string };

const PACKAGES: Readonly<Record<PackageName, Probe>> = Object.freeze({
  thunderbird: { programs: ['thunderbird'] },
  chromium: { programs: ['chromium'] },
  'gnome-keyring': { programs: ['gnome-keyring-daemon'] },
  dbus: { programs: ['dbus-daemon', 'dbus-send'] },
  'libsecret-1-0': { library: 'libsecret-1.so.0' },
  openssl: { programs: ['openssl'] },
  'libnss3-tools': { programs: ['certutil', 'pk12util'] },
  xvfb: { programs: ['Xvfb'] },
  xauth: { programs: ['xauth'] },
  xdotool: { programs: ['xdotool'] },
  imagemagick: { programs: ['import'] },
});

export const ALL_PACKAGES = Object.freeze(Object.keys(PACKAGES) as PackageName[]);

/** A first installation of Thunderbird takes one to three minutes; a slow mirror several times that. */
const APT_LIMIT_MINUTES = 15;

/** Which of these packages are missing on this machine. */
export function missingPackages(names: readonly PackageName[]): readonly PackageName[] {
  return names.filter((name) => {
    const probe = PACKAGES[name];
    return 'programs' in probe ? !probe.programs.every(isOnPath) : !isLibraryThere(probe.library);
  });
}

/** The one command with which a person installs them. */
export function installCommand(names: readonly PackageName[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

/** Whether this process may install packages by itself: root on a system with apt. */
function mayInstall(): boolean {
  return process.getuid?.() === 0 && isOnPath('apt-get');
}

/**
 * Installs what is missing, as root on Debian or Ubuntu; elsewhere it does nothing.
 * `say` gets one line before it begins. Returns what is still missing and, where apt failed, what it said.
 */
export async function installMissing(
  names: readonly PackageName[],
  say: (line: string) => void,
): Promise<{ readonly missing: readonly PackageName[]; readonly output: string }> {
  const missing = missingPackages(names);
  if (missing.length === 0 || !mayInstall()) return { missing, output: '' };
  say(`Installing ${missing.join(' ')} (a few minutes at the first time) …`);
  const updated = await apt(['update']);
  const installed = await install(missing);
  // An update that failed because of one strange mirror does no harm when the packages came all the same.
  if (installed.code === 0) return { missing: missingPackages(names), output: '' };
  const known = await knownPackages(missing);
  if (known.length > 0 && known.length < missing.length) await install(known);
  return {
    missing: missingPackages(names),
    output: updated.code === 0 ? installed.output : updated.output + installed.output,
  };
}

function install(names: readonly PackageName[], ...options: readonly string[]): ReturnType<typeof runProgram> {
  return apt(['install', '-y', '--no-install-recommends', ...options, ...names]);
}

/**
 * Which of these packages this system has: of several that are asked for together, one that it does not have (Ubuntu
 * has no package `chromium`) keeps all the others away.
 */
async function knownPackages(names: readonly PackageName[]): Promise<readonly PackageName[]> {
  const ends = await Promise.all(names.map((name) => install([name], '--simulate')));
  return names.filter((_, index) => ends[index]?.code === 0);
}

function apt(parameters: readonly string[]): ReturnType<typeof runProgram> {
  return runProgram('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...parameters], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    limitMs: APT_LIMIT_MINUTES * 60_000,
  });
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

function isLibraryThere(library: string): boolean {
  const roots = ['/lib', '/usr/lib', '/usr/lib64', '/usr/local/lib'].filter((folder) => existsSync(folder));
  // Debian's multiarch folders are named after the machine: /usr/lib/x86_64-linux-gnu.
  const multiarch = roots.flatMap((root) =>
    readdirSync(root)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(root, name)),
  );
  return [...roots, ...multiarch].some((folder) => existsSync(join(folder, library)));
}

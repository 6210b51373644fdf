import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that the tests with real parts drive, and the Debian packages they come in. */
const PACKAGE_OF = Object.freeze({
  thunderbird: 'thunderbird',
  chromium: 'chromium',
  openssl: 'openssl',
  certutil: 'libnss3-tools',
  pk12util: 'libnss3-tools',
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-daemon': 'dbus',
  Xvfb: 'xvfb',
  xdotool: 'xdotool',
  import: 'imagemagick',
} as const);

export type ProgramName = keyof typeof PACKAGE_OF;

/** The folder of Debian's Thunderbird. `/usr/bin/thunderbird` is a script round it that asks about old profiles. */
export const THUNDERBIRD_FOLDER = '/usr/lib/thunderbird';
export const THUNDERBIRD_PROGRAM = join(THUNDERBIRD_FOLDER, 'thunderbird-bin');

/** Stops the test file with one sentence that says what to install, instead of failing in the middle of something. */
export function requirePrograms(...names: readonly ProgramName[]): void {
  const missing = names.filter((name) => findProgram(name) === null);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => PACKAGE_OF[name]))];
  throw new Error(`Not installed: ${missing.join(', ')}. Install with: apt-get install -y ${packages.join(' ')}`);
}

/** The full path of a program on PATH; null when it is not there. */
export function findProgram(name: ProgramName): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

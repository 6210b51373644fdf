import { execFile } from 'node:child_process';

/** A bus that does not answer is none, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

const WATCHER = 'org.kde.StatusNotifierWatcher';

/** The programs by which the session's bus can be asked; one of them is on every desktop. */
const ASKERS: readonly (readonly [program: string, ...args: string[]])[] = [
  [
    'gdbus',
    ...['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'],
    ...['--method', 'org.freedesktop.DBus.NameHasOwner', WATCHER],
  ],
  [
    'dbus-send',
    ...['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
    ...['org.freedesktop.DBus.NameHasOwner', `string:${WATCHER}`],
  ],
];

/**
 * Whether this desktop shows icons of programs. Electron makes one on every Linux, also where nobody shows it (GNOME
 * without an extension), and a window that is hidden there could not be found again.
 */
export async function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, ...args] of ASKERS) {
    const answer = await outputOf(program, args);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}

/** Null where the program is not there or does not come to an end. */
function outputOf(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ANSWER_WITHIN_MS }, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}

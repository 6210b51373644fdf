import { execFile } from 'node:child_process';

/** A bus that does not answer is none, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

/** A call whose parameters are texts and whose answer is yes or no. */
interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly method: string;
  readonly texts: readonly string[];
}

/** What the bus of the person's session (Linux) is asked. Null: there is none, or nothing with which to ask it. */
export interface SessionBus {
  /** Whether this desktop shows icons of programs. Electron makes one everywhere, also where nobody shows it. */
  readonly hasTrayHost: () => Promise<boolean | null>;
  /** Whether the keychain would have to ask the person. Asks them nothing. */
  readonly isKeychainLocked: () => Promise<boolean | null>;
}

export const sessionBus: SessionBus = Object.freeze({
  hasTrayHost: () =>
    ask({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      method: 'org.freedesktop.DBus.NameHasOwner',
      texts: ['org.kde.StatusNotifierWatcher'],
    }),
  // Secret Service API 0.2: the collection that new entries go to, and its property.
  isKeychainLocked: () =>
    ask({
      destination: 'org.freedesktop.secrets',
      path: '/org/freedesktop/secrets/aliases/default',
      method: 'org.freedesktop.DBus.Properties.Get',
      texts: ['org.freedesktop.Secret.Collection', 'Locked'],
    }),
});

/** One of the two programs is on every desktop (GLib's, and D-Bus's own). */
async function ask({ destination, path, method, texts }: BusCall): Promise<boolean | null> {
  const gdbus = ['call', '--session', '--dest', destination, '--object-path', path, '--method', method, ...texts];
  const dbusSend = ['--session', '--print-reply=literal', `--dest=${destination}`, path, method];
  const answer =
    (await outputOf('gdbus', gdbus)) ??
    (await outputOf('dbus-send', [...dbusSend, ...texts.map((text) => `string:${text}`)]));
  const word = /\b(true|false)\b/.exec(answer ?? '')?.[1];
  return word === undefined ? null : word === 'true';
}

/** Null where the program is not there, fails, or does not come to an end. */
function outputOf(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ANSWER_WITHIN_MS }, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext } from 'playwright';
import { writePreferences } from './preferences.ts';
import { findChromium } from './program.ts';

/** A Chromium of the host's own, with a profile that goes when it ends. */
export interface Chromium {
  readonly context: BrowserContext;
  /** Where a test can connect; null for a window that a person sees, which opens no port. */
  readonly endpoint: string | null;
  close(): Promise<void>;
}

/** Where and how large a window is, in pixels of the display. */
export interface WindowShape {
  readonly x: number;
  readonly y: number;
  /** Without, the system finds a place for it. */
  readonly hasPlace: boolean;
  readonly width: number;
  readonly height: number;
  readonly background: string;
}

export interface ChromiumOptions {
  /** The folder in which the temporary profile is made. */
  readonly folder: string;
  /** A window on the person's display; null: none that is seen. */
  readonly window: WindowShape | null;
}

const QUIET = Object.freeze([
  // Nothing that the app did not ask for leaves the computer; what is answered by the host is never looked up.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--disable-sync',
]);

/** Set in the environment, it lets a person see the windows that a program drives, on their display. */
export const WATCHED = 'ENDYMAIL_HOST_WATCHED';
const isWatched = (): boolean => process.env[WATCHED] !== undefined;

/** Chromium keeps the cache of a profile in a place of its own, with the person's other caches. */
const cacheIn = (profile: string): string => `--disk-cache-dir=${join(profile, 'cache')}`;

/**
 * Chromium locks its profile by a socket in the folder for temporary files, and ends where that path is too long for one
 * (108 bytes with `org.chromium.Chromium.XXXXXX/SingletonSocket` and a zero).
 */
const TEMPORARY_FOLDER_MAX_BYTES = 60;
function shortTemporaryFolder(): Readonly<Record<string, string>> {
  const isTooLong = process.platform !== 'win32' && Buffer.byteLength(tmpdir()) > TEMPORARY_FOLDER_MAX_BYTES;
  return isTooLong ? { TMPDIR: '/tmp' } : {};
}

/** How the temporary profiles begin. */
const PROFILE = 'chromium-';

/** Deletes the profiles of browsers that did not come to their end. */
export function removeLeftProfiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(PROFILE))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Starts Chromium, which is driven through a pipe. Throws where there is none. */
export async function startChromium({ folder, window }: ChromiumOptions): Promise<Chromium> {
  const program = findChromium();
  if (program === null) throw new Error('No Chromium was found on this computer.');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const profile = mkdtempSync(join(folder, PROFILE));
  writePreferences(profile);
  const asRoot = process.getuid?.() === 0;
  // Loaded where it is needed: a process of the app without windows starts at once.
  const { chromium } = await import('playwright');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program.path,
    // As root Chromium does not start with its sandbox.
    chromiumSandbox: !asRoot,
    headless: window === null && !isWatched(),
    viewport: null,
    serviceWorkers: 'block',
    // The host ends its Chromium itself, after the app has been asked.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(window === null ? headless(profile) : visible(profile, window, asRoot)),
  });
  const pid = processOf(profile);
  let hasEnded = false;
  context.on('close', () => {
    hasEnded = true;
  });
  const end = async (): Promise<void> => {
    await context.close().catch((error: unknown) => {
      // The person closed its window in the meantime.
      if (!hasEnded) throw error;
    });
    // It writes to its profile to the last, also after it has let go of its pipe.
    if (pid !== null) await ended(pid);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  let ending: Promise<void> | null = null;
  const close = (): Promise<void> => (ending ??= end());
  return { context, endpoint: window === null ? debuggingEndpoint(profile) : null, close };
}

function headless(profile: string): { readonly args: string[]; readonly env: Record<string, string | undefined> } {
  return {
    // A person who watches would be warned of the parameters in a bar.
    args: [
      ...QUIET,
      cacheIn(profile),
      '--remote-debugging-port=0',
      '--disable-gpu',
      ...(isWatched() ? ['--test-type'] : []),
    ],
    // What Chromium keeps beside its profile (a certificate store, crash reports) goes with the profile.
    env: {
      ...process.env,
      ...shortTemporaryFolder(),
      HOME: profile,
      XDG_CONFIG_HOME: profile,
      XDG_CACHE_HOME: profile,
    },
  };
}

function visible(
  profile: string,
  { x, y, hasPlace, width, height, background }: WindowShape,
  asRoot: boolean,
): { readonly args: string[]; readonly ignoreDefaultArgs: string[]; readonly env: NodeJS.ProcessEnv } {
  const empty = `data:text/html,<body style="background:${encodeURIComponent(background)}">`;
  const place = hasPlace ? [`--window-position=${x},${y}`] : [];
  // Without `--test-type` Chromium tells root in a bar that the sandbox is off.
  const root = asRoot ? ['--test-type'] : [];
  return {
    args: [...QUIET, cacheIn(profile), ...root, ...place, `--app=${empty}`, `--window-size=${width},${height}`],
    ignoreDefaultArgs: ['--enable-automation'],
    env: { ...process.env, ...shortTemporaryFolder(), BREAKPAD_DUMP_LOCATION: profile },
  };
}

/** The process that has locked the profile: its lock is a link to `<host>-<pid>`. Null: a system where it has another form. */
function processOf(profile: string): number | null {
  try {
    const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

const END_LOOKS_MAX = 100;
const END_LOOK_EVERY_MS = 50;

/** Resolves once the process is gone, or when it takes too long to wait for. */
async function ended(pid: number): Promise<void> {
  for (let look = 0; look < END_LOOKS_MAX && isRunning(pid); look++) await setTimeout(END_LOOK_EVERY_MS);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Chromium writes the port that it chose into its profile. */
function debuggingEndpoint(profile: string): string {
  const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}

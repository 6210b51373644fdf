import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
// The product's own client of Marionette: one more place where it is used on the real thing.
import {
  connectMarionette,
  type JsonValue,
  type MarionetteSession,
} from '../../main/agent/mail-clients/thunderbird/headless/marionette.ts';
import { endProgram, hasEnded, startProgram } from './child.ts';
import { removePrefs, setPrefs } from './prefs-file.ts';
import { THUNDERBIRD_PROGRAM } from './programs.ts';
import { DRIVER_PREFS } from './test-prefs.ts';
import type { TestProfile } from './thunderbird-profile.ts';
import { until } from './until.ts';

/** A running Thunderbird under remote control. */
export interface Thunderbird extends AsyncDisposable {
  readonly profile: TestProfile;
  readonly pid: number;
  /** Runs the body of an async function with the program's own rights; `args` are its arguments. Throws what it throws. */
  run(body: string, args?: readonly JsonValue[], limitMs?: number): Promise<unknown>;
  /** Ends it as a person would, with everything saved. */
  quit(): Promise<void>;
}

export interface ThunderbirdOptions {
  /** Without a window by default; else the X display to show it on, e.g. ":7". */
  readonly display?: string;
  /** Another installation than the system's. */
  readonly program?: string;
}

const START_LIMIT_MS = 30_000;
const QUIT_LIMIT_MS = 20_000;

/**
 * Once in some hundred times Thunderbird hangs at its own end; why is not known. One a test file is borne, so that what
 * makes it hang each time is still seen.
 */
const HANGS_MAX = 1;
let hangs = 0;

/**
 * Starts Thunderbird on a closed profile and waits until a person could work with it. Once in a hundred starts its remote
 * control does not come up, which is no matter of ours: then it is ended and started once more.
 */
export async function startThunderbird(profile: TestProfile, options: ThunderbirdOptions = {}): Promise<Thunderbird> {
  return (await launch(profile, options)) ?? (await launch(profile, options)) ?? unreachable(profile);
}

function unreachable(profile: TestProfile): never {
  throw new Error(`The remote control of Thunderbird did not come up, twice:\n${tail(logFileOf(profile))}`);
}

const logFileOf = (profile: TestProfile): string => join(profile.home.scratchFolder, 'thunderbird.log');

/** Null when it runs and can not be reached; it is ended then. */
async function launch(profile: TestProfile, options: ThunderbirdOptions): Promise<Thunderbird | null> {
  const portFile = join(profile.folder, 'MarionetteActivePort');
  const logFile = logFileOf(profile);
  rmSync(portFile, { force: true });
  setPrefs(profile.folder, DRIVER_PREFS);
  const child = startProgram(
    options.program ?? THUNDERBIRD_PROGRAM,
    [
      ...['--profile', profile.folder, '--no-remote', '--marionette', '--remote-allow-system-access'],
      ...(options.display === undefined ? ['--headless'] : []),
    ],
    { env: thunderbirdEnv(profile, options.display), logFile },
  );
  let quitting: Promise<void> | null = null;
  profile.home.onDispose(() => quitting ?? endProgram(child));
  const ended = new AbortController();
  child.once('exit', () => {
    ended.abort();
  });
  const port = await until(
    'the port of Thunderbird',
    () => {
      if (hasEnded(child)) throw new Error(`Thunderbird ended at its start:\n${tail(logFile)}`);
      return existsSync(portFile) && Number(readFileSync(portFile, 'utf8'));
    },
    START_LIMIT_MS,
  );
  const session = await connectMarionette({ port, deadlineMs: START_LIMIT_MS, signal: ended.signal });
  if (!session.ok) {
    await endProgram(child);
    return null;
  }
  const run: Thunderbird['run'] = (body, args, limitMs) => runOrThrow(session.value, body, args, limitMs);
  const folder = await run('return PathUtils.profileDir;');
  if (folder !== profile.folder) throw new Error(`The port belongs to another Thunderbird: ${String(folder)}`);
  await run(WAIT_FOR_MAIN_WINDOW, [], START_LIMIT_MS);

  const quit = async (): Promise<void> => {
    const gone = hasEnded(child) ? Promise.resolve() : once(child, 'exit');
    // What it would save at its end is saved before, so that nothing is lost where it hangs there.
    await session.value.run('Services.prefs.savePrefFile(null);');
    await session.value.quit();
    const timer = setTimeout(() => child.kill('SIGKILL'), QUIT_LIMIT_MS);
    await gone;
    clearTimeout(timer);
    removePrefs(profile.folder, Object.keys(DRIVER_PREFS));
    if (child.signalCode !== null && ++hangs > HANGS_MAX) {
      throw new Error(`Thunderbird did not quit by itself, again (${child.signalCode})`);
    }
  };
  const quitOnce = (): Promise<void> => (quitting ??= quit());
  // A home that goes before a test let go of its Thunderbird: an orderly end all the same.
  profile.home.onDispose(quitOnce);
  return { profile, pid: child.pid ?? 0, run, quit: quitOnce, [Symbol.asyncDispose]: quitOnce };
}

/** A Thunderbird that is started when a test needs it running and quits when a test needs it closed. */
export interface ThunderbirdHandle extends AsyncDisposable {
  readonly profile: TestProfile;
  /** The running one; starts it where it is closed (3 to 10 s). */
  running(): Promise<Thunderbird>;
  /** Returns when it is closed. */
  closed(): Promise<void>;
}

/** One Thunderbird for a test file: what needs it running shares it, what needs it closed closes it. */
export function createThunderbirdHandle(profile: TestProfile, options: ThunderbirdOptions = {}): ThunderbirdHandle {
  let current: Promise<Thunderbird> | null = null;
  const closed = async (): Promise<void> => {
    const thunderbird = current;
    current = null;
    if (thunderbird !== null) await (await thunderbird).quit();
  };
  return {
    profile,
    running: () => (current ??= startThunderbird(profile, options)),
    closed,
    [Symbol.asyncDispose]: closed,
  };
}

/** The first start of a profile, as every real one has had: Thunderbird makes its databases and writes its prefs. */
export async function startOnce(profile: TestProfile): Promise<void> {
  const thunderbird = await startThunderbird(profile);
  await thunderbird.quit();
}

/** The environment of a Thunderbird that runs as the person of this profile. */
export function thunderbirdEnv(profile: TestProfile, display?: string): Record<string, string> {
  return {
    ...profile.home.env,
    MOZ_CRASHREPORTER_DISABLE: '1',
    ...(display === undefined ? {} : { DISPLAY: display, GDK_BACKEND: 'x11' }),
  };
}

async function runOrThrow(
  session: MarionetteSession,
  body: string,
  args?: readonly JsonValue[],
  limitMs?: number,
): Promise<unknown> {
  const answer = await session.run(body, args, limitMs);
  if (!answer.ok) throw new Error(`In Thunderbird: ${answer.error.detail ?? answer.error.message}`);
  return answer.value;
}

const LOG_TAIL_CHARS = 2_000;

const tail = (logFile: string): string => readFileSync(logFile, 'utf8').slice(-LOG_TAIL_CHARS);

/** The main window is there, its start-up work is done, and its folder list is filled (messenger.js, about3Pane.js). */
const WAIT_FOR_MAIN_WINDOW = `
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  for (;;) {
    const main = Services.wm.getMostRecentWindow('mail:3pane');
    const pane = main?.document.getElementById('tabmail')?.currentAbout3Pane;
    if (main?.gMailInit?.delayedStartupFinished && pane?.folderTree?.rows?.length > 0) return true;
    await new Promise(resolve => setTimeout(resolve, 25));
  }`;

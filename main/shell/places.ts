import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseJson } from '../files/decode.ts';
import type { StartCommand } from './login-item.ts';
import { SWITCHES } from './start-options.ts';

/**
 * Groups the windows in the task bar of Windows, and names who notifies: only where the installer's entry in the start
 * menu has the same (electron-builder.yml).
 */
export const APP_ID = 'org.endymail.Endymail';

const DIGEST_CHARS = 16;

/** Names a home in the names of files and folders, without saying where it is. */
export const homeDigest = (home: string): string =>
  createHash('sha256').update(home).digest('hex').slice(0, DIGEST_CHARS);

/**
 * Where the window of a home keeps what is its own. A folder for each home, because Electron's lock of one instance is
 * one for each such folder; and never within the home, which on a Mac lies where Electron would put this.
 */
export const windowFolder = (appData: string, home: string): string =>
  join(appData, 'Endymail Window', homeDigest(home));

export interface StartPlaces {
  readonly isPackaged: boolean;
  /** `process.execPath`. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isDefaultHome: boolean;
}

/**
 * How the system starts this again together with itself; null where nobody knows. A package is its own program; an
 * AppImage is run from a folder that is gone later and says where it lies; whatever starts a checkout says so itself.
 */
export function startCommand({ isPackaged, program, env, home, isDefaultHome }: StartPlaces): StartCommand | null {
  const start = isPackaged ? ([env['APPIMAGE'] ?? program] as const) : toldStart(env['ENDYMAIL_START_COMMAND']);
  if (start === null) return null;
  return [...start, SWITCHES.hidden, ...(isDefaultHome ? [] : [SWITCHES.home, home])];
}

const ToldStart = v.tupleWithRest([v.string()], v.string());

function toldStart(text: string | undefined): StartCommand | null {
  const told = v.safeParse(ToldStart, parseJson(text ?? ''));
  return told.success ? told.output : null;
}

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import { readBounded } from '../../../../files/bounded-read.ts';
import { utf8Text } from '../../../../files/decode.ts';

const LOOK_EVERY_MS = 25;
const PORT_MAX = 65_535;
/** Five digits, and room to see that there is more. */
const PORT_FILE_MAX_BYTES = 16;

/**
 * Where a Thunderbird under remote control writes the port that it listens on (remote/marionette/server.sys.mjs). It is
 * in the profile folder, so a port that is found there can not be another profile's.
 */
export const portFile = (profile: ClientProfile): string => path.join(profile.path, 'MarionetteActivePort');

/**
 * Waits until the program that is starting says on which port it listens. `deadline` is a time of `Date.now()`; `ended`
 * is aborted when the program ends. Errors: `client-run-failed`.
 */
export async function portOfRun(
  profile: ClientProfile,
  deadline: number,
  ended: AbortSignal,
): Promise<Result<number, Failure>> {
  while (Date.now() < deadline) {
    const port = await readPort(portFile(profile));
    if (port !== null) return ok(port);
    if (ended.aborted) return err(failure('client-run-failed', undefined, 'It ended before it could be reached.'));
    await pause(LOOK_EVERY_MS);
  }
  return err(failure('client-run-failed', undefined, 'It did not start in time.'));
}

async function readPort(file: string): Promise<number | null> {
  const read = await readBounded(file, PORT_FILE_MAX_BYTES);
  const text = read.ok && read.value !== null ? utf8Text(read.value) : null;
  const port = text !== null && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= PORT_MAX ? port : null;
}

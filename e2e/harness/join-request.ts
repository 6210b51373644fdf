import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProgram, hasEnded, startProgram } from './child.ts';
import { ENDYMAIL } from './endymail.ts';
import type { Person } from './person.ts';
import { until } from './until.ts';

/** `device request`, which shows its digits and waits for the other computer. */
export interface JoinRequest {
  /** As they are typed on the other computer. */
  readonly digits: string;
  /** Returns when it has ended: its exit code, and everything that it said. */
  readonly end: () => Promise<{ readonly code: number | null; readonly said: string }>;
}

/** The six digits as the new computer shows them. */
const DIGITS = /^ {4}(\d{3}) (\d{3})$/m;

/** How long the command may take from the digits to its end. */
const JOIN_LIMIT_MS = 60_000;

/** Asks on this person's computer to join an account. Returns when the digits are shown. */
export async function askToJoin({ home, env }: Person, account: string): Promise<JoinRequest> {
  const logFile = join(home.scratchFolder, `join-request-${crypto.randomUUID()}.log`);
  const child = startProgram(ENDYMAIL[0], [ENDYMAIL[1], 'device', 'request', account], {
    env: { ...home.env, ...env },
    logFile,
  });
  home.onDispose(() => endProgram(child));
  const said = (): string => readFileSync(logFile, 'utf8');
  const [, left = '', right = ''] = await until('the digits', () => {
    if (hasEnded(child)) throw new Error(`It ended with ${String(child.exitCode)}:\n${said()}`);
    return DIGITS.exec(said());
  });
  return {
    digits: `${left}${right}`,
    end: () =>
      until('the end of the request', () => hasEnded(child) && { code: child.exitCode, said: said() }, JOIN_LIMIT_MS),
  };
}

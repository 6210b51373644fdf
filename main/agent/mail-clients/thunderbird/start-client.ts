import { spawn } from 'node:child_process';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../system.ts';

/**
 * Starts the client with a profile as the person would: in their session, with its windows, and going on when this
 * process ends. One that runs already takes `args` over. Resolves when the program was started.
 * Errors: `client-not-installed`.
 */
export async function startClient(
  { program, path }: Pick<ClientProfile, 'program' | 'path'>,
  args: readonly string[],
  system: System,
): Promise<Result<void, Failure>> {
  if (program === null) return err(failure('client-not-installed'));
  return new Promise((resolve) => {
    const child = spawn(program, ['--profile', path, ...args], {
      // Not in our own folder, which could not be moved or unmounted as long as the client runs.
      cwd: system.homeDir,
      env: { ...system.env },
      detached: true,
      stdio: 'ignore',
    });
    child.once('error', (error) => {
      resolve(err(failure('client-not-installed', undefined, error.message)));
    });
    child.once('spawn', () => {
      child.unref();
      resolve(ok());
    });
  });
}

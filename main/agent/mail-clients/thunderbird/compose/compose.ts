import { spawn } from 'node:child_process';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import type { TestMessage } from '../../adapter.ts';

/** nsIMsgCompFormat.PlainText */
const FORMAT_PLAIN_TEXT = 2;

/**
 * Opens a message in the client's compose window. A client that runs takes it over; otherwise it is started and goes on
 * running. Resolves when the program was started. Errors: `client-not-installed`.
 */
export async function openComposeWindow(
  profile: ClientProfile,
  identityId: string,
  message: TestMessage,
  system: System,
): Promise<Result<void, Failure>> {
  const { program } = profile;
  if (program === null) return err(failure('client-not-installed'));
  const args = ['--profile', profile.path, '-compose', composeArgument(identityId, message)];
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: { ...system.env }, detached: true, stdio: 'ignore' });
    child.once('error', (error) => {
      resolve(err(failure('client-not-installed', undefined, error.message)));
    });
    child.once('spawn', () => {
      child.unref();
      resolve(ok());
    });
  });
}

/**
 * The argument of `-compose` as MsgComposeCommands.js reads it (GetArgs): fields divided by commas, a value in single
 * quotes taken as it is. A quoted value ends at a quote before a comma or at the end, and there is no escape: such a
 * quote of the text becomes the typographic one. (No mail address has one there.) U+0001 divides the fields internally.
 */
export function composeArgument(identityId: string, { to, subject, body }: TestMessage): string {
  const fields: readonly (readonly [string, string])[] = [
    ['preselectid', identityId],
    ['to', to],
    ['subject', subject],
    ['body', body],
  ];
  const quoted = fields.map(
    ([name, value]) => `${name}='${value.replaceAll('\u0001', '').replaceAll(/'(?=,|$)/g, '’')}'`,
  );
  return [...quoted, `format=${FORMAT_PLAIN_TEXT}`].join(',');
}

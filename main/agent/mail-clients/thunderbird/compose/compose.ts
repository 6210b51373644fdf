import type { Failure, Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import type { TestMessage } from '../../adapter.ts';
import { startClient } from '../start-client.ts';

/** nsIMsgCompFormat.PlainText */
const FORMAT_PLAIN_TEXT = 2;

/**
 * Opens a message in the client's compose window. A client that runs takes it over; otherwise it is started and goes on
 * running. Resolves when the program was started. Errors: `client-not-installed`.
 */
export function openComposeWindow(
  profile: ClientProfile,
  identityId: string,
  message: TestMessage,
  system: System,
): Promise<Result<void, Failure>> {
  return startClient(profile, ['-compose', composeArgument(identityId, message)], system);
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

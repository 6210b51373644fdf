import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { DeviceView } from '@endymail/shared/account';
import type { Agent } from '../../../agent/index.ts';
import { text } from '../../command-line/command.ts';
import { readPassphraseFile } from '../../files/passphrase-file.ts';
import type { Session } from '../../session.ts';

/** The option of what may need the recovery words. */
export const WORDS_FILE_OPTION = Object.freeze({
  'words-file': {
    type: 'string',
    value: '<file>',
    help: 'A file with the recovery words, where this device alone may not do it.',
  },
} as const);

/** The one device of the account whose id begins so, and that was not removed. Errors: `device-unknown`, and as `devices`. */
export async function chosenDevice(agent: Agent, prefix: string): Promise<Result<DeviceView, Failure>> {
  const devices = await agent.account.devices();
  if (!devices.ok) return devices;
  const present = devices.value.filter(({ state }) => state !== 'removed');
  const [device, second] = present.filter(({ id }) => id.startsWith(prefix.toLowerCase()));
  if (device === undefined) return err(failure('device-unknown'));
  return second === undefined
    ? ok(device)
    : err(failure('device-unknown', 'Several devices begin so: give more letters of the id.'));
}

/** The recovery words of the file that was named; null: none was. */
export async function wordsFrom(
  values: Parameters<typeof text>[0],
  { terminal }: Session,
): Promise<Result<Redacted<string> | null, Failure>> {
  const file = text(values, 'words-file');
  if (file === null) return ok(null);
  return readPassphraseFile(file, (remark) => {
    terminal.note(remark);
  });
}

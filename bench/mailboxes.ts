import { runProgram, testAddress, THUNDERBIRD_FOLDER, type TestIdentity } from '@endymail/e2e/harness';
import type { MailAddress } from '@endymail/shared/mail';

/** So many mailboxes, each an account of its own. */
export function identities(count: number): readonly TestIdentity[] {
  return Array.from({ length: count }, (_, index) => ({
    address: `mailbox${index + 1}@example.test`,
    name: `Mailbox ${index + 1}`,
  }));
}

export function addresses(count: number): readonly MailAddress[] {
  return identities(count).map(({ address }) => testAddress(address));
}

/** The environment in which the NSS tools load Thunderbird's own library, as the agent starts them. */
const NSS_ENV = Object.freeze({
  PATH: process.env['PATH'] ?? '',
  LC_ALL: 'C',
  LD_LIBRARY_PATH: THUNDERBIRD_FOLDER,
});

/** Makes the certificate store that every profile has that was started once. */
export async function makeStore(profileFolder: string): Promise<void> {
  await nss('certutil', ['-N', '--empty-password', '-d', `sql:${profileFolder}`]);
}

/** Runs a tool that must go well. */
export async function nss(program: 'certutil' | 'pk12util', parameters: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runProgram(program, parameters, { env: NSS_ENV });
  if (code !== 0) throw new Error(`${program}: ${stdout.toString()}${stderr.toString()}`);
}

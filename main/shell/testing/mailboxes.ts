import { failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { parseMailAddress, type ClientProfile, type MailAddress, type ProfileId } from '@endymail/shared/mail';
import type { AgentProgress, MailboxView } from '@endymail/shared/ipc';
import type { WorkReport } from '../../agent/client.ts';

function address(text: string): MailAddress {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

export const ALICE = address('alice@example.test');
export const BOB = address('bob@example.test');

/** A profile of Thunderbird with these mailboxes. */
export function profile(id: number, addresses: readonly MailAddress[]): ClientProfile {
  return {
    // Sixteen hex digits are what such an id is.
    id: id.toString(16).padStart(16, '0') as ProfileId,
    product: 'Thunderbird',
    packaging: 'native',
    path: `/home/alice/.thunderbird/p${id}`,
    name: `profile ${id}`,
    inUse: true,
    version: '153.7.0',
    program: '/usr/bin/thunderbird',
    running: false,
    primaryPassword: null,
    autoEnable: false,
    autoDisable: true,
    overruled: [],
    identities: addresses.map((mailbox, index) => ({
      id: `id${index + 1}`,
      address: mailbox,
      name: 'Somebody',
      account: {
        id: `account${index + 1}`,
        name: mailbox,
        serverType: 'imap',
        serverHost: 'mail.example.test',
        userName: mailbox,
      },
      isDefault: true,
      signingKey: 'secret id of a key',
      encryptionKey: null,
      openPgpKey: null,
      encryptionPolicy: 0,
      signMail: false,
    })),
    problems: [],
  };
}

export function mailbox(change: Partial<MailboxView> = {}, running = false): MailboxView {
  const { id, product, version, name } = profile(1, []);
  const place = {
    profileId: id,
    product,
    version,
    profileName: name,
    inUse: true,
    running,
    accountName: 'account',
    identityName: 'Somebody',
    setup: 'none',
  } as const;
  return { address: ALICE, name: 'Alice', state: 'off', suggested: true, reasons: [], places: [place], ...change };
}

export const report = (
  waiting: readonly (readonly [profile: ClientProfile, why: Failure['code']])[] = [],
): Result<WorkReport, Failure> =>
  ok({ done: [], waiting: waiting.map(([waits, why]) => ({ profile: waits, why: failure(why) })) });

export const progress = (
  kind: AgentProgress['kind'],
  mailAddress: MailAddress | null,
  where: ClientProfile | null = null,
): AgentProgress => ({ kind, address: mailAddress, profile: where, command: 'endymail enable' });

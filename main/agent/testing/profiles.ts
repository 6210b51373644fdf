import {
  parseMailAddress,
  type ClientIdentity,
  type ClientProfile,
  type MailAddress,
  type ProfileId,
} from '@endymail/shared/mail';

/** An address that a test writes down; throws where it is none. */
export const address = (text: string): MailAddress => {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

/** A mailbox as a client without any set-up has it. */
export function identity(id: string, of: MailAddress, more: Partial<ClientIdentity> = {}): ClientIdentity {
  return {
    id,
    address: of,
    name: 'Alice Example',
    account: { id: 'account1', name: of, serverType: 'imap', serverHost: '127.0.0.1', userName: 'alice' },
    isDefault: true,
    signingKey: null,
    encryptionKey: null,
    openPgpKey: null,
    encryptionPolicy: 0,
    signMail: false,
    ...more,
  };
}

/** A profile of a client that is closed and has nothing of ours. */
export function profile(
  name: string,
  identities: readonly ClientIdentity[],
  more: Partial<ClientProfile> = {},
): ClientProfile {
  return {
    id: name.padEnd(16, '0') as ProfileId,
    product: 'Thunderbird',
    packaging: 'native',
    path: `/home/alice/.thunderbird/${name}`,
    name,
    inUse: true,
    version: '153.7.0',
    program: '/usr/lib/thunderbird/thunderbird-bin',
    running: false,
    primaryPassword: false,
    autoEnable: false,
    autoDisable: false,
    overruled: [],
    identities,
    problems: [],
    ...more,
  };
}

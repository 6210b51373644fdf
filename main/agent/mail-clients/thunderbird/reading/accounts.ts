import { failure, type Failure } from '@endymail/shared/result';
import { parseMailAddress, type ClientAccount, type ClientIdentity, type PrefValue } from '@endymail/shared/mail';
import { ACCOUNTS_MAX, IDENTITIES_PER_ACCOUNT_MAX } from './limits.ts';

/** How a pref is looked up, whatever decides about its value. */
export type PrefLookup = (name: string) => PrefValue;

/** Servers that are not mailboxes: local folders, feeds, news groups, chat. */
const SERVER_TYPES_WITHOUT_MAIL: readonly string[] = ['none', 'rss', 'nntp', 'im'];

/**
 * Lists the sending identities of every mail account (nsMsgAccountManager.cpp: `mail.accountmanager.accounts` names
 * accounts, these name identities and a server). An identity without a usable address is in `problems` instead.
 */
export function readAccounts(get: PrefLookup): {
  readonly identities: readonly ClientIdentity[];
  readonly problems: readonly Failure[];
} {
  const identities: ClientIdentity[] = [];
  const problems: Failure[] = [];
  const seen = new Set<string>();
  for (const accountId of keys(get, 'mail.accountmanager.accounts', ACCOUNTS_MAX)) {
    const account = readAccount(get, accountId);
    if (account === null) continue;
    const identityIds = keys(get, `mail.account.${accountId}.identities`, IDENTITIES_PER_ACCOUNT_MAX);
    identityIds.forEach((id, index) => {
      // One identity may serve two accounts; it is one set of settings.
      if (seen.has(id)) return;
      seen.add(id);
      const identity = readIdentity(get, id, account, index === 0);
      if ('code' in identity) problems.push(identity);
      else identities.push(identity);
    });
  }
  return { identities, problems };
}

function readAccount(get: PrefLookup, id: string): ClientAccount | null {
  const serverId = text(get(`mail.account.${id}.server`));
  const server = (name: string): string => text(get(`mail.server.${serverId}.${name}`));
  const serverType = server('type');
  if (serverId === '' || serverType === '' || SERVER_TYPES_WITHOUT_MAIL.includes(serverType)) return null;
  const serverHost = server('hostname');
  return { id, name: server('name') || serverHost, serverType, serverHost, userName: server('userName') };
}

function readIdentity(
  get: PrefLookup,
  id: string,
  account: ClientAccount,
  isDefault: boolean,
): ClientIdentity | Failure {
  const pref = (name: string): PrefValue => get(`mail.identity.${id}.${name}`);
  const stored = text(pref('useremail'));
  if (stored.trim() === '') {
    return failure('address-invalid', `The identity ${id} of the account "${account.name}" has no mail address.`);
  }
  const address = parseMailAddress(stored);
  if (!address.ok) {
    const shown = JSON.stringify(stored.slice(0, SHOWN_ADDRESS_MAX_CHARS));
    return failure(address.error.code, `${address.error.message} (${shown}, identity ${id} of "${account.name}")`);
  }
  const policy = pref('encryptionpolicy');
  return {
    id,
    address: address.value,
    name: text(pref('fullName')),
    account,
    isDefault,
    signingKey: textOrNull(pref('signing_cert_dbkey')),
    encryptionKey: textOrNull(pref('encryption_cert_dbkey')),
    openPgpKey: textOrNull(pref('openpgp_key_id')),
    encryptionPolicy: typeof policy === 'number' ? policy : 0,
    signMail: pref('sign_mail') === true,
  };
}

const SHOWN_ADDRESS_MAX_CHARS = 100;

/** A comma-separated list of keys ("id1,id2"); what could not be part of a pref's name is left out. */
function keys(get: PrefLookup, name: string, max: number): readonly string[] {
  const listed = text(get(name)).split(',', max * 2);
  return [...new Set(listed.map((key) => key.trim()))].filter((key) => /^[\w-]{1,64}$/.test(key)).slice(0, max);
}

const text = (value: PrefValue): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: PrefValue): string | null => (typeof value === 'string' && value !== '' ? value : null);

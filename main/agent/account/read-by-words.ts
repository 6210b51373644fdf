import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { currentEpoch, type Profile } from '@endymail/shared/identity';
import { parseAccountName } from '@endymail/shared/mesh-api';
import {
  accountIdOf,
  kemHash,
  parseRecoveryWords,
  recoveryKemOf,
  rootKeyOf,
  type AccountId,
  type SigningKey,
} from '@endymail/shared/sealing';
import { meshFailure, type FoundService, type ServiceClient } from '../mesh/index.ts';
import type { Kit } from './account-agent.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountName } from './account-record.ts';
import { chainMark, isMarkOf } from './chain-mark.ts';
import { followChain, type Chain } from './follow-chain.ts';

/** An account as its recovery words open it. */
export interface ReadByWords {
  readonly name: AccountName;
  readonly found: FoundService;
  readonly root: SigningKey;
  /** Signs as root. */
  readonly client: ServiceClient;
  readonly chain: Chain;
  readonly follow: (known: Chain | null) => Promise<Result<Chain, Failure>>;
}

/**
 * Finds an account by its name, and reads its chain and keys with the recovery words. Nothing is changed here.
 * Errors: `words-wrong`, `account-name-invalid`, `account-unknown`, `recover-older` (not the chain of the mark),
 * `recover-keys` (a device wrapped a wrong key to recovery), `mesh-lied` (another account's name, a chain or keys that
 * are wrong), and other `mesh-…`.
 */
export async function readByWords(
  parts: AccountParts,
  { name, words, mark }: Kit,
): Promise<Result<ReadByWords, Failure>> {
  const secret = parseRecoveryWords(words.reveal());
  if (!secret.ok) return err(failure('words-wrong'));
  const parsed = parseAccountName(name);
  if (!parsed.ok) return parsed;
  const [root, kem] = await Promise.all([rootKeyOf(secret.value), recoveryKemOf(secret.value)]);
  const account = accountIdOf(root.publicKey);
  const found = await parts.find(parsed.value);
  if (!found.ok) return found;
  const { service } = found.value;
  const { local, text } = parsed.value;
  const stranger = parts.connect(service, null);
  const named = await stranger.accountOf({ name: local });
  if (!named.ok) return err(meshFailure(named.error));
  if (named.value !== account) return err(await otherAccount(stranger, account));
  const client = parts.connect(service, root);
  const owner = kemHash(kem.publicKey);
  const follow = (known: Chain | null): Promise<Result<Chain, Failure>> =>
    followChain(client, { account, owner, kems: [kem], known, kept: known?.keys ?? new Map() });
  const chain = await follow(null);
  if (!chain.ok) return chain;
  const { profile } = chain.value;
  if (profile.isClosed) return err(failure('account-unknown', 'This account was closed.'));
  if (mark !== null && !isMarkOf(profile, mark)) return err(failure('recover-older', undefined, chainMark(profile)));
  if (!hasPresentKeys(chain.value)) return err(failure('recover-keys'));
  const host = text.slice(local.length + 1);
  return ok({ name: { local, host }, found: found.value, root, client, chain: chain.value, follow });
}

/** Whether the words are those of another account, or the name leads to another one than it did. */
async function otherAccount(stranger: ServiceClient, account: AccountId): Promise<Failure> {
  const known = await stranger.readChain({ account, from: 0 });
  return known.ok ? failure('mesh-lied', undefined, 'the name leads to another account') : failure('words-wrong');
}

const hasPresentKeys = ({ profile, keys }: { readonly profile: Profile; readonly keys: Chain['keys'] }): boolean =>
  [...profile.sequences.keys()].every((id) => {
    const epoch = currentEpoch(profile, id)?.epoch;
    return epoch !== undefined && (keys.get(id)?.get(epoch) ?? null) !== null;
  });

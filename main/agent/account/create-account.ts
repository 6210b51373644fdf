import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import { makeAccount, ALL_ROLES } from '@endymail/shared/identity';
import { parseAccountName } from '@endymail/shared/mesh-api';
import { generateKemKey, generateSigningKey, newRecoverySecret, type SequenceId } from '@endymail/shared/sealing';
import { isProblem, meshFailure } from '../mesh/index.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord } from './account-record.ts';
import { secondsOf } from './items-of-state.ts';
import { recordOf } from './service-of.ts';

const FIRST_EPOCH = 1;

/**
 * Makes an account with this computer as its first device. Everything of it lies sealed here before the service hears of
 * it; what then fails for good is taken back.
 * Errors: `account-name-invalid`, `account-name-taken`, `mesh-…`, and of the disk.
 */
export async function createAccount(parts: AccountParts, name: string): Promise<Result<void, Failure>> {
  const parsed = parseAccountName(name);
  if (!parsed.ok) return parsed;
  const found = await parts.find(parsed.value);
  if (!found.ok) return found;
  const { service } = found.value;
  const [signing, kem] = await Promise.all([generateSigningKey(), generateKemKey()]);
  const secret = newRecoverySecret();
  const nowSeconds = secondsOf(parts.now());
  const made = await makeAccount({ recoverySecret: secret, device: { signing, kem }, nowSeconds });
  const { local, text } = parsed.value;
  const record: AccountRecord = {
    id: made.profile.account,
    name: { local, host: text.slice(local.length + 1) },
    service: recordOf(service, 'service'),
    device: { signingSeed: signing.seed, kemSeed: kem.seed, name: parts.here.name, roles: ALL_ROLES },
    chainHead: made.profile.head,
    syncedHeads: new Map(),
    written: new Map(),
    withheld: new Map(),
    epochKeys: new Map(
      [...made.epochKeys].map(([id, key]): [SequenceId, Map<number, typeof key>] => [
        id,
        new Map([[FIRST_EPOCH, key]]),
      ]),
    ),
    kemKeys: made.kemKeys,
    recovery: { secret, confirmedAt: null },
    outbox: [],
    approvals: null,
    lastSyncAt: null,
    standing: 'member',
  };
  // Whoever makes an account asks for no other one any more.
  const { joining } = parts.state();
  const kept = await parts.update({ ...parts.state(), account: record, joining: null });
  if (!kept.ok) return kept;
  const client = parts.connect(service, signing);
  const posted = await client.createAccount({ body: { name: local, link: made.link, bundle: made.bundle } });
  // `account-exists`: an answer was lost, and the account is ours.
  if (posted.ok || isProblem(posted.error, 'account-exists')) return parts.files.saveLinks(record.id, [made.link]);
  const taken = await parts.update({ ...parts.state(), account: null, joining });
  if (!taken.ok) return taken;
  return isProblem(posted.error, 'name-taken') ? err(failure('account-name-taken')) : err(meshFailure(posted.error));
}

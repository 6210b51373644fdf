import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { ALL_ROLES, firstChainHead, makeAccount } from '@endymail/shared/identity';
import { PROBLEMS, isLocalName, parseAccountName, serviceIdBytes } from '@endymail/shared/mesh-api';
import { generateKemKey, generateSigningKey, newRecoverySecret, type SequenceId } from '@endymail/shared/sealing';
import { isProblem, meshFailure } from '../mesh/index.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountName, AccountRecord, JoiningRecord, ServiceRecord } from './account-record.ts';
import { secondsOf } from './items-of-state.ts';
import type { LinkItem } from './link-out.ts';
import { addressOf, recordOf } from './service-of.ts';

const FIRST_EPOCH = 1;

/**
 * Makes an account with this computer as its first device. Everything of it lies sealed here before the service hears of
 * it; what then fails for good is taken back, and what may have arrived is sent again by the next sync.
 * Errors: `account-name-invalid`, `account-name-taken`, `here-failed`, `mesh-…`, and of the disk.
 */
export async function createAccount(
  parts: AccountParts,
  name: string,
  where: ServiceRecord['kind'],
): Promise<Result<void, Failure>> {
  const found = await (where === 'here' ? placeHere(parts, name) : placeAt(parts, name));
  if (!found.ok) return found;
  const { service } = found.value;
  const [signing, kem] = await Promise.all([generateSigningKey(), generateKemKey()]);
  const secret = newRecoverySecret();
  const nowSeconds = secondsOf(parts.now());
  const made = await makeAccount({ recoverySecret: secret, device: { signing, kem }, nowSeconds });
  const record: AccountRecord = {
    id: made.profile.account,
    name: found.value.name,
    service,
    device: {
      signingSeed: signing.seed,
      kemSeed: kem.seed,
      nextKemSeed: null,
      name: parts.here.name,
      roles: ALL_ROLES,
    },
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
    outbox: [{ kind: 'link', after: firstChainHead(made.profile.account), link: made.link, bundle: made.bundle }],
    approvals: null,
    lastSyncAt: null,
    standing: 'member',
    actsFrom: new Map(),
    tasks: [],
    lastSeen: new Map(),
  };
  // Whoever makes an account asks for no other one any more.
  const { joining } = parts.state();
  const kept = await parts.update({ ...parts.state(), account: record, joining: null });
  return kept.ok ? postAccount(parts, joining) : kept;
}

interface Place {
  readonly name: AccountName;
  readonly service: ServiceRecord;
}

async function placeAt(parts: AccountParts, name: string): Promise<Result<Place, Failure>> {
  const parsed = parseAccountName(name);
  if (!parsed.ok) return parsed;
  const found = await parts.find(parsed.value);
  if (!found.ok) return found;
  const { local, text } = parsed.value;
  return ok({ name: { local, host: text.slice(local.length + 1) }, service: recordOf(found.value) });
}

/** On this computer: the name has no place in it yet, and gets that under which the service is reached from here. */
async function placeHere(parts: AccountParts, name: string): Promise<Result<Place, Failure>> {
  const local = name.trim().toLowerCase();
  if (!isLocalName(local))
    return err(failure('account-name-invalid', 'Here, a name is only what stands before the @.'));
  // Where there is no home yet, it is made first: the service's data lies in it.
  const kept = await parts.update(parts.state());
  if (!kept.ok) return kept;
  const running = await parts.hosting.run();
  if (!running.ok) return running;
  const { url, id, pin } = running.value;
  const service: ServiceRecord = {
    kind: 'here',
    url,
    id: serviceIdBytes(id),
    pin: pin === null ? null : { key: pin, how: 'own' },
  };
  return ok({ name: { local, host: new URL(url).host }, service });
}

/** The beginning of an account of which nobody has said yet that it arrived; null where it has. */
export const beginningOf = ({ outbox }: AccountRecord): LinkItem | null =>
  outbox.find((item): item is LinkItem => item.kind === 'link' && item.after.count === 0) ?? null;

/**
 * Sends the beginning of an account until somebody says that it arrived. `joining`: what takes its place where it is
 * refused. Errors: as `createAccount`.
 */
export async function postAccount(
  parts: AccountParts,
  joining: JoiningRecord | null = null,
): Promise<Result<void, Failure>> {
  const { account } = parts.state();
  const first = account === null ? null : beginningOf(account);
  const bundle = first?.bundle ?? null;
  if (account === null || first === null || bundle === null) return ok();
  const client = parts.connect(addressOf(account.service), null);
  const body = { name: account.name.local, link: first.link, bundle };
  const posted = await client.createAccount({ body });
  // `account-exists`: an answer was lost, and the account is ours.
  if (posted.ok || isProblem(posted.error, 'account-exists')) {
    const settled = await parts.update({ ...parts.state(), account: { ...account, outbox: [] } });
    return settled.ok ? parts.files.saveLinks(account.id, [first.link]) : settled;
  }
  if (posted.error.kind !== 'problem' || PROBLEMS[posted.error.problem.code].retry)
    return err(meshFailure(posted.error));
  const taken = await parts.update({ ...parts.state(), account: null, joining });
  if (!taken.ok) return taken;
  return isProblem(posted.error, 'name-taken') ? err(failure('account-name-taken')) : err(meshFailure(posted.error));
}

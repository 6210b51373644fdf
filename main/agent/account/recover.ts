import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  ALL_ROLES,
  ROLES,
  hasRoles,
  makeAddDevice,
  makeReverse,
  passedThrough,
  type Device,
  type Profile,
} from '@endymail/shared/identity';
import { generateKemKey, generateSigningKey, type KeyId } from '@endymail/shared/sealing';
import type { MailAddress } from '@endymail/shared/mail';
import type { Kit, RecoverOptions } from './account-agent.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord } from './account-record.ts';
import { presentKeys } from './approve.ts';
import type { Chain } from './follow-chain.ts';
import { secondsOf } from './items-of-state.ts';
import { isNamed, tellTakenBack } from './join.ts';
import { mayLink, postLink } from './link-out.ts';
import { loadMember } from './member.ts';
import { hasCaKey, withNewKeys } from './new-mailbox-keys.ts';
import { ownKeys, type OwnKeys } from './own-keys.ts';
import { readByWords, type ReadByWords } from './read-by-words.ts';
import { removeDevice } from './remove-device.ts';
import { recordOf } from './service-of.ts';
import { settle } from './settle.ts';
import { syncOnce, type Synced } from './sync.ts';

/** How often another device may be first with a link before it is left for later. */
const LINK_TRIES_MAX = 8;

/** What came of it, before it is shared. */
export interface Recovered {
  readonly member: Synced['member'];
  readonly removed: readonly Device[];
  /** Mailboxes that have new keys, because a removed device knew the old ones. */
  readonly renewed: readonly MailAddress[];
}

/**
 * Brings an account back with its words: root adds this computer with every role, what the account has is read, and
 * every device that is not in `keep` is removed. Begun again after an end at any line, it goes on: what was signed lies
 * in the outbox, and this computer counts as a member only when all of it is done. The words are not kept here.
 * Errors: `account-exists`, as `readByWords`, `account-removed`, `mesh-…`, and of the disk.
 */
export async function recover(parts: AccountParts, kit: Kit & RecoverOptions): Promise<Result<Recovered, Failure>> {
  const { account } = parts.state();
  const isBegun = account?.standing === 'recovering' && isNamed(account.name, kit.name);
  if (account !== null && !isBegun) return err(failure('account-exists'));
  const read = await readByWords(parts, kit);
  if (!read.ok) return read;
  if (account !== null && account.id !== read.value.chain.profile.account) return err(failure('words-wrong'));
  const begun = account === null ? await begin(parts, read.value) : ok();
  if (!begun.ok) return begun;
  const added = await addThis(parts, read.value);
  if (!added.ok) return added;
  const alone = await removeOthers(parts, kit);
  return alone.ok ? finish(parts, alone.value) : alone;
}

/** The keys of this device, before anything is signed with them. */
async function begin(parts: AccountParts, { name, found, chain }: ReadByWords): Promise<Result<void, Failure>> {
  const [signing, kem] = await Promise.all([generateSigningKey(), generateKemKey()]);
  const { joining } = parts.state();
  const account: AccountRecord = {
    id: chain.profile.account,
    name,
    service: recordOf(found),
    device: {
      signingSeed: signing.seed,
      kemSeed: kem.seed,
      nextKemSeed: null,
      name: parts.here.name,
      roles: ALL_ROLES,
    },
    chainHead: chain.profile.head,
    syncedHeads: new Map(),
    written: new Map(),
    withheld: new Map(),
    epochKeys: new Map(),
    kemKeys: new Map(),
    recovery: { secret: null, confirmedAt: parts.now() },
    outbox: [],
    approvals: null,
    lastSyncAt: null,
    standing: 'recovering',
    actsFrom: new Map(),
    tasks: [],
    lastSeen: new Map(),
  };
  const kept = await parts.update({ ...parts.state(), account, joining: null });
  if (kept.ok && joining !== null) await tellTakenBack(parts, joining);
  return kept;
}

/** Has root add this device where it is not in the account yet. One link is signed for one place (R30). */
async function addThis(parts: AccountParts, read: ReadByWords): Promise<Result<void, Failure>> {
  const { client, follow } = read;
  const keys = await ownKeys(accountOf(parts).device);
  const asRoot = { keys, client, chain: null, readings: new Map() };
  let { chain } = read;
  for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
    if (!passedThrough(chain.profile, accountOf(parts).chainHead)) {
      return err(failure('mesh-lied', undefined, 'the chain is another one than before'));
    }
    const settled = await settle(parts, asRoot, { chain, follow });
    if (!settled.ok) return settled;
    chain = settled.value;
    const device = chain.profile.devices.get(keys.signing.id);
    if (device?.removed === null) return ok();
    if (device !== undefined) return removedMeanwhile(parts);
    const free = mayLink(parts);
    if (!free.ok) return free;
    const posted = await postLink(parts, asRoot, chain, await linkFor(parts, read, chain, keys));
    if (!posted.ok) return posted;
    const longer = await follow(chain);
    if (!longer.ok) return longer;
    chain = longer.value;
  }
  return err(failure('mesh-busy'));
}

async function linkFor(parts: AccountParts, { root }: ReadByWords, chain: Chain, { signing, kems: [kem] }: OwnKeys) {
  const { profile } = chain;
  const { account, head } = profile;
  const reverse = await makeReverse(signing, { account, roles: ALL_ROLES, head });
  const { publicKey } = signing;
  return makeAddDevice({
    profile,
    admin: root,
    device: { publicKey, kemKey: kem.publicKey, roles: ALL_ROLES, reverse, invitation: null },
    request: null,
    epochKeys: presentKeys(chain, ALL_ROLES),
    nowSeconds: secondsOf(parts.now()),
  });
}

async function removedMeanwhile(parts: AccountParts): Promise<Result<never, Failure>> {
  const account: AccountRecord = { ...accountOf(parts), standing: 'removed' };
  const kept = await parts.update({ ...parts.state(), account });
  return kept.ok ? err(failure('account-removed')) : kept;
}

/** Reads everything, and removes one after another. A lost device that adds one more meanwhile gains nothing by it. */
async function removeOthers(
  parts: AccountParts,
  { keep, words }: Pick<Kit, 'words'> & RecoverOptions,
): Promise<Result<Synced['member'], Failure>> {
  let tries = 0;
  for (;;) {
    const before = await loadMember(parts, accountOf(parts));
    if (!before.ok) return before;
    const isFirst = accountOf(parts).lastSyncAt === null;
    const synced = await syncOnce(parts, before.value, { isFirst, isAnyway: false });
    if (!synced.ok) return synced;
    const { member } = synced.value;
    // Also who is suspended: whoever suspended it may be whom the person gets rid of.
    const goes = ({ id, removed }: Device): boolean =>
      removed === null && id !== member.keys.signing.id && keep !== 'all' && !keep.includes(id);
    const next = [...member.chain.profile.devices.values()].find(goes);
    if (next === undefined) return ok(member);
    const removed = await removeDevice(parts, member, { id: next.id, words });
    if (!removed.ok) return removed;
    if (removed.value === 'moved') tries += 1;
    if (tries >= LINK_TRIES_MAX) return err(failure('mesh-busy'));
  }
}

/** This computer is a member from here on; the mailboxes that a removed device could use get new keys in the same step. */
async function finish(parts: AccountParts, member: Synced['member']): Promise<Result<Recovered, Failure>> {
  const removed = removedSince(member.chain.profile, member.keys.signing.id);
  const isRenewing = removed.some(({ roles }) => hasRoles(roles, ROLES.mail));
  const state = isRenewing ? await withNewKeys(parts.state(), parts.now()) : parts.state();
  const kept = await parts.update({ ...state, account: { ...accountOf(parts), standing: 'member' } });
  if (!kept.ok) return kept;
  const renewed = isRenewing ? state.mailboxes.filter(hasCaKey).map(({ address }) => address) : [];
  return ok({ member, removed, renewed });
}

function removedSince({ devices }: Profile, own: KeyId): readonly Device[] {
  const from = devices.get(own)?.addedAt ?? 0;
  return [...devices.values()].filter(({ removed }) => removed !== null && removed.at > from);
}

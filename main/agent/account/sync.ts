import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readRange, sequencePassed, type Reading } from '@endymail/shared/catalog';
import { activeDevice, isSuspended, passedThrough, sequenceOf, sequencesFor } from '@endymail/shared/identity';
import { kemHash, type KeyId, type SequenceId } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord, OutboxItem, Standing, WrittenRecord } from './account-record.ts';
import { actsCounted, inTime } from './act-times.ts';
import { adopt } from './adopt.ts';
import { followChain, type Chain } from './follow-chain.ts';
import { confirmationDue, mayTakeOver } from './freshness.ts';
import { secondsOf } from './items-of-state.ts';
import { foldsOf, type Member } from './member.ts';
import { ownKeys } from './own-keys.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { finishEntries, settle } from './settle.ts';
import { shareOut } from './share-out.ts';
import { takeIn } from './take-in.ts';
import { withInvited } from './tasks.ts';

/** What came of a sync. */
export interface Synced {
  readonly member: Member & { readonly chain: Chain };
  /** What has no effect, by the device that wrote it. */
  readonly ignored: ReadonlyMap<KeyId, number>;
}

type Changes = ReturnType<typeof shareOut>;

/** How often another device may be first before it is left for the next time. */
const ROUNDS_MAX = 8;

/**
 * One round of sharing: the chain, what the others wrote, what was changed here, and then the state and the record in one
 * step. `isFirst`: the computer has just joined, and what it had is set against the account's. `isAnyway`: the person wants
 * it though no other device has confirmed it.
 * Errors (everything here is as it was, or as far as it was taken over): `mesh-…`, `account-…`, and of the disk.
 */
export async function syncOnce(
  parts: AccountParts,
  member: Member,
  { isFirst, isAnyway }: { readonly isFirst: boolean; readonly isAnyway: boolean },
): Promise<Result<Synced, Failure>> {
  const account = accountOf(parts);
  if (account.standing === 'removed' || account.standing === 'copied') return err(standingFailure(account.standing));
  const keys = await ownKeys(account.device);
  const { signing, kems } = keys;
  const follow = async (known: Chain | null): Promise<Result<Chain, Failure>> => {
    const wish = { account: account.id, owner: signing.id, kems, known, kept: account.epochKeys };
    const followed = await followChain(member.client, wish);
    if (!followed.ok) return followed;
    const isTime = await inTime(account, followed.value, parts.now());
    return isTime.ok ? followed : isTime;
  };
  const followed = await follow(member.chain);
  if (!followed.ok) return followed;
  let chain = followed.value;
  if (!passedThrough(chain.profile, account.chainHead)) {
    return err(failure('mesh-lied', undefined, 'the chain is another one than before'));
  }
  const self = chain.profile.devices.get(signing.id);
  // Nothing is kept of that chain: once it is resumed, everything since is read with the keys that come with it.
  if (self !== undefined && isSuspended(self)) return err(failure('account-suspended'));
  if (self?.removed !== null) return endAs(parts, 'removed');
  // Its key was replaced, and not from here: this is an older copy of what is in use elsewhere.
  if (!kems.some(({ publicKey }) => kemHash(publicKey) === self.kem)) return endAs(parts, 'copied');
  const settled = await settle(parts, member, { chain, follow });
  if (!settled.ok) return settled;
  chain = settled.value;

  const before = await upTo(parts, member, chain, accountOf(parts).syncedHeads);
  if (!before.ok) return before;
  const changes = new Map(isFirst ? [] : changesOf(parts, before.value, signing.id));

  const readings = new Map(before.value);
  const ignored = new Map<KeyId, number>();
  const seen = new Map(account.lastSeen);
  const pullAll = async (): Promise<Result<void, Failure>> => {
    for (let round = 0; ; round += 1) {
      const pulled = await pullOnce(parts, member, chain, { readings, ignored, seen });
      if (!pulled.ok || pulled.value === 'done') return pulled.ok ? ok() : pulled;
      if (round >= ROUNDS_MAX) return err(failure('mesh-lied', undefined, 'entries know a chain that is not shown'));
      const more = await follow(chain);
      if (!more.ok) return more;
      chain = more.value;
    }
  };
  const pulled = await pullAll();
  if (!pulled.ok) return pulled;
  const finished = await finishEntries(parts, readings);
  if (!finished.ok) return finished;

  const fresh = isAnyway
    ? ok()
    : await mayTakeOver(parts, { chain, before: before.value, after: readings, own: signing.id });
  if (!fresh.ok) return fresh;
  const confirmation = confirmationDue(chain.profile, readings, signing.id, parts.now());
  if (confirmation !== null) changes.set('devices', [...(changes.get('devices') ?? []), confirmation]);

  for (const [catalog, planned] of changes) {
    const sequence = sequenceOf(chain.profile, catalog)?.id;
    if (sequence === undefined) continue;
    let left = planned;
    for (let round = 0; left.length > 0; round += 1) {
      const reading = readings.get(sequence);
      if (reading === undefined || round >= ROUNDS_MAX) return err(failure('mesh-busy'));
      const pushed = await push({
        client: member.client,
        chain,
        signing,
        sequence,
        reading,
        planned: left,
        nowSeconds: secondsOf(parts.now()),
        remember: (item, written) => rememberWritten(parts, sequence, item, written),
      });
      if (!pushed.ok) return pushed;
      readings.set(sequence, pushed.value.reading);
      ({ left } = pushed.value);
      if (left.length === 0) continue;
      const again = await pullAll();
      if (!again.ok) return again;
      // Only where the place was taken is another entry signed for it.
      const known = await finishEntries(parts, readings);
      if (!known.ok) return known;
      const { count, head } = pushed.value.sent;
      const now = readings.get(sequence);
      if (now !== undefined && sequencePassed(now.state, head) === true) left = left.slice(count);
    }
  }
  const kept = await take(parts, chain, { own: signing.id, before: before.value, after: readings, seen, isFirst });
  return kept.ok ? ok({ member: { ...member, keys, chain, readings }, ignored }) : kept;
}

/** What the others do not have yet, against the catalogs as far as the state has them. */
export function changesOf(parts: AccountParts, readings: ReadonlyMap<SequenceId, Reading>, device: KeyId): Changes {
  const { name } = accountOf(parts).device;
  return shareOut({
    state: parts.state(),
    withheld: accountOf(parts).withheld,
    base: foldsOf(readings),
    device: { device, name, platform: parts.here.platform },
    now: parts.now(),
  });
}

async function pullOnce(
  parts: AccountParts,
  member: Member,
  chain: Chain,
  into: {
    readonly readings: Map<SequenceId, Reading>;
    readonly ignored: Map<KeyId, number>;
    readonly seen: Map<KeyId, number>;
  },
): Promise<Result<'done' | 'needs-chain', Failure>> {
  const { readings, ignored, seen } = into;
  const { id: device } = member.keys.signing;
  const roles = activeDevice(chain.profile, device)?.roles ?? 0;
  for (const { id: sequence } of sequencesFor(chain.profile, roles)) {
    const written = accountOf(parts).written.get(sequence) ?? null;
    const known = readings.get(sequence) ?? null;
    const pulled = await pull(member.client, { chain, device, sequence, known, written, until: null });
    if (!pulled.ok) return pulled;
    if ('stop' in pulled.value) return pulled.value.stop === 'needs-chain' ? ok('needs-chain') : endAs(parts, 'copied');
    readings.set(sequence, pulled.value.reading);
    for (const { signer } of pulled.value.ignored) ignored.set(signer, (ignored.get(signer) ?? 0) + 1);
    for (const [writer, at] of pulled.value.seen) seen.set(writer, Math.max(at, seen.get(writer) ?? 0));
  }
  return ok('done');
}

/**
 * The sequences as far as the state has them: what is compared with the state must not be further than it. Where a link
 * took the effect of what was read, it is read again: what of it was written here is not in the account, and is shared
 * anew, and what is in the state is not taken for deleted by others.
 */
async function upTo(
  parts: AccountParts,
  member: Member,
  chain: Chain,
  heads: AccountRecord['syncedHeads'],
): Promise<Result<ReadonlyMap<SequenceId, Reading>, Failure>> {
  const readings = new Map(member.readings);
  const { id: device } = member.keys.signing;
  for (const [sequence, until] of heads) {
    const known = readings.get(sequence);
    const by = { profile: chain.profile, keys: chain.keys.get(sequence) ?? new Map(), own: null };
    if (known !== undefined && (await readRange(known, by, [])).fault !== 'read-again') continue;
    const written = accountOf(parts).written.get(sequence) ?? null;
    const pulled = await pull(member.client, { chain, device, sequence, known: null, written, until });
    if (!pulled.ok) return pulled;
    if ('stop' in pulled.value)
      return pulled.value.stop === 'copied-device' ? endAs(parts, 'copied') : err(failure('mesh-lied'));
    readings.set(sequence, pulled.value.reading);
  }
  return ok(readings);
}

/** State and record in one step; what is kept beside them follows. */
async function take(
  parts: AccountParts,
  chain: Chain,
  of: {
    readonly own: KeyId;
    readonly before: ReadonlyMap<SequenceId, Reading>;
    readonly after: ReadonlyMap<SequenceId, Reading>;
    readonly seen: ReadonlyMap<KeyId, number>;
    readonly isFirst: boolean;
  },
): Promise<Result<void, Failure>> {
  const now = parts.now();
  const account = accountOf(parts);
  const folds = foldsOf(of.after);
  const taken = of.isFirst
    ? await adopt(parts.state(), folds, now)
    : await takeIn({ state: parts.state(), withheld: account.withheld, base: foldsOf(of.before), folds, now });
  const next: AccountRecord = {
    ...account,
    chainHead: chain.profile.head,
    syncedHeads: new Map([...of.after].map(([sequence, { state }]) => [sequence, state.head])),
    withheld: taken.withheld,
    epochKeys: chain.keys,
    kemKeys: chain.kemKeys,
    lastSyncAt: now,
    actsFrom: actsCounted(account, chain.profile),
    lastSeen: of.seen,
    tasks: withInvited(account.tasks, { profile: chain.profile, own: of.own, from: account.chainHead.count, at: now }),
  };
  const saved = await parts.update({ ...taken.state, account: next });
  if (!saved.ok) return saved;
  const links = await parts.files.saveLinks(account.id, chain.links);
  if (!links.ok) return links;
  for (const reading of of.after.values()) {
    const kept = await parts.files.saveReading(reading);
    if (!kept.ok) return kept;
  }
  return ok();
}

function rememberWritten(
  parts: AccountParts,
  sequence: SequenceId,
  item: OutboxItem | null,
  written: WrittenRecord,
): Promise<Result<void, Failure>> {
  const account = accountOf(parts);
  const next: AccountRecord = {
    ...account,
    outbox: [...account.outbox.filter(({ kind }) => kind === 'link'), ...(item === null ? [] : [item])],
    written: new Map([...account.written, [sequence, written]]),
  };
  return parts.update({ ...parts.state(), account: next });
}

type Ended = Extract<Standing, 'removed' | 'copied'>;

/** Nothing is sent any more, and nothing is deleted (R33). */
async function endAs(parts: AccountParts, standing: Ended): Promise<Result<never, Failure>> {
  const saved = await parts.update({ ...parts.state(), account: { ...accountOf(parts), standing } });
  return saved.ok ? err(standingFailure(standing)) : saved;
}

const standingFailure = (standing: Ended): Failure =>
  failure(standing === 'removed' ? 'account-removed' : 'account-copied');

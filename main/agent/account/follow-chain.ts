import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { SequenceKeys } from '@endymail/shared/catalog';
import {
  activeDevices,
  beginProfile,
  checkBundle,
  extendProfile,
  linkIn,
  openBundle,
  openHistory,
  type Bundle,
  type ChainFault,
  type EpochKeys,
  type Owner,
  type Profile,
} from '@endymail/shared/identity';
import { kemHash, type AccountId, type KemKey, type SequenceId } from '@endymail/shared/sealing';
import { meshFailure, type ServiceClient } from '../mesh/index.ts';

/** The profile chain as far as it was verified here, and what its bundles gave this device. */
export interface Chain {
  readonly profile: Profile;
  readonly links: readonly Uint8Array[];
  /** Null: the bundle held no right key for that epoch. */
  readonly keys: ReadonlyMap<SequenceId, SequenceKeys>;
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
}

/** Reads the public part of a chain: from its beginning, or on from what is known. */
export async function followLinks(
  client: ServiceClient,
  account: AccountId,
  known: Pick<Chain, 'profile' | 'links'> | null,
): Promise<Result<Pick<Chain, 'profile' | 'links'>, Failure>> {
  let profile = known?.profile ?? null;
  const links = [...(known?.links ?? [])];
  for (;;) {
    const range = await client.readChain({ account, from: links.length });
    if (!range.ok) return err(meshFailure(range.error));
    const { head, links: more } = range.value;
    if (head.count < links.length) return err(failure('mesh-lied', undefined, 'the chain is shorter than before'));
    for (const link of more) {
      const next = profile === null ? await beginProfile(link) : await extendProfile(profile, link);
      if (!next.ok) return err(chainFailure(next.error));
      if (next.value.account !== account) return err(failure('mesh-lied', undefined, 'the chain is another account’s'));
      profile = next.value;
      links.push(link);
    }
    if (profile === null) return err(failure('mesh-lied', undefined, 'the chain has no beginning'));
    if (links.length < head.count && more.length > 0) continue;
    if (profile.head.count !== head.count || profile.head.hash !== head.hash) {
      return err(failure('mesh-lied', undefined, 'the chain does not lead to the head that is stated'));
    }
    return ok({ profile, links });
  }
}

/**
 * The same with the bundles, for a device of the account, or for recovery. `kems`: its X-Wing keys, of which the chain says which one was
 * its own when; what was wrapped to one that is gone is not opened any more. `kept`: the epochs' keys that it has.
 */
export async function followChain(
  client: ServiceClient,
  of: {
    readonly account: AccountId;
    readonly owner: Owner;
    readonly kems: readonly KemKey[];
    readonly known: Chain | null;
    readonly kept: Chain['keys'];
  },
): Promise<Result<Chain, Failure>> {
  const { account, owner, kems, known } = of;
  const before = known?.keys ?? of.kept;
  const followed = await followLinks(client, account, known);
  if (!followed.ok) return followed;
  const { links, profile } = followed.value;
  const from = known?.links.length ?? 0;
  if (known !== null && from === links.length) return ok(known);
  if (owner !== profile.recoveryKem && !activeDevices(profile).some(({ id }) => id === owner)) {
    // What comes after a device's end is not for it, and the service would say so.
    const nothing: Pick<Chain, 'keys' | 'kemKeys'> = { keys: new Map(), kemKeys: new Map() };
    return ok({ ...(known ?? nothing), profile, links });
  }
  const bytes = await bundlesFrom(client, account, from, links.length);
  if (!bytes.ok) return bytes;
  let at = known?.profile ?? null;
  let keys: EpochKeys = new Map();
  const kemKeys = new Map(known?.kemKeys ?? []);
  const lost = new Map<SequenceId, Set<number>>();
  const bundles: Bundle[] = [];
  for (const [offset, link] of links.slice(from).entries()) {
    const next = at === null ? await beginProfile(link) : await extendProfile(at, link);
    if (!next.ok) return err(chainFailure(next.error));
    at = next.value;
    const read = await linkIn(at, link);
    if (!read?.bundle) continue;
    const bundle = checkBundle(at, read, bytes.value.get(from + offset) ?? new Uint8Array());
    if (!bundle.ok) {
      const why = bundle.error === 'newer' ? 'account-newer' : 'mesh-lied';
      return err(failure(why, undefined, `the keys beside link ${String(from + offset)}: ${bundle.error}`));
    }
    bundles.push(bundle.value);
    for (const { owner: of, key } of bundle.value.kemKeys) kemKeys.set(of, key);
    const stated = kemOf(at, owner);
    const kem = kems.find(({ publicKey }) => kemHash(publicKey) === stated);
    const wish = { profile: at, previousLink: read.previous, bundle: bundle.value, owner };
    const opened = kem === undefined ? null : await openBundle(keys, { ...wish, kem });
    if (opened?.ok === true) keys = opened.value;
    else
      for (const { sequence, epoch } of bundle.value.wraps)
        lost.set(sequence, (lost.get(sequence) ?? new Set()).add(epoch));
  }
  keys = await openHistory(merged(before, keys), { profile, bundles });
  return ok({ profile, links, kemKeys, keys: withLost(keys, before, lost) });
}

/** The SHA-256 of the X-Wing key that is its own now. */
const kemOf = ({ devices, recoveryKem }: Profile, owner: Owner): Owner | undefined =>
  owner === recoveryKem ? recoveryKem : [...devices.values()].find(({ id }) => id === owner)?.kem;

async function bundlesFrom(
  client: ServiceClient,
  account: AccountId,
  from: number,
  to: number,
): Promise<Result<ReadonlyMap<number, Uint8Array>, Failure>> {
  const bundles = new Map<number, Uint8Array>();
  for (let next = from; next < to;) {
    const range = await client.readBundles({ account, from: next });
    if (!range.ok) return err(meshFailure(range.error));
    if (range.value.length === 0) break;
    for (const { index, bundle } of range.value) {
      // One that says again what was said would never come to an end.
      if (index < next) return err(failure('mesh-lied', undefined, 'the keys beside the links are out of order'));
      bundles.set(index, bundle);
      next = index + 1;
    }
  }
  return ok(bundles);
}

function merged(known: Chain['keys'], more: EpochKeys): EpochKeys {
  const all = new Map([...more].map(([sequence, keys]) => [sequence, new Map(keys)]));
  for (const [sequence, keys] of known) {
    const into = all.get(sequence) ?? new Map<number, Redacted<Uint8Array>>();
    for (const [epoch, key] of keys) if (key !== null) into.set(epoch, key);
    all.set(sequence, into);
  }
  return all;
}

/** The keys, with the epochs marked whose bundle held no right one: what is sealed under them is skipped. */
function withLost(
  keys: EpochKeys,
  known: Chain['keys'],
  lost: ReadonlyMap<SequenceId, ReadonlySet<number>>,
): Chain['keys'] {
  const all = new Map<SequenceId, Map<number, Redacted<Uint8Array> | null>>();
  for (const [sequence, of] of keys) all.set(sequence, new Map(of));
  const mark = (sequence: SequenceId, epoch: number): void => {
    const of = all.get(sequence) ?? new Map<number, Redacted<Uint8Array> | null>();
    if (!of.has(epoch)) of.set(epoch, null);
    all.set(sequence, of);
  };
  for (const [sequence, of] of known) for (const [epoch, key] of of) if (key === null) mark(sequence, epoch);
  for (const [sequence, epochs] of lost) for (const epoch of epochs) mark(sequence, epoch);
  return all;
}

/** What a person is told of a link that is none. */
const chainFailure = (fault: ChainFault): Failure =>
  fault === 'newer' ? failure('account-newer') : failure('mesh-lied', undefined, `a link of the account: ${fault}`);

import {
  makeAccount,
  makeAddDevice,
  makeChangeRole,
  makeRemoveDevice,
  makeReverse,
  makeRotate,
  sequenceOf,
  type CatalogName,
  type Head,
  type Owner,
  type Profile,
  type NewEpochs,
} from '../../identity/index.ts';
import type { Redacted } from '../../result/index.ts';
import {
  generateKemKey,
  generateSigningKey,
  newRecoverySecret,
  rootKeyOf,
  type KemKey,
  type SequenceId,
  type SigningKey,
} from '../../sealing/index.ts';
import { startSequence } from '../sequence-state.ts';

/** When everything in the tests happens. */
export const NOW_SECONDS = 1_800_000_000;

/** An account, as somebody who knows all its keys sees it. Immutable. */
export interface World {
  readonly profile: Profile;
  readonly root: SigningKey;
  /** The first device, which has all roles. */
  readonly admin: SigningKey;
  /** Of all epochs so far. */
  readonly keys: ReadonlyMap<SequenceId, ReadonlyMap<number, Redacted<Uint8Array>>>;
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
}

/** A new account with one device. */
export async function newWorld(): Promise<World> {
  const recoverySecret = newRecoverySecret();
  const admin = await generateSigningKey();
  const kem = await generateKemKey();
  const made = await makeAccount({ recoverySecret, device: { signing: admin, kem }, nowSeconds: NOW_SECONDS });
  return {
    profile: made.profile,
    root: await rootKeyOf(recoverySecret),
    admin,
    keys: new Map([...made.epochKeys].map(([sequence, key]) => [sequence, new Map([[1, key]])])),
    kemKeys: made.kemKeys,
  };
}

/** The world with one device more. */
export async function withDevice(world: World, roles: number): Promise<readonly [World, SigningKey]> {
  const { profile, admin } = world;
  const signing = await generateSigningKey();
  const kem: KemKey = await generateKemKey();
  const reverse = await makeReverse(signing, { account: profile.account, roles, head: profile.head });
  const { publicKey } = signing;
  const made = await makeAddDevice({
    profile,
    admin,
    device: { publicKey, kemKey: kem.publicKey, roles, reverse, invitation: null },
    request: null,
    epochKeys: presentKeys(world),
    nowSeconds: NOW_SECONDS,
  });
  const kemKeys = new Map<Owner, Uint8Array>([...world.kemKeys, [signing.id, kem.publicKey]]);
  return [{ ...world, profile: made.profile, kemKeys }, signing];
}

/** The world in which a sequence has a new epoch, which begins at `head`. */
export async function rotated(world: World, sequence: SequenceId, head: Head): Promise<World> {
  const made = await makeRotate({
    ...beginning(world),
    admin: world.admin,
    sequences: [sequence],
    heads: new Map([[sequence, head]]),
  });
  return withEpochs(world, made);
}

/** The world without a device; one sequence stands at `head` then, the others have nothing in them. */
export async function removed(world: World, device: SigningKey, sequence: SequenceId, head: Head): Promise<World> {
  const { account, sequences } = world.profile;
  const empty = [...sequences.keys()].map((id) => [id, startSequence(account, id).head] as const);
  const made = await makeRemoveDevice({
    ...beginning(world),
    signer: world.admin,
    device: device.id,
    heads: new Map([...empty, [sequence, head]]),
  });
  return withEpochs(world, made);
}

/** The world with a device suspended, or resumed; one sequence stands at `head` then, the others have nothing in them. */
export async function suspended(world: World, device: SigningKey, sequence: SequenceId, head: Head): Promise<World> {
  const { account, sequences, devices } = world.profile;
  const of = devices.get(device.id);
  if (of === undefined) throw new Error('It is no device');
  const empty = [...sequences.keys()].map((id) => [id, startSequence(account, id).head] as const);
  const made = await makeChangeRole({
    ...beginning(world),
    signer: world.admin,
    device: of,
    heads: new Map([...empty, [sequence, head]]),
  });
  return withEpochs(world, made);
}

/** The sequence of a catalog. */
export function sequenceFor(world: World, catalog: CatalogName): SequenceId {
  const sequence = sequenceOf(world.profile, catalog);
  if (sequence === null) throw new Error(`There is no sequence of ${catalog}`);
  return sequence.id;
}

/** The keys of one sequence, by epoch. */
export const keysOf = (world: World, sequence: SequenceId): ReadonlyMap<number, Redacted<Uint8Array>> =>
  world.keys.get(sequence) ?? new Map<number, never>();

/** The key of a sequence's present epoch. */
export function presentKey(world: World, sequence: SequenceId): Redacted<Uint8Array> {
  const keys = [...keysOf(world, sequence)].toSorted(([left], [right]) => left - right);
  const key = keys.at(-1)?.[1];
  if (key === undefined) throw new Error('There is no key of this sequence');
  return key;
}

const presentKeys = (world: World): ReadonlyMap<SequenceId, Redacted<Uint8Array>> =>
  new Map([...world.keys.keys()].map((sequence) => [sequence, presentKey(world, sequence)]));

const beginning = (world: World) => ({
  profile: world.profile,
  epochKeys: presentKeys(world),
  kemKeys: world.kemKeys,
  nowSeconds: NOW_SECONDS,
});

function withEpochs(world: World, { profile, epochKeys }: NewEpochs): World {
  const keys = new Map(world.keys);
  for (const [sequence, key] of epochKeys) {
    const epoch = profile.sequences.get(sequence)?.epochs.at(-1)?.epoch ?? 0;
    keys.set(sequence, new Map([...keysOf(world, sequence), [epoch, key]]));
  }
  return { ...world, profile, keys };
}

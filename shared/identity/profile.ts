import type { AccountId, Hash32, KeyId, SequenceId } from '../sealing/public.ts';
import { CATALOGS, type CatalogName } from './catalogs.ts';
import { sameHead, type Head } from './heads.ts';
import { ROLES, hasRoles } from './roles.ts';

/**
 * What an account's profile chain says, link by link verified. Immutable: a link more makes another one. There is no way
 * to a profile but by verification (`verifyChain`, `extendProfile`).
 */
export interface Profile {
  readonly account: AccountId;
  readonly head: Head;
  /** Bytes of all links. */
  readonly bytes: number;
  /** When the account was made: seconds since 1970, by its first device's clock. */
  readonly created: number;
  /** The latest time that a link states: no clock of the account's devices is to be believed that shows less. */
  readonly newestTime: number;
  /** Ed25519. */
  readonly root: Uint8Array;
  readonly recoveryKem: Hash32;
  /** Every device that ever was in the account, in the order in which they came. */
  readonly devices: ReadonlyMap<KeyId, Device>;
  readonly sequences: ReadonlyMap<SequenceId, Sequence>;
  /** The hash of the head after each number of links, from none on. */
  readonly passed: readonly Hash32[];
  /** Hexadecimal ids of the invitations that were used. */
  readonly invitations: ReadonlySet<string>;
  readonly requests: ReadonlySet<Hash32>;
  /** The great acts that wait, by the index of the link that announced them. */
  readonly acts: ReadonlyMap<number, Act>;
  readonly isClosed: boolean;
}

/** A great act that was announced: the removal of an admin device without root. */
export interface Act {
  /** Of the link that announced it. */
  readonly index: number;
  /** To be removed. */
  readonly device: KeyId;
  /** Who announced it. */
  readonly by: KeyId;
  /** When that was by its clock: seconds since 1970. */
  readonly time: number;
}

export interface Device {
  readonly id: KeyId;
  /** Ed25519. */
  readonly publicKey: Uint8Array;
  /** SHA-256 of its X-Wing key, and when the link with that key was signed: seconds since 1970. */
  readonly kem: Hash32;
  readonly kemTime: number;
  readonly roles: number;
  /** Index of the link that added it, and when that was by the clock of who signed it. */
  readonly addedAt: number;
  readonly addedTime: number;
  /** The device whose invitation it joined by; null: it was approved, or came in by root. */
  readonly invitedBy: KeyId | null;
  /** When it was suspended, the first time first. */
  readonly pauses: readonly Pause[];
  /** Null as long as it is in the account. */
  readonly removed: DeviceEnd | null;
}

/** The time in which a device is suspended. */
export interface Pause {
  /** Index of the link that suspended it, and of the one that ended that; null: it still is. */
  readonly from: number;
  readonly to: number | null;
  /** What the device wrote at or beyond the first counts, and before the others, is void. */
  readonly fromHeads: ReadonlyMap<SequenceId, Head>;
  readonly toHeads: ReadonlyMap<SequenceId, Head> | null;
}

export interface DeviceEnd {
  /** Index of the link. */
  readonly at: number;
  /** What the device wrote at or beyond these counts is void. */
  readonly heads: ReadonlyMap<SequenceId, Head>;
}

export interface Sequence {
  readonly id: SequenceId;
  readonly catalog: CatalogName;
  readonly roles: number;
  /** From the first to the present one. */
  readonly epochs: readonly Epoch[];
}

export interface Epoch {
  readonly epoch: number;
  readonly keyCheck: Hash32;
  /** Index of the link that began it, and when that was by the clock of who signed it: seconds since 1970. */
  readonly link: number;
  readonly time: number;
  /** The sequence's head when it began; null for the first, which begins with the sequence. */
  readonly from: Head | null;
}

/** The devices that may do something now. */
export const activeDevices = (profile: Profile): readonly Device[] => [...profile.devices.values()].filter(isActive);

/** Whether a device is in the account, and is suspended. */
export const isSuspended = ({ removed, pauses }: Device): boolean => removed === null && pauses.at(-1)?.to === null;

const isActive = (device: Device): boolean => device.removed === null && !isSuspended(device);

/** Whether a device was active once the link of this index was there. */
export const wasActive = ({ addedAt, removed, pauses }: Device, index: number): boolean =>
  addedAt <= index &&
  (removed === null || removed.at > index) &&
  !pauses.some(({ from, to }) => from <= index && (to === null || to > index));

/** The device of this id where it may do something now. */
export function activeDevice(profile: Profile, id: KeyId): Device | null {
  const device = profile.devices.get(id);
  return device !== undefined && isActive(device) ? device : null;
}

/** Whether the device of this id is active and may add and remove others. */
export const isAdmin = (profile: Profile, id: KeyId): boolean =>
  hasRoles(activeDevice(profile, id)?.roles ?? 0, ROLES.admin);

/** Whether a device may read and write a catalog now. */
export function mayUse(profile: Profile, id: KeyId, catalog: CatalogName): boolean {
  const device = activeDevice(profile, id);
  const sequence = sequenceOf(profile, catalog);
  return device !== null && sequence !== null && hasRoles(device.roles, sequence.roles);
}

/** The sequence of a catalog; null where the account has none. */
export const sequenceOf = (profile: Profile, catalog: CatalogName): Sequence | null =>
  [...profile.sequences.values()].find((sequence) => sequence.catalog === catalog) ?? null;

/** The sequences that a device of these roles may read and write, in the order of the catalogs. */
export const sequencesFor = (profile: Profile, roles: number): readonly Sequence[] =>
  CATALOGS.flatMap(({ name }) => {
    const sequence = sequenceOf(profile, name);
    return sequence !== null && hasRoles(roles, sequence.roles) ? [sequence] : [];
  });

/** The epoch in which a sequence is written now; null where the account has no such sequence. */
export const currentEpoch = (profile: Profile, sequence: SequenceId): Epoch | null =>
  profile.sequences.get(sequence)?.epochs.at(-1) ?? null;

/** Whether the chain had this head once, or has it now. */
export const passedThrough = (profile: Profile, head: Head): boolean => profile.passed[head.count] === head.hash;

/** Whether one profile is the other with links more, or the same. */
export const extendsProfile = (longer: Profile, head: Head): boolean =>
  sameHead(longer.head, head) || (longer.head.count > head.count && passedThrough(longer, head));

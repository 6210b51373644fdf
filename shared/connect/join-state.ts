import type { Head } from '../identity/index.ts';
import type { Redacted } from '../result/index.ts';
import type { AccountId, Hash32, KeyId, SequenceId } from '../sealing/index.ts';
import type { StatedEpoch } from './answer.ts';
import type { DeviceDescription } from './description.ts';
import type { ExchangeSecret, RequestId } from './exchange.ts';
import type { RejectReason } from './reject.ts';

/**
 * How joining an account stands, on the device that wants to (D). Plain values, which `encodeJoinState` writes down, so
 * that a restart continues the one exchange and never begins it anew (R2).
 */
export type JoinState = Requested | Confirmed | Joined | JoinEnded;

/** The new device's own keys, from which everything else of them is derived. */
export interface DeviceSeeds {
  readonly signing: Redacted<Uint8Array>;
  readonly kem: Redacted<Uint8Array>;
}

/** What is the same for one request from its beginning to its end. */
export interface Joining {
  readonly account: AccountId;
  readonly requestId: RequestId;
  /** When it was made: seconds since 1970 by this device's clock. */
  readonly created: number;
}

/** The request is made; nothing is believed yet. */
export interface Requested extends Joining {
  readonly kind: 'requested';
  readonly device: DeviceSeeds;
  /** What was posted; the same bytes are posted again until the service has them. */
  readonly message: Uint8Array;
  /** The six digits to show, or null with an invitation. */
  readonly digits: Redacted<string> | null;
  readonly invited: boolean;
  readonly exchange: ExchangeSecret;
  /** The head that this device had verified. */
  readonly head: Head;
  readonly description: DeviceDescription;
  /** The SHA-256 of the one offer that will be looked at, once one was seen. */
  readonly offer: Hash32 | null;
}

/** The other side proved that it knows the digits: the account is believed, and what it answers is waited for. */
export interface Confirmed extends Joining {
  readonly kind: 'confirmed';
  readonly device: DeviceSeeds;
  /** The confirmation; the same bytes are posted again until the service has them. */
  readonly message: Uint8Array;
  readonly offer: Hash32;
  /** The device that approves. */
  readonly admin: KeyId;
  readonly roles: number;
  /** The head in the offer, which extends the one in the request. */
  readonly head: Head;
}

/** The device is in the account's chain, and knows from what state on to read. */
export interface Joined extends Joining {
  readonly kind: 'joined';
  readonly device: DeviceSeeds;
  readonly admin: KeyId;
  readonly roles: number;
  /** The chain's head with the link that added this device. */
  readonly head: Head;
  /** The heads of all sequences: each must pass through its own. */
  readonly heads: ReadonlyMap<SequenceId, Head>;
  /** The epoch of each sequence at that head, with its key check. */
  readonly epochs: ReadonlyMap<SequenceId, StatedEpoch>;
}

/** Nothing of the account was taken over, and the keys are gone. */
export interface JoinEnded extends Joining {
  readonly kind: 'ended';
  readonly why: JoinFailure;
  /** What to post so that the other side knows; null where it is the other side that ended it. */
  readonly message: Uint8Array | null;
}

/** Why joining ended: for a reason found here, or because an admin device of the account said no for its own. */
export type JoinFailure = (typeof JOIN_FAILURES)[number] | { readonly rejected: RejectReason };

export const JOIN_FAILURES = Object.freeze([
  /** The digits typed on the other side are not the ones shown here, or somebody who does not know them answered. */
  'wrong-digits',
  /** No offer within an hour. */
  'too-late',
  /** The person gave up here. */
  'taken-back',
  /** A message is none of the protocol, or its signature does not hold. */
  'malformed',
  /** A message is of a newer Endymail. */
  'newer',
  /** Who signed the message is no active admin device of the account. */
  'not-admin',
  /** The chain does not pass through what was seen or stated before: the service shows two. */
  'false-chain',
  /** The account was closed. */
  'closed',
  /** The rights offered are none that Endymail knows, or an admin's by invitation. */
  'bad-roles',
  /** The chain does not hold this device with the keys and the rights that it accepted. */
  'false-link',
  /** The device was removed again before it knew that it was added. */
  'removed',
  /** The answer states other sequences or key checks than the chain. */
  'false-answer',
] as const);

import type { Profile } from '../identity/index.ts';
import type { Redacted, Result } from '../result/index.ts';
import type { AccountId } from '../sealing/index.ts';
import type { DeviceDescription } from './description.ts';
import type { InvitationLink } from './invitation.ts';
import type { JoinState, JoinEnded, Requested } from './join-state.ts';

/** Why a device can not ask. */
export type BeginFault =
  /** The chain is that of another account than asked for, or than the invitation names. */
  | 'other-account'
  | 'closed'
  /** The name or the platform is empty, too long, or holds characters that a screen would obey. */
  | 'bad-description';

/**
 * What came of a message: the state to store, before its message (if it has one) is posted.
 * `needs-chain`: the message is of a longer chain than the one given; store the state, fetch the chain and come again.
 * `ignored`: another message than the one that counts, or one that nobody with a right to it has signed.
 */
export interface JoinStep {
  readonly state: JoinState;
  readonly note: 'taken' | 'needs-chain' | 'ignored';
}

/** Makes the keys, the digits and the request of a device that wants to join. */
export declare function beginJoin(of: {
  readonly account: AccountId;
  /** The 16 bytes by which the service calls itself. */
  readonly serviceId: Uint8Array;
  /** The account's chain, verified from link 0. */
  readonly profile: Profile;
  readonly description: DeviceDescription;
  /** The invitation in place of digits. */
  readonly invitation: InvitationLink | null;
  /** Seconds since 1970. */
  readonly now: number;
}): Promise<
  Result<
    { readonly state: Requested; readonly message: Uint8Array; readonly digits: Redacted<string> | null },
    BeginFault
  >
>;

/** Takes the offer: the first one that comes is the only one that is ever looked at. */
export declare function onOffer(state: JoinState, profile: Profile, offer: Uint8Array, now: number): Promise<JoinStep>;

/** Takes the answer, which ends the exchange. */
export declare function onAnswer(state: JoinState, profile: Profile, answer: Uint8Array): Promise<JoinStep>;

/** Takes the other side's no; it counts only from an active admin device of the account. */
export declare function onReject(state: JoinState, profile: Profile, reject: Uint8Array): Promise<JoinStep>;

/** Ends a request that no offer came for within an hour; once it is confirmed, the answer may take its time. */
export declare function onTimeout(state: JoinState, now: number): Promise<JoinState>;

/** Ends it because the person gave up here. */
export declare function takeBack(state: JoinState): Promise<JoinState | JoinEnded>;

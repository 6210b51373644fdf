import type { Head } from '../identity/index.ts';
import type { Result } from '../result/index.ts';
import type { AccountId, KeyId } from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import type { InvitationId } from './invitation.ts';

/** A request whose signature holds. Who made it is not known before the exchange is through. */
export interface PendingRequest {
  readonly id: RequestId;
  /** The request as it was received. */
  readonly message: Uint8Array;
  readonly account: AccountId;
  readonly device: KeyId;
  /** Of the device's key, 28 letters in groups of four, for *Details*. */
  readonly fingerprint: string;
  /** Seconds since 1970, by the clock of the device that asks. */
  readonly created: number;
  /** The head of the chain that it had verified. */
  readonly head: Head;
  readonly invitation: InvitationId | null;
  readonly publicKey: Uint8Array;
  readonly kemKey: Uint8Array;
}

/** Why a request is none. */
export type RequestFault =
  | 'malformed'
  | 'newer'
  /** Its signature does not hold, or is for another account. */
  | 'bad-signature'
  /** It was made for another service: somebody carried it here. */
  | 'other-service';

/** Reads what a new device posted, for this account at this service. */
export declare function readRequest(of: {
  readonly account: AccountId;
  readonly serviceId: Uint8Array;
  readonly message: Uint8Array;
}): Promise<Result<PendingRequest, RequestFault>>;

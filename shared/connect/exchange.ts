import type { Redacted } from '../result/index.ts';
import type { Hash32 } from '../sealing/index.ts';

/** SHA-256 of a request's bytes. */
export type RequestId = Hash32;

/** The secret of the new device's half of the exchange. */
export type ExchangeSecret = Redacted<Uint8Array>;

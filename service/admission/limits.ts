import { WIRE_LIMITS } from '@endymail/shared/mesh-api';

/** What a service gives at most, unless it is told otherwise (docs/protocol.md §8). */
export const SERVICE_LIMITS = Object.freeze({
  // One account
  accountMaxBytes: 268_435_456,
  accountMaxEntries: 200_000,
  accountMaxDevices: 32,
  accountMaxPendingRequests: WIRE_LIMITS.pendingRequestsMax,
  accountRequestsPerMinute: 1_200,
  accountMaxWatchers: 64,

  // One address, which may be many people behind one router. Of IPv6, the 64 bits that a household gets.
  addressRequestsPerMinute: 1_200,
  addressNewAccountsPerDay: 20,
  addressJoinRequestsPerMinute: 6,
  addressMaxConnections: 256,

  // All of it
  maxConnections: 8_192,
  maxWatchers: 4_096,
  /** Verified profiles that are kept, so that a chain is not verified for every request. */
  maxKeptProfiles: 1_024,
  /** Addresses and accounts that are counted; those that were not heard of for longest are forgotten first. */
  maxCounted: 65_536,

  // One connection
  headersMaxBytes: 16_384,
  headersMaxSeconds: 10,
  requestMaxSeconds: 60,
  idleMaxSeconds: 75,
  heartbeatSeconds: 30,
  /** Of hints that a watcher has not taken: it is cut off, and reads when it comes again. */
  watcherMaxUnsentBytes: 65_536,

  /** How long a request to join waits here for its offer. The devices go by their own clocks; this is to forget it. */
  joinRequestSeconds: 3_900,
  /** How long one that was confirmed waits for its answer, and the answer for the device. */
  confirmedRequestSeconds: 604_800,
  /** How long a stop waits for what is being answered. */
  stopMaxSeconds: 10,
  /** How long the store may take to say that it is there. */
  readyMaxSeconds: 2,
});

export type ServiceLimits = { readonly [Name in keyof typeof SERVICE_LIMITS]: number };

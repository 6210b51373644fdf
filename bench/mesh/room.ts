/** What a service gives at most where its speed is measured: as much as is asked for. */
export const ROOM = Object.freeze({
  accountRequestsPerMinute: 1_000_000_000,
  addressRequestsPerMinute: 1_000_000_000,
  addressNewAccountsPerDay: 1_000_000,
  addressJoinRequestsPerMinute: 1_000_000,
  addressMaxConnections: 8_192,
  accountMaxWatchers: 4_096,
});

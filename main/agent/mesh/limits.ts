/** How long this computer waits for a mesh service, and what it takes at most. Of a body, its call says it. */
export const MESH_LIMITS = Object.freeze({
  connectMs: 5_000,
  answerMs: 15_000,
  /** Of one question to a DNS server, which is asked twice. */
  resolveMs: 2_000,
  /** How many of the places are tried that DNS names for one service. */
  announcedMax: 4,
  headersMaxBytes: 16_384,
  /** How long the WebSocket is away before it is made anew: a second at first, twice as long each time. */
  watchAgainMinMs: 1_000,
  watchAgainMaxMs: 60_000,
  /** A service pings every 30 s; after this it is taken for gone, whatever TCP believes. */
  watchSilenceMs: 75_000,
});

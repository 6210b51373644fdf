/** What a serving agent and its clients bear of each other. */
export type ServingLimits = Readonly<Record<keyof typeof SERVING_LIMITS, number>>;

export const SERVING_LIMITS = Object.freeze({
  /** A message of one who has proved nothing yet: two nonces and a name. */
  unprovedMessageMaxBytes: 2_048,
  /** A call or an answer: a backup (64 MiB) as base64, and what stands around it. */
  messageMaxBytes: 96 * 1024 * 1024,
  /** What may lie unread for a peer that does not read, before it is let go. */
  unreadMaxBytes: 128 * 1024 * 1024,
  /** Connections that have proved nothing, and those that have. */
  unprovedMax: 32,
  peersMax: 64,
  /** Calls of one peer that wait. */
  callsWaitingMax: 32,
  /** From the connection to the proof. */
  proofTimeMs: 5_000,
  /** From the beginning of a message to its end. */
  messageTimeMs: 30_000,
  /** The longest path of a socket that every system takes (macOS: 103 bytes, Linux: 107). */
  socketPathMaxBytes: 100,
  commandMaxChars: 200,
});

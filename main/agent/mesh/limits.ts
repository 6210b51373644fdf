/** The bounds of what this computer takes from a mesh service, and how long it waits. */
export const MESH_LIMITS = Object.freeze({
  connectMs: 5_000,
  answerMs: 15_000,
  /** A range is at most 1 MiB, and what stands around it a little more (docs/protocol.md §8). */
  answerMaxBytes: 1_200_000,
  headersMaxBytes: 16_384,
});

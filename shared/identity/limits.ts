/** The bounds of a profile chain (docs/protocol.md §4). */
export const CHAIN_LIMITS = Object.freeze({
  links: 4_096,
  bytes: 4_000_000,
  /** One link. */
  linkMaxBytes: 65_536,
  /** What travels beside one link. */
  bundleMaxBytes: 1_000_000,
  sequences: 32,
  /** Devices that were ever added: more would not fit into a chain. */
  devices: 4_096,
});

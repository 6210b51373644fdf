/** The bounds of what goes over the wire, which both ends hold to (docs/protocol.md §8). */
export const WIRE_LIMITS = Object.freeze({
  /** 64 KiB of padded plain text (§6), and the signature and headers around it. */
  entryMaxBytes: 66_560,
  entriesPerAppendMax: 1_024,
  sequenceMaxEntries: 2 ** 24,
  linkMaxBytes: 65_536,
  chainMaxLinks: 4_096,
  /** A wrap is 1,168 bytes, a KEM key 1,216: six catalogs for a hundred devices. */
  bundleMaxBytes: 1_000_000,
  /** A request to join: its keys are 1,248 bytes of it. */
  requestMaxBytes: 4_096,
  stepMaxBytes: 16_384,
  /** So many that a list of all of them, with all their steps, is one body. */
  pendingRequestsMax: 16,
  sequencesMax: 64,
  /** Of the items of a range together. At least one comes, however large. */
  rangeMaxBytes: 1_048_576,
  /** Of a whole body, in both directions: a range, and what stands around its items. */
  bodyMaxBytes: 1_179_648,
  /** Of a body that is one small thing: an answer that only says that it is done, a problem, a hint. */
  smallBodyMaxBytes: 4_096,
  /** How far the `created` of a signature may be from the service's clock. */
  clockToleranceSeconds: 300,
});

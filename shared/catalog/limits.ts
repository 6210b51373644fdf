/** The longest sealed plain text of an entry: its content, the length before it and the padding after it (§6). */
export const PLAIN_MAX_BYTES = 64 * 1024;

/** The longest item as CBOR: what an entry's plain text leaves once the other fields of the content have their place. */
export const ITEM_MAX_BYTES = PLAIN_MAX_BYTES - 256;

/** The longest certificate or private key as DER, so that two of them fit into one entry. */
export const DER_MAX_BYTES = 24 * 1024;

/** The longest name or platform of a device, in characters. */
export const DEVICE_TEXT_MAX_CHARS = 200;

/** The length of an item's id. */
export const ITEM_ID_BYTES = 16;

/** The length of a SHA-256 hash. */
export const HASH_BYTES = 32;

/** The most links that a profile chain has, and so the highest number of an epoch. */
export const CHAIN_MAX_LINKS = 4096;

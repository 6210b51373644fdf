/** The longest certificate or private key as DER, so that two of them fit into one entry. */
export const DER_MAX_BYTES = 24 * 1024;

/** The longest name or platform of a device, in characters. */
export const DEVICE_TEXT_MAX_CHARS = 200;

/** The length of an item's id. */
export const ITEM_ID_BYTES = 16;

/** The length of a SHA-256 hash. */
export const HASH_BYTES = 32;

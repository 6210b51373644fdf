import type { ItemId } from '@endymail/shared/catalog';

/** Why this device does not work with an item that the account has. */
export const WITHHELD_REASONS = Object.freeze([
  /** A person with the address of an own mailbox. */
  'own-address',
  /** A person whose CA is another person's or an own mailbox's. */
  'key-taken',
  /** More than a mail client, or the sealed state, can hold. */
  'too-many',
  /** Certificates that Endymail does not make for this address, or a key that is not the certificate's. */
  'bad-certificate',
] as const);

export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Items that this device does not work with. That they are missing in its state does not mean that they were deleted. */
export type Withheld = ReadonlyMap<ItemId, WithheldReason>;

/** How long a request may wait for its offer, by the clock of the device that asks (§7). */
export const REQUEST_LIFETIME_SECONDS = 3_600;

/** How long an invitation holds, by the clock of the device that made it (§7). */
export const INVITATION_LIFETIME_SECONDS = 600;

/** Offers in answer to typed digits that may stay without a confirmation within a day (R2). */
export const UNCONFIRMED_OFFERS_MAX = 5;

/** The day of that count. */
export const UNCONFIRMED_OFFERS_SECONDS = 86_400;

/** The longest name or platform that a device says it has, in UTF-16 units: two of them fit into one sealed text. */
export const DESCRIPTION_MAX_CHARS = 200;

/** The longest name of an account in an invitation, in UTF-16 units. */
export const NAME_MAX_CHARS = 320;

/** More than any message of an exchange has; the longest is the answer, with the heads of all sequences. */
export const MESSAGE_MAX_BYTES = 64 * 1_024;

/** More sequences than an account has. */
export const SEQUENCES_MAX = 64;

/** The longest statement of a device about its rights: it goes into a link (identity/link.ts). */
export const REVERSE_MAX_BYTES = 1_024;

/** How many exchanges are remembered; five unconfirmed offers a day fill this in eleven years. */
export const EXCHANGES_MAX = 20_000;

/** How many invitations are remembered; each holds for ten minutes. */
export const INVITATIONS_MAX = 1_000;

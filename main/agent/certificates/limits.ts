/** Twice what the longest address with RSA-3072 makes. Bounds what is read before anything of it is believed. */
export const CERTIFICATE_MAX_BYTES = 4_096;

/** RFC 5280 §4.1.2.2: at most 20 octets. At least 16 so that nobody can guess or repeat one. */
export const SERIAL_MIN_BYTES = 16;
export const SERIAL_MAX_BYTES = 20;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Certificates begin one day before they are made: a clock that is a little behind accepts them at once. */
export const BACKDATING_MS = DAY_MS;

/** 20 years (20 × 365.25 days): a mailbox's CA, the local anchor. */
export const AUTHORITY_VALIDITY_MS = 7_305 * DAY_MS;

/** 825 days: what a person signs with, and what the anchor says of a correspondent's CA. */
export const CERTIFICATE_VALIDITY_MS = 825 * DAY_MS;

/** RFC 5280 appendix A.1: ub-common-name. */
export const COMMON_NAME_MAX_CHARS = 64;

/** Bounds on the files of a profile. Thunderbird itself stays far below each of them. */
export const PREFS_MAX_BYTES = 16 * 1024 * 1024;
export const INI_MAX_BYTES = 1024 * 1024;
export const POLICIES_MAX_BYTES = 4 * 1024 * 1024;
export const AUTOCONFIG_MAX_BYTES = 4 * 1024 * 1024;
export const NSS_DATABASE_MAX_BYTES = 256 * 1024 * 1024;

/** All attributes read of one database together: a damaged one can hold the same bytes in every row. */
export const NSS_OBJECTS_MAX_BYTES = 64 * 1024 * 1024;
/** One value or row of a database, or the text of its schema. */
export const NSS_ROW_MAX_BYTES = 1024 * 1024;
/** Objects (certificates, keys, trust) that are read of one database. */
export const NSS_OBJECTS_MAX = 50_000;
/** One attribute of an object. Certificates with large alternative names are a few kilobytes. */
export const NSS_ATTRIBUTE_MAX_BYTES = 64 * 1024;
/** Work that a key database may ask of us to test a password (NSS uses 1 or 10,000). */
export const PBKDF2_MAX_ITERATIONS = 1_000_000;
/** How long to wait while Thunderbird writes its database. */
export const NSS_DATABASE_WAIT_MS = 2_000;

export const PROFILES_MAX = 200;
export const ACCOUNTS_MAX = 1_000;
export const IDENTITIES_PER_ACCOUNT_MAX = 1_000;
/** Files of defaults beside the program. */
export const DEFAULTS_FILES_MAX = 200;
/** Folders looked through in one place, e.g. of Flatpak applications. */
export const PLACE_ENTRIES_MAX = 2_000;

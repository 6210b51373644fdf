/** What a device may do, as bits in the profile chain (docs/protocol.md §4). */
export const ROLES = Object.freeze({ admin: 1, mail: 2, passwords: 4 });

/** Every role that this Endymail knows. */
export const ALL_ROLES = ROLES.admin | ROLES.mail | ROLES.passwords;

/** What a device gets that may not approve others. */
export const ORDINARY_ROLES = ROLES.mail | ROLES.passwords;

/** Whether bits are roles that this Endymail knows, and at least one. */
export const areRoles = (bits: number): boolean => bits > 0 && (bits & ~ALL_ROLES) === 0;

/** Whether `roles` hold all of `needed`; nothing needed: every device does. */
export const hasRoles = (roles: number, needed: number): boolean => (roles & needed) === needed;

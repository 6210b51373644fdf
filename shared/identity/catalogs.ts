import { ROLES } from './roles.ts';

/** The catalogs of an account, with the roles that open them (docs/protocol.md §4). The numbers never change. */
export const CATALOGS = Object.freeze([
  Object.freeze({ name: 'devices', number: 1, roles: 0 }),
  Object.freeze({ name: 'mailboxes', number: 2, roles: ROLES.mail }),
  Object.freeze({ name: 'authorities', number: 3, roles: ROLES.admin }),
  Object.freeze({ name: 'people', number: 4, roles: ROLES.mail }),
  Object.freeze({ name: 'credentials', number: 5, roles: ROLES.passwords }),
  Object.freeze({ name: 'settings', number: 6, roles: 0 }),
] as const);

export type CatalogName = (typeof CATALOGS)[number]['name'];

/** The catalog of this number; null for one that this Endymail does not know. */
export const catalogOf = (number: number): CatalogName | null =>
  CATALOGS.find((catalog) => catalog.number === number)?.name ?? null;

export function catalogNumber(name: CatalogName): number {
  const catalog = CATALOGS.find((one) => one.name === name);
  if (catalog === undefined) throw new TypeError(`No catalog ${name}`);
  return catalog.number;
}

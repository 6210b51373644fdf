import { itemsOf, type Fold, type Item, type PersonItem } from '@endymail/shared/catalog';
import type { CatalogName } from '@endymail/shared/identity';
import { equalBytes } from '@endymail/shared/sealing';

/** What the catalogs hold that this device may read, and so may write. */
export type Folds = ReadonlyMap<CatalogName, Fold>;

/** No catalogs: what a device has in common with an account that it was not in. */
export const NO_FOLDS: Folds = new Map();

export type ItemOfKind<Kind extends Item['kind']> = Extract<Item, { readonly kind: Kind }>;

/** All items of one kind, in no order that means anything. */
export function itemsOfKind<Kind extends Item['kind']>(folds: Folds, kind: Kind): readonly ItemOfKind<Kind>[] {
  const isOfKind = (item: Item): item is ItemOfKind<Kind> => item.kind === kind;
  const items = Array.from(folds.values()).flatMap((fold) => itemsOf(fold).map(({ item }) => item));
  return items.filter(isOfKind);
}

/** Whether two items say the same of one person. */
export function samePerson(left: PersonItem, right: PersonItem): boolean {
  return (
    left.added === right.added &&
    equalBytes(left.authority, right.authority) &&
    equalBytes(left.certificate, right.certificate)
  );
}

import type { MailAddress } from '../mail/index.ts';
import {
  encodeCbor,
  fromHex,
  hash32Bytes,
  hash32Of,
  keyIdBytes,
  sha256,
  toHex,
  type CborValue,
  type Hash32,
  type KeyId,
} from '../sealing/index.ts';
import type { Item } from './items.ts';
import { ITEM_ID_BYTES } from './limits.ts';

/** The 16 bytes that name an item in its catalog, as lower-case hex. */
export type ItemId = string & { readonly __itemId: true };

/** The number that stands behind the label in every context of the protocol (§1). */
const CONTEXT_VERSION = 1;

const itemId = (label: string, ...parts: readonly CborValue[]): ItemId =>
  toHex(sha256(encodeCbor([label, CONTEXT_VERSION, ...parts])).slice(0, ITEM_ID_BYTES)) as ItemId;

/** The id of the item that describes a device. */
export const itemIdOfDevice = (device: KeyId): ItemId => itemId('device', keyIdBytes(device));

/** The id of the item in which a device says how far it has seen the account. */
export const itemIdOfConfirmation = (device: KeyId): ItemId => itemId('confirmation', keyIdBytes(device));

/** The id of a mailbox's item. */
export const itemIdOfMailbox = (address: MailAddress): ItemId => itemId('mailbox', address);

/** The id of the item that keeps a mailbox's key; `certificate` is the SHA-256 of its certificate's DER. */
export const itemIdOfKey = (certificate: Hash32): ItemId => itemId('key', hash32Bytes(certificate));

/** The id of the item that keeps a mailbox's CA; `certificate` is the SHA-256 of its certificate's DER. */
export const itemIdOfAuthority = (certificate: Hash32): ItemId => itemId('authority', hash32Bytes(certificate));

/** The id of a correspondent's item. */
export const itemIdOfPerson = (address: MailAddress): ItemId => itemId('person', address);

/** The id of the one item of the settings. */
export const ITEM_ID_OF_SETTINGS: ItemId = itemId('settings');

/** The id under which `item` stands in its catalog. */
export function itemIdOf(item: Item): ItemId {
  switch (item.kind) {
    case 'device':
      return itemIdOfDevice(item.device);
    case 'confirmation':
      return itemIdOfConfirmation(item.device);
    case 'mailbox':
      return itemIdOfMailbox(item.address);
    case 'key':
      return itemIdOfKey(hash32Of(item.certificate));
    case 'authority':
      return itemIdOfAuthority(hash32Of(item.certificate));
    case 'person':
      return itemIdOfPerson(item.address);
    case 'settings':
      return ITEM_ID_OF_SETTINGS;
  }
}

/** The id that a decoded payload holds as bytes, or null when it is none. */
export const parseItemId = (value: unknown): ItemId | null =>
  value instanceof Uint8Array && value.length === ITEM_ID_BYTES ? (toHex(value) as ItemId) : null;

/** The bytes of an id, as they go into an entry. */
export const itemIdBytes = (id: ItemId): Uint8Array => fromHex(id);

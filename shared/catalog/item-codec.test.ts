import { describe, expect, it } from 'vitest';
import type { CatalogName } from '../identity/index.ts';
import { Redacted } from '../result/index.ts';
import { decodeCbor, encodeCbor, fromHex, keyIdOf, sha256, toHex, utf8, type CborValue } from '../sealing/index.ts';
import { CATALOG_OF, itemFromCbor, itemToCbor } from './item-codec.ts';
import { ITEM_ID_OF_SETTINGS, itemIdOf } from './item-id.ts';
import type { Item } from './items.ts';
import { DER_MAX_BYTES } from './limits.ts';
import {
  ALICE,
  authorityItem,
  deviceItem,
  keyItem,
  mailboxItem,
  personItem,
  settingsItem,
} from './testing/examples.ts';

const DEVICE = keyIdOf(fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'));

const ITEMS: readonly Item[] = [
  deviceItem(DEVICE),
  mailboxItem(),
  mailboxItem({ algorithm: 'rsa-3072', enabled: false }),
  keyItem('a certificate'),
  authorityItem('a CA'),
  personItem(),
  settingsItem(true),
];

/** With its secrets in the clear, so that two of them can be compared. */
const plain = (item: unknown): unknown =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(
        Object.entries(item).map(([k, value]) => [k, value instanceof Redacted ? value.reveal() : value]),
      )
    : item;

const onWire = (value: CborValue): CborValue | null => decodeCbor(encodeCbor(value));

describe('items', () => {
  it.each(ITEMS.map((item) => [item.kind, item] as const))('gives back a %s as it was', (_, item) => {
    expect(plain(itemFromCbor(CATALOG_OF[item.kind], onWire(itemToCbor(item))))).toEqual(plain(item));
  });

  it.each<readonly [string, CatalogName, CborValue]>([
    ['no list', 'people', 'a person'],
    ['an empty list', 'people', []],
    ['a field too few', 'settings', [1]],
    ['a field too many', 'settings', [1, true, 1]],
    ['a text for a truth', 'settings', [1, 'yes']],
    ['an address in another spelling', 'people', [1, 'Bob@example.test', utf8('a'), utf8('b'), 1]],
    ['an address with blanks', 'people', [1, ' bob@example.test', utf8('a'), utf8('b'), 1]],
    ['what is no address', 'people', [1, 'bob', utf8('a'), utf8('b'), 1]],
    ['an empty certificate', 'people', [1, 'bob@example.test', utf8('a'), new Uint8Array(), 1]],
    ['a certificate too long', 'people', [1, 'bob@example.test', new Uint8Array(DER_MAX_BYTES + 1), utf8('b'), 1]],
    ['a time before 1970', 'people', [1, 'bob@example.test', utf8('a'), utf8('b'), -1]],
    ['a device id too short', 'devices', [1, new Uint8Array(31), 'Laptop', 'Linux', 1]],
    ['a name too long', 'devices', [1, new Uint8Array(32), 'x'.repeat(201), 'Linux', 1]],
    ['an algorithm that is none', 'mailboxes', [1, ALICE, true, 3, utf8('a'), new Uint8Array(32), 1]],
    ['a private key that is a text', 'authorities', [1, ALICE, utf8('a'), 'secret']],
  ])('refuses %s', (_, catalog, value) => {
    expect(itemFromCbor(catalog, onWire(value))).toBe('malformed');
  });

  it.each<readonly [string, CatalogName, CborValue]>([
    ['a third kind in the mailboxes', 'mailboxes', [3, ALICE]],
    ['a second kind in the people', 'people', [2, 'anything']],
    ['anything in a catalog that is not used yet', 'credentials', [1, 'anything']],
  ])('says of %s that it is of a newer Endymail', (_, catalog, value) => {
    expect(itemFromCbor(catalog, onWire(value))).toBe('newer');
  });
});

describe('ids of items', () => {
  const id = (value: CborValue): string => toHex(sha256(encodeCbor(value)).slice(0, 16));

  it('are the hash of what the protocol says', () => {
    expect(itemIdOf(deviceItem(DEVICE))).toBe(id(['device', 1, fromHex(DEVICE)]));
    expect(itemIdOf(mailboxItem())).toBe(id(['mailbox', 1, 'alice@example.test']));
    expect(itemIdOf(keyItem('a certificate'))).toBe(id(['key', 1, sha256(utf8('a certificate'))]));
    expect(itemIdOf(authorityItem('a certificate'))).toBe(id(['authority', 1, sha256(utf8('a certificate'))]));
    expect(itemIdOf(personItem())).toBe(id(['person', 1, 'bob@example.test']));
    expect(itemIdOf(settingsItem(false))).toBe(id(['settings', 1]));
    expect(ITEM_ID_OF_SETTINGS).toBe(id(['settings', 1]));
  });
});

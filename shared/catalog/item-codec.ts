import * as v from 'valibot';
import type { CatalogName } from '../identity/index.ts';
import { hash32Bytes, keyIdBytes, sequenceIdBytes, type CborValue } from '../sealing/index.ts';
import type { Item, MailboxAlgorithm } from './items.ts';
import {
  AddressSchema,
  ChainHeadSchema,
  CountSchema,
  DerSchema,
  DeviceTextSchema,
  HashSchema,
  KeyIdSchema,
  SecretDerSchema,
  SequenceHeadsSchema,
} from './schemas.ts';

const ALGORITHM_NUMBERS: Readonly<Record<MailboxAlgorithm, number>> = Object.freeze({ 'ec-p256': 1, 'rsa-3072': 2 });

const AlgorithmSchema = v.pipe(
  v.picklist([1, 2]),
  v.transform((number): MailboxAlgorithm => (number === ALGORITHM_NUMBERS['ec-p256'] ? 'ec-p256' : 'rsa-3072')),
);

const DeviceSchema = v.pipe(
  v.strictTuple([v.literal(1), KeyIdSchema, DeviceTextSchema, DeviceTextSchema, CountSchema]),
  v.transform(([, device, name, platform, added]): Item => ({ kind: 'device', device, name, platform, added })),
);

const ConfirmationSchema = v.pipe(
  v.strictTuple([v.literal(2), KeyIdSchema, CountSchema, ChainHeadSchema, SequenceHeadsSchema]),
  v.transform(([, device, time, chain, heads]): Item => ({ kind: 'confirmation', device, time, chain, heads })),
);

const MailboxSchema = v.pipe(
  v.strictTuple([v.literal(1), AddressSchema, v.boolean(), AlgorithmSchema, DerSchema, HashSchema, CountSchema]),
  v.transform(([, address, enabled, algorithm, authority, certificate, issued]): Item => ({
    kind: 'mailbox',
    address,
    enabled,
    algorithm,
    authority,
    certificate,
    issued,
  })),
);

const KeySchema = v.pipe(
  v.strictTuple([v.literal(2), AddressSchema, DerSchema, SecretDerSchema]),
  v.transform(([, address, certificate, pkcs8]): Item => ({ kind: 'key', address, certificate, pkcs8 })),
);

const AuthoritySchema = v.pipe(
  v.strictTuple([v.literal(1), AddressSchema, DerSchema, SecretDerSchema]),
  v.transform(([, address, certificate, pkcs8]): Item => ({ kind: 'authority', address, certificate, pkcs8 })),
);

const PersonSchema = v.pipe(
  v.strictTuple([v.literal(1), AddressSchema, DerSchema, DerSchema, CountSchema]),
  v.transform(([, address, authority, certificate, added]): Item => ({
    kind: 'person',
    address,
    authority,
    certificate,
    added,
  })),
);

const SettingsSchema = v.pipe(
  v.strictTuple([v.literal(1), v.boolean()]),
  v.transform(([, autoDisable]): Item => ({ kind: 'settings', autoDisable })),
);

type ItemSchema = v.GenericSchema<unknown, Item>;

/** By catalog, the kinds of item that it holds under the number that each begins with. */
const SCHEMAS: Readonly<Record<CatalogName, ReadonlyMap<number, ItemSchema>>> = Object.freeze({
  devices: new Map<number, ItemSchema>([
    [1, DeviceSchema],
    [2, ConfirmationSchema],
  ]),
  mailboxes: new Map<number, ItemSchema>([
    [1, MailboxSchema],
    [2, KeySchema],
  ]),
  authorities: new Map<number, ItemSchema>([[1, AuthoritySchema]]),
  people: new Map<number, ItemSchema>([[1, PersonSchema]]),
  // Nothing is written into it yet: what stands there is a newer Endymail's.
  credentials: new Map<number, ItemSchema>(),
  settings: new Map<number, ItemSchema>([[1, SettingsSchema]]),
});

/** The catalog in which an item of this kind stands. */
export const CATALOG_OF: Readonly<Record<Item['kind'], CatalogName>> = Object.freeze({
  device: 'devices',
  confirmation: 'devices',
  mailbox: 'mailboxes',
  key: 'mailboxes',
  authority: 'authorities',
  person: 'people',
  settings: 'settings',
});

/** `item` as it stands in an entry. Its private key is in the clear in it. */
export function itemToCbor(item: Item): CborValue {
  switch (item.kind) {
    case 'device':
      return [1, keyIdBytes(item.device), item.name, item.platform, item.added];
    case 'confirmation':
      return [
        2,
        keyIdBytes(item.device),
        item.time,
        [item.chain.count, hash32Bytes(item.chain.hash)],
        item.heads
          .toSorted((left, right) => (left.sequence < right.sequence ? -1 : 1))
          .map(({ sequence, head }) => [sequenceIdBytes(sequence), head.count, hash32Bytes(head.hash)]),
      ];
    case 'mailbox':
      return [
        1,
        item.address,
        item.enabled,
        ALGORITHM_NUMBERS[item.algorithm],
        item.authority,
        hash32Bytes(item.certificate),
        item.issued,
      ];
    case 'key':
      return [2, item.address, item.certificate, item.pkcs8.reveal()];
    case 'authority':
      return [1, item.address, item.certificate, item.pkcs8.reveal()];
    case 'person':
      return [1, item.address, item.authority, item.certificate, item.added];
    case 'settings':
      return [1, item.autoDisable];
  }
}

/** What a decoded value is as an item of `catalog`; `newer` for a kind of item that is not known there. */
export function itemFromCbor(catalog: CatalogName, value: unknown): Item | 'malformed' | 'newer' {
  const kind: unknown = Array.isArray(value) ? value[0] : null;
  if (typeof kind !== 'number') return 'malformed';
  const schema = SCHEMAS[catalog].get(kind);
  if (schema === undefined) return 'newer';
  const item = v.safeParse(schema, value);
  return item.success ? item.output : 'malformed';
}

import fc from 'fast-check';
import { Redacted } from '@endymail/shared/result';
import { itemIdOfKey, type ItemId } from '@endymail/shared/catalog';
import type { Head, Owner } from '@endymail/shared/identity';
import {
  hash32Of,
  keyIdOf,
  parseAccountId,
  parseSequenceId,
  sha512,
  type AccountId,
  type Hash32,
  type SequenceId,
} from '@endymail/shared/sealing';
import type { AccountName, AccountRecord, JoiningRecord, OutboxItem, ServiceRecord } from '../account-record.ts';
import { TASK_CODES } from '../tasks.ts';
import { WITHHELD_REASONS } from '../withheld.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

const someBytes = fc.uint8Array({ minLength: 1, maxLength: 64 });

const seed = bytes(32).map((value) => new Redacted(value));

const steps = bytes(40).map((value) => new Redacted(value));

const hash: fc.Arbitrary<Hash32> = bytes(32).map(hash32Of);

const owner: fc.Arbitrary<Owner> = fc.oneof(bytes(32).map(keyIdOf), hash);

const sequence: fc.Arbitrary<SequenceId> = bytes(16).map((value) => present(parseSequenceId(value)));

const account: fc.Arbitrary<AccountId> = bytes(8).map((value) => present(parseAccountId(sha512(value))));

const head: fc.Arbitrary<Head> = fc.record({ count: fc.nat(), hash });

const itemId: fc.Arbitrary<ItemId> = hash.map(itemIdOfKey);

const seconds = fc.nat({ max: 2_000_000_000 });

const instant = fc.option(seconds.map((value) => new Date(value * 1_000)));

const name: fc.Arbitrary<AccountName> = fc.record({
  local: fc.constantFrom('alice', 'bob'),
  host: fc.constantFrom('mesh.example.org', '192.0.2.7:4433'),
});

const service: fc.Arbitrary<ServiceRecord> = fc.record({
  kind: fc.constantFrom('service' as const, 'here' as const),
  url: fc.constantFrom('https://mesh.example.org', 'http://127.0.0.1:4433'),
  id: bytes(16),
  pin: fc.option(fc.record({ key: hash, how: fc.constantFrom('first-use' as const, 'exchange' as const) })),
});

const outboxItem: fc.Arbitrary<OutboxItem> = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), after: head, link: someBytes, bundle: fc.option(someBytes) }),
  fc.record({
    kind: fc.constant('entries' as const),
    sequence,
    after: head,
    entries: fc.array(someBytes, { maxLength: 3 }),
  }),
);

const mapOf = <K, V>(key: fc.Arbitrary<K>, value: fc.Arbitrary<V>): fc.Arbitrary<ReadonlyMap<K, V>> =>
  fc.array(fc.tuple(key, value), { maxLength: 3 }).map((pairs) => new Map(pairs));

/** What a computer could come to remember of its account. */
export const arbitraryAccount: fc.Arbitrary<AccountRecord> = fc.record({
  id: account,
  name,
  service,
  device: fc.record({
    signingSeed: seed,
    kemSeed: seed,
    nextKemSeed: fc.option(seed),
    name: fc.string({ unit: 'grapheme', maxLength: 20 }),
    roles: fc.integer({ min: 0, max: 7 }),
  }),
  chainHead: head,
  syncedHeads: mapOf(sequence, head),
  written: mapOf(sequence, fc.record({ counter: fc.nat(), last: hash })),
  withheld: mapOf(itemId, fc.constantFrom(...WITHHELD_REASONS)),
  epochKeys: mapOf(sequence, mapOf(fc.integer({ min: 1, max: 4_096 }), fc.option(seed))),
  kemKeys: mapOf(owner, bytes(1_216)),
  recovery: fc.record({ secret: fc.option(seed), confirmedAt: instant }),
  outbox: fc.array(outboxItem, { maxLength: 3 }),
  approvals: fc.option(steps),
  lastSyncAt: instant,
  standing: fc.constantFrom('member' as const, 'removed' as const, 'copied' as const, 'recovering' as const),
  actsFrom: mapOf(fc.integer({ min: 0, max: 4_096 }), seconds),
  tasks: fc.array(
    fc.record({
      id: fc.string({ maxLength: 20 }),
      code: fc.constantFrom(...TASK_CODES),
      device: bytes(32).map(keyIdOf),
      addresses: fc.array(fc.constantFrom('alice@example.test', 'alice@work.example'), { maxLength: 2 }),
      at: seconds.map((value) => new Date(value * 1_000)),
    }),
    { maxLength: 3 },
  ),
  lastSeen: mapOf(bytes(32).map(keyIdOf), seconds),
});

/** A request to join that a computer could have made. */
export const arbitraryJoining: fc.Arbitrary<JoiningRecord> = fc.record({
  name,
  service,
  deviceName: fc.constantFrom('Laptop', 'Rechner im Büro'),
  steps,
});

function present<T>(value: T | null): T {
  if (value === null) throw new Error('a value of a test has the wrong length');
  return value;
}

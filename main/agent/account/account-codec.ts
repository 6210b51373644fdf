import * as v from 'valibot';
import { Redacted } from '@endymail/shared/result';
import type { ItemId } from '@endymail/shared/catalog';
import { CHAIN_LIMITS, type Head, type Owner } from '@endymail/shared/identity';
import type { AccountId, Hash32, KeyId, SequenceId } from '@endymail/shared/sealing';
import { base64, bytesUpTo, exactly, instant, secretUpTo } from '../home/json-values.ts';
import type { AccountRecord, JoiningRecord, OutboxItem, ServiceRecord } from './account-record.ts';
import { TASK_CODES } from './tasks.ts';
import { WITHHELD_REASONS } from './withheld.ts';

const TEXT_MAX_CHARS = 300;
const URL_MAX_CHARS = 2_000;
const WITHHELD_MAX = 50_000;
const OUTBOX_MAX = 256;
const ENTRIES_MAX = 4_096;
const ENTRY_MAX_BYTES = 128 * 1024;
const STEPS_MAX_BYTES = 64 * 1024;
const APPROVALS_MAX_BYTES = 4 * 1024 * 1024;
const SEED_BYTES = 32;
const SERVICE_ID_BYTES = 16;
const X_WING_KEY_BYTES = 1_216;
const ROLES_MAX = 0xff;
/** Two for each device that was ever removed. */
const TASKS_MAX = 3 * CHAIN_LIMITS.devices;
const TASK_ADDRESSES_MAX = 20_000;

/** As plain JSON values. Contains the secrets. */
export function accountToJson(account: AccountRecord): object {
  return {
    id: account.id,
    name: { local: account.name.local, host: account.name.host },
    service: serviceToJson(account.service),
    device: {
      signingSeed: base64(account.device.signingSeed.reveal()),
      kemSeed: base64(account.device.kemSeed.reveal()),
      nextKemSeed: account.device.nextKemSeed === null ? null : base64(account.device.nextKemSeed.reveal()),
      name: account.device.name,
      roles: account.device.roles,
    },
    chainHead: headToJson(account.chainHead),
    syncedHeads: Array.from(account.syncedHeads, ([sequence, head]) => [sequence, headToJson(head)]),
    written: Array.from(account.written, ([sequence, { counter, last }]) => [sequence, { counter, last }]),
    withheld: Array.from(account.withheld),
    epochKeys: Array.from(account.epochKeys, ([sequence, keys]) => [
      sequence,
      Array.from(keys, ([epoch, key]) => [epoch, key === null ? null : base64(key.reveal())]),
    ]),
    kemKeys: Array.from(account.kemKeys, ([owner, key]) => [owner, base64(key)]),
    recovery: {
      secret: account.recovery.secret === null ? null : base64(account.recovery.secret.reveal()),
      confirmedAt: account.recovery.confirmedAt?.toISOString() ?? null,
    },
    outbox: account.outbox.map(outboxItemToJson),
    approvals: account.approvals === null ? null : base64(account.approvals.reveal()),
    lastSyncAt: account.lastSyncAt?.toISOString() ?? null,
    standing: account.standing,
    actsFrom: Array.from(account.actsFrom),
    tasks: account.tasks.map((task) => ({ ...task, at: task.at.toISOString() })),
    lastSeen: Array.from(account.lastSeen),
  };
}

/** As plain JSON values. Contains the secrets. */
export function joiningToJson(joining: JoiningRecord): object {
  return {
    name: { local: joining.name.local, host: joining.name.host },
    service: serviceToJson(joining.service),
    deviceName: joining.deviceName,
    steps: base64(joining.steps.reveal()),
  };
}

const headToJson = ({ count, hash }: Head): object => ({ count, hash });

const serviceToJson = ({ kind, url, id, pin }: ServiceRecord): object => ({ kind, url, id: base64(id), pin });

function outboxItemToJson(item: OutboxItem): object {
  const after = headToJson(item.after);
  switch (item.kind) {
    case 'link':
      return {
        kind: 'link',
        after,
        link: base64(item.link),
        bundle: item.bundle === null ? null : base64(item.bundle),
      };
    case 'entries':
      return { kind: 'entries', sequence: item.sequence, after, entries: item.entries.map(base64) };
  }
}

const hex = <T extends string>(bytes: number) =>
  v.custom<T>((value) => typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value));

const Hash = hex<Hash32>(32);
const Sequence = hex<SequenceId>(16);

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));

const HeadSchema = v.strictObject({ count: count(Number.MAX_SAFE_INTEGER), hash: Hash });

const text = (maxChars: number) => v.pipe(v.string(), v.maxLength(maxChars));

/** Pairs as a map; a name that stands twice is refused. */
const mapOf = <K, V>(
  key: v.GenericSchema<unknown, K>,
  value: v.GenericSchema<unknown, V>,
  max: number,
): v.GenericSchema<unknown, ReadonlyMap<K, V>> =>
  v.pipe(
    v.array(v.strictTuple([key, value])),
    v.maxLength(max),
    v.check((pairs) => new Set(pairs.map(([name]) => name)).size === pairs.length),
    v.transform((pairs) => new Map(pairs)),
  );

const NameSchema = v.strictObject({ local: text(TEXT_MAX_CHARS), host: text(TEXT_MAX_CHARS) });

const ServiceSchema = v.strictObject({
  kind: v.picklist(['service', 'here']),
  url: text(URL_MAX_CHARS),
  id: exactly(SERVICE_ID_BYTES),
  pin: v.nullable(v.strictObject({ key: Hash, how: v.picklist(['first-use', 'invitation', 'exchange', 'own']) })),
});

const seed = v.pipe(
  exactly(SEED_BYTES),
  v.transform((bytes) => new Redacted(bytes)),
);

const Outbox = v.variant('kind', [
  v.strictObject({
    kind: v.literal('link'),
    after: HeadSchema,
    link: bytesUpTo(CHAIN_LIMITS.linkMaxBytes),
    bundle: v.nullable(bytesUpTo(CHAIN_LIMITS.bundleMaxBytes)),
  }),
  v.strictObject({
    kind: v.literal('entries'),
    sequence: Sequence,
    after: HeadSchema,
    entries: v.pipe(v.array(bytesUpTo(ENTRY_MAX_BYTES)), v.maxLength(ENTRIES_MAX)),
  }),
]);

/** Parses what `accountToJson` made. */
export const AccountSchema: v.GenericSchema<unknown, AccountRecord> = v.strictObject({
  id: hex<AccountId>(64),
  name: NameSchema,
  service: ServiceSchema,
  device: v.strictObject({
    signingSeed: seed,
    kemSeed: seed,
    nextKemSeed: v.nullable(seed),
    name: text(TEXT_MAX_CHARS),
    roles: count(ROLES_MAX),
  }),
  chainHead: HeadSchema,
  syncedHeads: mapOf(Sequence, HeadSchema, CHAIN_LIMITS.sequences),
  written: mapOf(
    Sequence,
    v.strictObject({ counter: count(Number.MAX_SAFE_INTEGER), last: Hash }),
    CHAIN_LIMITS.sequences,
  ),
  withheld: mapOf(hex<ItemId>(16), v.picklist(WITHHELD_REASONS), WITHHELD_MAX),
  epochKeys: mapOf(
    Sequence,
    mapOf(count(CHAIN_LIMITS.links), v.nullable(seed), CHAIN_LIMITS.links),
    CHAIN_LIMITS.sequences,
  ),
  kemKeys: mapOf(hex<Owner>(32), exactly(X_WING_KEY_BYTES), CHAIN_LIMITS.devices),
  recovery: v.strictObject({ secret: v.nullable(seed), confirmedAt: v.nullable(instant) }),
  outbox: v.pipe(v.array(Outbox), v.maxLength(OUTBOX_MAX)),
  approvals: v.nullable(secretUpTo(APPROVALS_MAX_BYTES)),
  lastSyncAt: v.nullable(instant),
  standing: v.picklist(['member', 'removed', 'copied', 'recovering']),
  actsFrom: mapOf(count(CHAIN_LIMITS.links), count(Number.MAX_SAFE_INTEGER), CHAIN_LIMITS.links),
  tasks: v.pipe(
    v.array(
      v.strictObject({
        id: text(TEXT_MAX_CHARS),
        code: v.picklist(TASK_CODES),
        device: hex<KeyId>(32),
        addresses: v.pipe(v.array(text(TEXT_MAX_CHARS)), v.maxLength(TASK_ADDRESSES_MAX)),
        at: v.pipe(
          v.string(),
          v.isoTimestamp(),
          v.transform((value) => new Date(value)),
        ),
      }),
    ),
    v.maxLength(TASKS_MAX),
  ),
  lastSeen: mapOf(hex<KeyId>(32), count(Number.MAX_SAFE_INTEGER), CHAIN_LIMITS.devices),
});

/** Parses what `joiningToJson` made. */
export const JoiningSchema: v.GenericSchema<unknown, JoiningRecord> = v.strictObject({
  name: NameSchema,
  service: ServiceSchema,
  deviceName: text(TEXT_MAX_CHARS),
  steps: secretUpTo(STEPS_MAX_BYTES),
});

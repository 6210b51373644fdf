import { makeEntry, placeToWrite, upsertOf, type Item, type Reading, type WritePlace } from '@endymail/shared/catalog';
import {
  currentEpoch,
  sequenceOf,
  type CatalogName,
  type Head,
  type Profile,
  type Sequence,
} from '@endymail/shared/identity';
import { ok, type Redacted } from '@endymail/shared/result';
import type { SequenceId } from '@endymail/shared/sealing';
import { followChain, type Chain } from '../../main/agent/account/follow-chain.ts';
import { ownKeys, type OwnKeys } from '../../main/agent/account/own-keys.ts';
import { pull } from '../../main/agent/account/pull.ts';
import { addressOf } from '../../main/agent/account/service-of.ts';
import { createServiceClient, type ServiceClient } from '../../main/agent/mesh/index.ts';
import { valueOf } from '../../main/agent/testing/world.ts';
import { nextHead } from '../../shared/identity/heads.ts';
import { accountOf, type Computer } from './computer.ts';
import type { Lies } from './lying-service.ts';

/** What somebody has who took the keys of a computer: everything it knew then, and no rule that it keeps to. */
export interface Attacker {
  readonly keys: OwnKeys;
  /** Past everything that lies between. */
  readonly client: ServiceClient;
  readonly chain: Chain;
  readonly profile: Profile;
  readonly readingOf: (catalog: CatalogName) => Promise<Reading>;
  readonly epochKeyOf: (sequence: SequenceId) => Redacted<Uint8Array>;
}

/** Takes over what a computer has now. */
export async function takeOver(of: Computer): Promise<Attacker> {
  const { id: account, device, service, written: record } = accountOf(of);
  const keys = await ownKeys(device);
  const client = createServiceClient({ service: addressOf(service), key: keys.signing, now: () => new Date() });
  const { signing, kems } = keys;
  const wish = { account, owner: signing.id, kems, known: null, kept: new Map() };
  const chain = valueOf(await followChain(client, wish));
  const { profile } = chain;
  return {
    keys,
    client,
    chain,
    profile,
    readingOf: async (catalog) => {
      const { id: sequence } = sequenceIn(profile, catalog);
      const own = record.get(sequence) ?? null;
      const wish = { chain, device: keys.signing.id, sequence, known: null, written: own, until: null };
      const pulled = valueOf(await pull(client, wish));
      if ('stop' in pulled) throw new Error(pulled.stop);
      return pulled.reading;
    },
    epochKeyOf: (sequence) => {
      const epoch = currentEpoch(profile, sequence)?.epoch ?? 0;
      const key = chain.keys.get(sequence)?.get(epoch) ?? null;
      if (key === null) throw new Error('It has no such key');
      return key;
    },
  };
}

/** The sequence of a catalog. */
export function sequenceIn(profile: Profile, catalog: CatalogName): Sequence {
  const sequence = sequenceOf(profile, catalog);
  if (sequence === null) throw new Error(catalog);
  return sequence;
}

/** Entries that an attacker signs by the rules of the account as it knew it, behind `reading`. */
export async function written(by: Attacker, reading: Reading, items: readonly Item[]): Promise<readonly Uint8Array[]> {
  const entries: Uint8Array[] = [];
  let place: WritePlace = placeToWrite(reading.state, by.keys.signing.id);
  for (const item of items) {
    const made = await makeEntry({
      profile: by.profile,
      place,
      signer: by.keys.signing,
      epochKey: by.epochKeyOf(place.sequence),
      planned: upsertOf(reading.fold, item),
      nowSeconds: Math.floor(Date.now() / 1_000),
    });
    if (!made.ok) throw new Error(made.error);
    entries.push(made.value.bytes);
    place = made.value.next;
  }
  return entries;
}

/** A service that shows one sequence with these entries behind what it really has. */
export const showing =
  (sequence: SequenceId, more: readonly Uint8Array[]): NonNullable<Lies['readEntries']> =>
  (honest) =>
  async (input) => {
    const range = await honest(input);
    if (!range.ok || input.sequence !== sequence) return range;
    let head: Head = range.value.head;
    for (const entry of more) head = nextHead(head, entry);
    const known = input.from - range.value.head.count;
    return ok({ head, entries: [...range.value.entries, ...more.slice(Math.max(0, known))] });
  };

import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { Reading } from '@endymail/shared/catalog';
import { extendProfile, beginProfile, sequencesFor, type Profile } from '@endymail/shared/identity';
import type { SequenceId } from '@endymail/shared/sealing';
import type { ServiceClient } from '../mesh/index.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord } from './account-record.ts';
import type { Folds } from './folds.ts';
import type { Chain } from './follow-chain.ts';
import { ownKeys, type OwnKeys } from './own-keys.ts';
import { addressOf } from './service-of.ts';

/** This device at work in its account: what it has read so far, and the way to the service. */
export interface Member {
  readonly keys: OwnKeys;
  readonly client: ServiceClient;
  /** Null: nothing is kept here, and everything is fetched. */
  readonly chain: Chain | null;
  /** Up to `syncedHeads` of the record, and to nowhere else. */
  readonly readings: ReadonlyMap<SequenceId, Reading>;
}

/** What is kept here of the account. What does not agree with the sealed record is fetched again. */
export async function loadMember(parts: AccountParts, account: AccountRecord): Promise<Result<Member, Failure>> {
  const keys = await ownKeys(account.device);
  const client = parts.connect(addressOf(account.service), keys.signing);
  const links = await parts.files.links(account.id);
  if (!links.ok) return links;
  const kept = links.value.slice(0, account.chainHead.count);
  const profile = await verified(kept);
  const isWhole = profile?.head.count === account.chainHead.count && profile.head.hash === account.chainHead.hash;
  if (profile === null || !isWhole) return ok({ keys, client, chain: null, readings: new Map() });
  const chain: Chain = { profile, links: kept, keys: account.epochKeys, kemKeys: account.kemKeys };
  const readings = new Map<SequenceId, Reading>();
  for (const { id } of sequencesFor(profile, account.device.roles)) {
    const reading = await parts.files.reading(profile, id);
    if (!reading.ok) return reading;
    const synced = account.syncedHeads.get(id);
    const at = reading.value?.state.head;
    if (reading.value !== null && at?.count === synced?.count && at?.hash === synced?.hash)
      readings.set(id, reading.value);
  }
  return ok({ keys, client, chain, readings });
}

async function verified(links: readonly Uint8Array[]): Promise<Profile | null> {
  let profile: Profile | null = null;
  for (const link of links) {
    const next: Awaited<ReturnType<typeof beginProfile>> =
      profile === null ? await beginProfile(link) : await extendProfile(profile, link);
    if (!next.ok) return null;
    profile = next.value;
  }
  return profile;
}

/** What the catalogs hold, as far as they were read. */
export const foldsOf = (readings: ReadonlyMap<SequenceId, Reading>): Folds =>
  new Map([...readings.values()].map(({ fold }) => [fold.catalog, fold]));

import { extendProfile, sameHead, verifyChain, type Head, type Profile } from '@endymail/shared/identity/public';
import { err, ok, type Result } from '@endymail/shared/result';
import { parseHash32, fromHex, type AccountId } from '@endymail/shared/sealing/public';
import type { Store, StoreFault, StoredHead } from '../store/store.ts';

/** The verified profiles of the accounts that are kept here. */
export interface Profiles {
  /** The profile as the store has it now. Errors: `unknown-account`; `failed` also where the chain does not verify. */
  readonly of: (account: AccountId) => Promise<Result<Profile, StoreFault>>;
  /** The profile as it was when it was last asked for; null: it is not remembered. */
  readonly known: (account: AccountId) => Profile | null;
  /** Keeps one that was just verified and stored. */
  readonly keep: (profile: Profile) => void;
}

/** Links are read in parts of this size. */
const PART_MAX_BYTES = 1_048_576;

/** `maxKept`: how many are remembered; the one not used for longest is forgotten first. */
export function createProfiles(store: Pick<Store, 'statusOf' | 'readLinks'>, maxKept: number): Profiles {
  const kept = new Map<AccountId, Profile>();
  /** What is being verified: two requests for one account are not two verifications. */
  const underWay = new Map<AccountId, Promise<Result<Profile, StoreFault>>>();

  function keep(profile: Profile): void {
    const before = kept.get(profile.account);
    if (before !== undefined && before.head.count > profile.head.count) return;
    kept.delete(profile.account);
    kept.set(profile.account, profile);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  }

  async function brought(account: AccountId, upTo: Head): Promise<Result<Profile, StoreFault>> {
    let profile = kept.get(account) ?? null;
    while (profile === null || profile.head.count < upTo.count) {
      const range = await store.readLinks(account, profile?.head.count ?? 0, PART_MAX_BYTES);
      if (!range.ok) return range;
      if (range.value.items.length === 0) return err('failed');
      const next = await withLinks(profile, account, range.value.items);
      if (next === null) return err('failed');
      profile = next;
    }
    keep(profile);
    return ok(profile);
  }

  async function asOf(account: AccountId, head: Head): Promise<Result<Profile, StoreFault>> {
    const known = kept.get(account);
    if (known !== undefined && sameHead(known.head, head)) return ok(known);
    const before = underWay.get(account);
    const bringing = before ?? brought(account, head);
    underWay.set(account, bringing);
    const profile = await bringing;
    underWay.delete(account);
    // What another request waited for may be of before the last link.
    const isOlder = profile.ok && profile.value.head.count < head.count;
    return isOlder && before !== undefined ? asOf(account, head) : profile;
  }

  return {
    keep,
    known: (account) => kept.get(account) ?? null,
    async of(account) {
      // Asked every time: another process may write to the same store, and a device that was removed must be so at once.
      const status = await store.statusOf(account);
      return status.ok ? asOf(account, headFrom(status.value.chain)) : status;
    },
  };
}

async function withLinks(
  profile: Profile | null,
  account: AccountId,
  links: readonly Uint8Array[],
): Promise<Profile | null> {
  if (profile === null) {
    const verified = await verifyChain(account, links);
    return verified.ok ? verified.value : null;
  }
  let longer = profile;
  for (const link of links) {
    const next = await extendProfile(longer, link);
    if (!next.ok) return null;
    longer = next.value;
  }
  return longer;
}

/** A head of the store: its hash was one when it was given to it. */
export function headFrom(stored: StoredHead): Head {
  const hash = parseHash32(fromHex(stored.hash));
  if (hash === null) throw new TypeError('The store gave a hash that is none');
  return { count: stored.count, hash };
}

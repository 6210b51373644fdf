import { isAdmin, passedThrough, type Head, type Profile } from '../identity/index.ts';
import type { AccountId, KeyId } from '../sealing/index.ts';

/** Whether the chain passed through a head; `needs-chain`: it is too short to tell. */
export function reaches(profile: Profile, head: Head): 'reached' | 'needs-chain' | 'false-chain' {
  if (head.count > profile.head.count) return 'needs-chain';
  return passedThrough(profile, head) ? 'reached' : 'false-chain';
}

/** The public key of the active admin device of this id; null where there is none. */
export const adminKey = (profile: Profile, id: KeyId): Uint8Array | null =>
  isAdmin(profile, id) ? (profile.devices.get(id)?.publicKey ?? null) : null;

/** Throws for another account's chain: whoever calls knows of which account it verified it. */
export function assertAccount(profile: Profile, account: AccountId): void {
  if (profile.account !== account) throw new TypeError('The chain of another account');
}

import { equalBytes, keyIdOf, openStatement } from '../sealing/public.ts';
import { decodeLink, linkContext } from './link.ts';
import type { Profile } from './profile.ts';

/**
 * Whether one signer has signed two different links behind one head: proof that it lies, or that its key is in two hands
 * (R30).
 */
export async function isEquivocation(profile: Profile, one: Uint8Array, other: Uint8Array): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((bytes) => placeOf(profile, bytes)));
  return first !== null && first !== undefined && first === second && !equalBytes(one, other);
}

/** Signer and head before it; null where neither root nor a device of the account has signed it. */
async function placeOf(profile: Profile, bytes: Uint8Array): Promise<string | null> {
  const opened = await openStatement(bytes, {
    type: 'link',
    context: linkContext(profile.account),
    keyOf: (id) => (id === keyIdOf(profile.root) ? profile.root : (profile.devices.get(id)?.publicKey ?? null)),
  });
  if (!opened.ok) return null;
  const link = decodeLink(opened.value.payload);
  return link.ok ? `${opened.value.signer} ${link.value.previous}` : null;
}

import { checkBundle, linkIn, type ChainFault, type Profile } from '@endymail/shared/identity/public';
import type { ProblemCode } from '@endymail/shared/mesh-api';

/** How a service says that a link is not one of the chain. */
export function linkProblem(fault: ChainFault): ProblemCode {
  if (fault === 'newer') return 'version-unknown';
  return fault === 'too-long' ? 'account-full' : 'link-refused';
}

/** Whether a bundle is the one of a link, which is the last of this profile; null where the link has none. */
export async function isBundleOf(profile: Profile, link: Uint8Array, bundle: Uint8Array | null): Promise<boolean> {
  const read = await linkIn(profile, link);
  if (read === null) return false;
  return bundle === null ? read.bundle === null : checkBundle(profile, read, bundle).ok;
}

import type { Redacted } from '../../result/index.ts';
import { hash32Of, type SequenceId, type SigningKey } from '../../sealing/index.ts';
import { encodeBundle, type Bundle } from '../bundle.ts';
import type { LinkBody } from '../link.ts';
import type { Profile } from '../profile.ts';
import { extendProfile } from '../verify.ts';
import { signLink } from './sign-link.ts';

/** Keys of epochs, by sequence. */
export type KeysOfSequences = ReadonlyMap<SequenceId, Redacted<Uint8Array>>;

/** A link that was signed, with what goes beside it and what the chain is with it. */
export interface NewLink {
  readonly link: Uint8Array;
  readonly bundle: Uint8Array | null;
  readonly profile: Profile;
}

/**
 * Signs a link behind the head of a profile. Throws where the chain would not take it: whoever makes a link has to have
 * looked before.
 */
export async function newLink(
  profile: Profile,
  signer: SigningKey,
  of: { readonly body: LinkBody; readonly bundle: Bundle | null; readonly nowSeconds: number },
): Promise<NewLink> {
  const bundle = of.bundle === null ? null : encodeBundle(of.bundle);
  const link = await signLink(profile.account, signer, {
    index: profile.head.count,
    previous: profile.head.hash,
    time: of.nowSeconds,
    body: of.body,
    bundle: bundle === null ? null : hash32Of(bundle),
  });
  const next = await extendProfile(profile, link);
  if (!next.ok) throw new Error(`The chain does not take this link: ${next.error}`);
  return { link, bundle, profile: next.value };
}

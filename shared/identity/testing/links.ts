import { hash32Of, kemHash, type SigningKey } from '../../sealing/index.ts';
import { encodeBundle } from '../bundle.ts';
import type { Link, LinkBody, StatedDevice } from '../link.ts';
import { signLink } from '../making/sign-link.ts';
import type { Profile } from '../profile.ts';
import { makeReverse } from '../reverse.ts';
import { ORDINARY_ROLES } from '../roles.ts';
import { extendProfile } from '../verify.ts';
import { NOW, type TestDevice } from './account.ts';

/** The hash of a bundle, for links of which only the chain is looked at. */
export const SOME_BUNDLE = hash32Of(encodeBundle({ kemKeys: [], wraps: [], previous: [] }));

/** A link behind the head, signed by whomever the test says, whether the chain takes it or not. */
export function linkAfter(
  profile: Profile,
  key: SigningKey,
  body: LinkBody,
  more: Partial<Link> = {},
): Promise<Uint8Array> {
  return signLink(profile.account, key, {
    index: profile.head.count,
    previous: profile.head.hash,
    time: NOW,
    body,
    bundle: body.kind === 'close' ? null : SOME_BUNDLE,
    ...more,
  });
}

/** What a link says of a device that accepts its roles. */
export async function stated(
  profile: Profile,
  device: TestDevice,
  more: Partial<StatedDevice> = {},
): Promise<StatedDevice> {
  const roles = more.roles ?? ORDINARY_ROLES;
  return {
    publicKey: device.signing.publicKey,
    kem: kemHash(device.kem.publicKey),
    roles,
    reverse: await makeReverse(device.signing, { account: profile.account, roles, head: profile.head }),
    invitation: null,
    ...more,
  };
}

export const adding = async (
  profile: Profile,
  device: TestDevice,
  more: Partial<StatedDevice> = {},
): Promise<LinkBody> => ({ kind: 'add-device', device: await stated(profile, device, more), request: null });

/** Why the chain does not take a link; null: it does. */
export async function faultOf(profile: Profile, link: Uint8Array): Promise<string | null> {
  const next = await extendProfile(profile, link);
  return next.ok ? null : next.error;
}

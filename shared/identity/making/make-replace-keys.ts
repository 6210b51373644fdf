import { kemHash, type KemKey, type SigningKey } from '../../sealing/index.ts';
import type { Profile } from '../profile.ts';
import { newLink, type NewLink } from './new-link.ts';

/** Puts another X-Wing key in the place of a device's present one. Wraps made before stay what they are. */
export const makeReplaceKeys = (of: {
  readonly profile: Profile;
  readonly device: SigningKey;
  readonly kem: KemKey;
  readonly nowSeconds: number;
}): Promise<NewLink> =>
  newLink(of.profile, of.device, {
    body: { kind: 'replace-keys', device: of.device.id, kem: kemHash(of.kem.publicKey) },
    bundle: { kemKeys: [{ owner: of.device.id, key: of.kem.publicKey }], wraps: [], previous: [] },
    nowSeconds: of.nowSeconds,
  });

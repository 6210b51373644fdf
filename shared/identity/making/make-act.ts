import type { KeyId, SigningKey } from '../../sealing/index.ts';
import type { Profile } from '../profile.ts';
import { newLink, type NewLink } from './new-link.ts';

/** Announces that an admin device is to be removed, which holds after 72 hours. */
export const makeAnnounce = (of: {
  readonly profile: Profile;
  readonly admin: SigningKey;
  readonly device: KeyId;
  readonly nowSeconds: number;
}): Promise<NewLink> =>
  newLink(of.profile, of.admin, {
    body: { kind: 'announce', device: of.device },
    bundle: null,
    nowSeconds: of.nowSeconds,
  });

/** Calls off what was announced by the link of this index. `signer`: an admin device that may, or root. */
export const makeCancel = (of: {
  readonly profile: Profile;
  readonly signer: SigningKey;
  readonly act: number;
  readonly nowSeconds: number;
}): Promise<NewLink> =>
  newLink(of.profile, of.signer, {
    body: { kind: 'cancel', act: of.act },
    bundle: null,
    nowSeconds: of.nowSeconds,
  });

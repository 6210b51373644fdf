import type { SigningKey } from '../../sealing/index.ts';
import type { Profile } from '../profile.ts';
import { newLink, type NewLink } from './new-link.ts';

/** Closes an account for ever. */
export const makeClose = (of: {
  readonly profile: Profile;
  readonly root: SigningKey;
  readonly nowSeconds: number;
}): Promise<NewLink> =>
  newLink(of.profile, of.root, { body: { kind: 'close' }, bundle: null, nowSeconds: of.nowSeconds });

import { keyIdOf, openStatement, type KeyId } from '../sealing/public.ts';
import { linkContext } from './link.ts';
import type { Profile } from './profile.ts';

/** Who signed a link: root, or a device that is or was in the account; null: none of them. */
export async function signerOfLink(profile: Profile, bytes: Uint8Array): Promise<KeyId | null> {
  const opened = await openStatement(bytes, {
    type: 'link',
    context: linkContext(profile.account),
    keyOf: (id) => (id === keyIdOf(profile.root) ? profile.root : (profile.devices.get(id)?.publicKey ?? null)),
  });
  return opened.ok ? opened.value.signer : null;
}

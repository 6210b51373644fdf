import { ALL_ROLES, activeDevice, type Device, type Profile } from '@endymail/shared/identity/public';
import { keyIdOf, type KeyId } from '@endymail/shared/sealing/public';

/**
 * The one whose key signs a request: an active device, or root as one that may read everything, where the call takes it;
 * null: nobody who may.
 */
export function signerOf(profile: Profile, id: KeyId, { takesRoot }: { readonly takesRoot: boolean }): Device | null {
  const device = activeDevice(profile, id);
  if (device !== null || !takesRoot || id !== keyIdOf(profile.root)) return device;
  const { root, recoveryKem, created } = profile;
  return {
    id,
    publicKey: root,
    kem: recoveryKem,
    kemTime: created,
    roles: ALL_ROLES,
    addedAt: 0,
    addedTime: created,
    invitedBy: null,
    pauses: [],
    removed: null,
  };
}

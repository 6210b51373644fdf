import { kemHash, wrapEpochKey, type Hash32, type SigningKey } from '../../sealing/index.ts';
import { keyIdOf } from '../../sealing/public.ts';
import type { Wrap } from '../bundle.ts';
import { sequencesFor, type Profile } from '../profile.ts';
import { newLink, type KeysOfSequences, type NewLink } from './new-link.ts';

/** Adds a device that has accepted its roles, and wraps the present epochs' keys to it. `admin`: a device, or root. */
export async function makeAddDevice(of: {
  readonly profile: Profile;
  readonly admin: SigningKey;
  readonly device: {
    readonly publicKey: Uint8Array;
    readonly kemKey: Uint8Array;
    readonly roles: number;
    readonly reverse: Uint8Array;
    readonly invitation: Uint8Array | null;
  };
  readonly request: Hash32 | null;
  /** Of the present epochs, for every catalog that the new device may read. */
  readonly epochKeys: KeysOfSequences;
  readonly nowSeconds: number;
}): Promise<NewLink> {
  const { profile, device } = of;
  const { account, head } = profile;
  const owner = keyIdOf(device.publicKey);
  const wraps: Wrap[] = [];
  for (const { id: sequence, epochs } of sequencesFor(profile, device.roles)) {
    const key = of.epochKeys.get(sequence);
    const epoch = epochs.at(-1)?.epoch;
    if (key === undefined || epoch === undefined) throw new Error('The key of an epoch to share is missing');
    const context = { account, sequence, epoch, owner, previousLink: head.hash };
    wraps.push({ sequence, epoch, owner, wrap: await wrapEpochKey(device.kemKey, key, context) });
  }
  const { publicKey, kemKey, roles, reverse, invitation } = device;
  const stated = { publicKey, kem: kemHash(kemKey), roles, reverse, invitation };
  return newLink(profile, of.admin, {
    body: { kind: 'add-device', device: stated, request: of.request },
    bundle: { kemKeys: [{ owner, key: kemKey }], wraps, previous: [] },
    nowSeconds: of.nowSeconds,
  });
}

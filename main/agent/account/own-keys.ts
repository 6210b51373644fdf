import { kemKeyFromSeed, signingKeyFromSeed, type KemKey, type SigningKey } from '@endymail/shared/sealing';
import type { OwnDevice } from './account-record.ts';

/** The keys of this device, ready to be used. */
export interface OwnKeys {
  readonly signing: SigningKey;
  readonly kem: KemKey;
}

export async function ownKeys({ signingSeed, kemSeed }: OwnDevice): Promise<OwnKeys> {
  const [signing, kem] = await Promise.all([signingKeyFromSeed(signingSeed), kemKeyFromSeed(kemSeed)]);
  return { signing, kem };
}

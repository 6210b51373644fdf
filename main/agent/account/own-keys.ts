import { kemKeyFromSeed, signingKeyFromSeed, type KemKey, type SigningKey } from '@endymail/shared/sealing';
import type { OwnDevice } from './account-record.ts';

/** The keys of this device, ready to be used. */
export interface OwnKeys {
  readonly signing: SigningKey;
  /** The present one, and the one that is to take its place. */
  readonly kems: readonly [KemKey, ...KemKey[]];
}

export async function ownKeys({ signingSeed, kemSeed, nextKemSeed }: OwnDevice): Promise<OwnKeys> {
  const [signing, kem] = await Promise.all([signingKeyFromSeed(signingSeed), kemKeyFromSeed(kemSeed)]);
  return { signing, kems: nextKemSeed === null ? [kem] : [kem, await kemKeyFromSeed(nextKemSeed)] };
}

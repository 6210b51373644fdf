export * from './public.ts';
export { cpaceFinish, cpaceMac, cpaceShare, CPACE_SHARE_BYTES, type CpaceInput, type CpaceMessage } from './cpace.ts';
export { hkdf } from './digest.ts';
export { epochOf, openUnder, sealUnder } from './entry-seal.ts';
export {
  EPOCH_KEY_BYTES,
  keyCheck,
  newEpochKey,
  openPreviousEpoch,
  sealPreviousEpoch,
  unwrapEpochKey,
  wrapEpochKey,
  type EpochPlace,
  type PreviousEpochContext,
  type WrapContext,
} from './epoch.ts';
export {
  ENCAPSULATED_BYTES,
  generateKemKey,
  hpkeOpen,
  hpkeSeal,
  isGoodKemKey,
  KEM_KEY_BYTES,
  kemHash,
  kemKeyFromSeed,
  type KemKey,
} from './hpke.ts';
export { CONTENT_MAX_BYTES, padded, unpadded } from './padding.ts';
export {
  newRecoverySecret,
  parseRecoveryWords,
  RECOVERY_WORD_COUNT,
  recoveryKemOf,
  recoveryWords,
  rootKeyOf,
} from './recovery-secret.ts';

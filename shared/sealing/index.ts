export * from './public.ts';
export { cpaceFinish, cpaceMac, cpaceShare, CPACE_SHARE_BYTES, type CpaceInput, type CpaceMessage } from './cpace.ts';
export { hkdf } from './digest.ts';
export { epochOf, openUnder, sealUnder } from './entry-seal.ts';
export { CONTENT_MAX_BYTES, padded, unpadded } from './padding.ts';

// What needs no secret: the service and what it shares with devices import this and nothing else of the folder.
export { concatBytes, equalBytes, fromBase64Url, fromHex, toBase64Url, toHex } from './bytes.ts';
export { decodeCbor, encodeCbor, isCborArray, isCborMap, type CborTag18, type CborValue } from './cbor.ts';
export { sha256, sha512 } from './digest.ts';
export {
  generateSigningKey,
  isGoodPublicKey,
  sign,
  SIGNATURE_BYTES,
  signingKeyFromSeed,
  verify,
  type SigningKey,
} from './ed25519.ts';
export { randomBytes, utf8, utf8Text } from './engine.ts';
export type { SealingFault } from './fault.ts';
export {
  accountIdBytes,
  hash32Bytes,
  hash32Of,
  keyIdBytes,
  keyIdOf,
  parseAccountId,
  parseHash32,
  parseKeyId,
  parseSequenceId,
  sequenceIdBytes,
  type AccountId,
  type Hash32,
  type KeyId,
  type SequenceId,
} from './ids.ts';
export {
  openSelfSigned,
  openStatement,
  peekSigner,
  signStatement,
  STATEMENT_TYPES,
  type Expected,
  type StatementType,
} from './statement.ts';
export {
  accountIdOf,
  contentDigest,
  fingerprintText,
  matchesFingerprint,
  parseFingerprint,
  udfText,
  type ContentDigest,
  type Fingerprint,
} from './udf.ts';

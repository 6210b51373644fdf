import { encodeCbor } from './cbor.ts';

/** Labels of COSE headers: RFC 9052 §3.1, RFC 9596 (typ), and ours from the range for private use (RFC 9052 §16). */
export const HEADER = Object.freeze({
  algorithm: 1,
  keyId: 4,
  iv: 5,
  type: 16,
  version: -65537,
  salt: -65538,
  epoch: -65539,
} as const);

/** COSE algorithms: RFC 9864 (Ed25519), RFC 9053 §4.1 (A256GCM). */
export const ALGORITHM = Object.freeze({ ed25519: -19, aes256Gcm: 3 } as const);

/** What a COSE_Sign1 signs (RFC 9052 §4.4). `protectedHeader` are its bytes as they were received or are sent. */
export const sigStructure = (protectedHeader: Uint8Array, context: Uint8Array, payload: Uint8Array): Uint8Array =>
  encodeCbor(['Signature1', protectedHeader, context, payload]);

/** What a COSE_Encrypt0 authenticates beside its ciphertext (RFC 9052 §5.3). */
export const encStructure = (protectedHeader: Uint8Array, context: Uint8Array): Uint8Array =>
  encodeCbor(['Encrypt0', protectedHeader, context]);

import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import { concatBytes } from './bytes.ts';
import { randomBytes } from './engine.ts';
import type { SealingFault } from './fault.ts';
import { hash32Of, type Hash32 } from './ids.ts';

// HPKE base mode (RFC 9180) with KEM 0x647a (draft-connolly-cfrg-xwing-kem), HKDF-SHA-256 and AES-256-GCM.

/** Bytes of a KEM key: ML-KEM-768 and X25519. */
export const KEM_KEY_BYTES = 1216;
/** Bytes of the encapsulated key that stands before every sealed text. */
export const ENCAPSULATED_BYTES = 1120;
const SEED_BYTES = 32;
const TAG_BYTES = 16;

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The library's types are of the DOM, which `shared` has none of. Its keys are handed back to it as they are. */
interface LibraryKeyPair {
  readonly publicKey: unknown;
}

/** A key that others seal to. */
export interface KemKey {
  /** 1,216 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes (the decapsulation key of the X-Wing draft). */
  readonly seed: Redacted<Uint8Array>;
}

/** The KEM key of 32 bytes. Throws on another length. */
export async function kemKeyFromSeed(seed: Redacted<Uint8Array>): Promise<KemKey> {
  if (seed.reveal().length !== SEED_BYTES) throw new RangeError(`A seed has ${SEED_BYTES} bytes`);
  // A copy: the library would take the whole buffer that the seed is a part of.
  const bytes = await kem
    .generateKeyPairDerand(Uint8Array.from(seed.reveal()))
    .then((pair: LibraryKeyPair) => kem.serializePublicKey(pair.publicKey));
  return Object.freeze({ publicKey: new Uint8Array(bytes), seed });
}

/** A new KEM key. */
export const generateKemKey = (): Promise<KemKey> => kemKeyFromSeed(new Redacted(randomBytes(SEED_BYTES)));

/** What a link states of a KEM key: SHA-256 of its bytes. */
export const kemHash = (publicKey: Uint8Array): Hash32 => hash32Of(publicKey);

/**
 * Whether others can seal to these bytes: 1,216 of them, ML-KEM's part in canonical form (FIPS 203 §7.2), X25519's not
 * of small order. Ask it of every key that somebody else sent, before anything is sealed to it.
 */
export async function isGoodKemKey(publicKey: Uint8Array): Promise<boolean> {
  if (publicKey.length !== KEM_KEY_BYTES) return false;
  try {
    const recipientPublicKey: unknown = await kem.deserializePublicKey(publicKey);
    // What is not good stops an encapsulation; a test of our own could come to differ from that.
    await kem.encap({ recipientPublicKey });
    return true;
  } catch {
    return false;
  }
}

/**
 * Seals `plaintext` to a KEM key: the encapsulated key, then the ciphertext (1,136 bytes more than the plaintext). `info`
 * and `aad` are authenticated and not sent. Throws on a key that `isGoodKemKey` refuses.
 */
export async function hpkeSeal(
  recipientPublicKey: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const key: unknown = await kem.deserializePublicKey(recipientPublicKey);
  const { enc, ct } = await suite.seal({ recipientPublicKey: key, info }, plaintext, aad);
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
}

/** Opens what `hpkeSeal` sealed. Errors: `malformed` (too short), `does-not-open` (another key, info or aad, or changed). */
export async function hpkeOpen(
  kemKey: KemKey,
  info: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Promise<Result<Redacted<Uint8Array>, SealingFault>> {
  if (sealed.length < ENCAPSULATED_BYTES + TAG_BYTES) return err('malformed');
  const recipientKey: unknown = await kem.deserializePrivateKey(kemKey.seed.reveal());
  const enc = sealed.slice(0, ENCAPSULATED_BYTES);
  try {
    const plaintext = await suite.open({ recipientKey, enc, info }, sealed.slice(ENCAPSULATED_BYTES), aad);
    return ok(new Redacted(new Uint8Array(plaintext)));
  } catch {
    return err('does-not-open');
  }
}

import { err, ok, type Redacted, type Result } from '../result/index.ts';
import { decodeCbor, encodeCbor, isCborArray, isCborMap, type CborValue } from './cbor.ts';
import { ALGORITHM, encStructure, HEADER } from './cose.ts';
import { hkdf } from './digest.ts';
import { randomBytes, subtle, type EngineKey } from './engine.ts';
import type { SealingFault } from './fault.ts';

const NONCE_BYTES = 12;
const SALT_BYTES = 32;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const ENCRYPT0_PARTS = 3;
/** Algorithm, nonce, salt and epoch. */
const HEADERS = 4;
const KEY_LABEL = 'endymail/entry-key';
const SUITE = 1;

interface Sealed {
  readonly protectedHeader: Uint8Array;
  readonly nonce: Uint8Array;
  readonly salt: Uint8Array;
  readonly epoch: number;
  readonly ciphertext: Uint8Array;
}

/**
 * The key of one sealed text. The salt is random and as long as a key, so two texts never share a key and a nonce,
 * also when two devices write at the same moment.
 */
function keyOf(
  epochKey: Redacted<Uint8Array>,
  salt: Uint8Array,
  context: Uint8Array,
  usage: 'encrypt' | 'decrypt',
): Promise<EngineKey> {
  const key = hkdf(epochKey.reveal(), salt, encodeCbor([KEY_LABEL, SUITE, context]), KEY_BYTES);
  return subtle.importKey('raw', key, 'AES-GCM', false, [usage]);
}

/**
 * Seals `plaintext` under an epoch's key: a COSE_Encrypt0 (RFC 9052) without its tag. `context` is authenticated and not
 * sent. Nothing is padded here (see padding.ts).
 */
export async function sealUnder(
  epochKey: Redacted<Uint8Array>,
  epoch: number,
  context: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const nonce = randomBytes(NONCE_BYTES);
  const salt = randomBytes(SALT_BYTES);
  const protectedHeader = encodeCbor(
    new Map<number, CborValue>([
      [HEADER.algorithm, ALGORITHM.aes256Gcm],
      [HEADER.iv, nonce],
      [HEADER.salt, salt],
      [HEADER.epoch, epoch],
    ]),
  );
  const ciphertext = await subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: encStructure(protectedHeader, context) },
    await keyOf(epochKey, salt, context, 'encrypt'),
    plaintext,
  );
  return encodeCbor([protectedHeader, new Map<number, CborValue>(), new Uint8Array(ciphertext)]);
}

function parseSealed(sealed: Uint8Array): Sealed | null {
  const parts = decodeCbor(sealed);
  if (!isCborArray(parts) || parts.length !== ENCRYPT0_PARTS) return null;
  const [protectedHeader, unprotected, ciphertext] = parts;
  if (!(protectedHeader instanceof Uint8Array) || !(ciphertext instanceof Uint8Array)) return null;
  if (!isCborMap(unprotected) || unprotected.size !== 0 || ciphertext.length < TAG_BYTES) return null;
  const header = decodeCbor(protectedHeader);
  if (!isCborMap(header) || header.size !== HEADERS || header.get(HEADER.algorithm) !== ALGORITHM.aes256Gcm)
    return null;
  const [nonce, salt, epoch] = [HEADER.iv, HEADER.salt, HEADER.epoch].map((label) => header.get(label));
  if (typeof epoch !== 'number' || epoch < 0) return null;
  if (!(nonce instanceof Uint8Array) || nonce.length !== NONCE_BYTES) return null;
  if (!(salt instanceof Uint8Array) || salt.length !== SALT_BYTES) return null;
  return { protectedHeader, nonce, salt, epoch, ciphertext };
}

/** Opens what `sealUnder` sealed. Errors: `malformed`, `does-not-open` (another key, context or epoch, or changed). */
export async function openUnder(
  epochKey: Redacted<Uint8Array>,
  context: Uint8Array,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, SealingFault>> {
  const parts = parseSealed(sealed);
  if (parts === null) return err('malformed');
  const key = await keyOf(epochKey, parts.salt, context, 'decrypt');
  const additionalData = encStructure(parts.protectedHeader, context);
  try {
    const plaintext = await subtle.decrypt({ name: 'AES-GCM', iv: parts.nonce, additionalData }, key, parts.ciphertext);
    return ok(new Uint8Array(plaintext));
  } catch {
    return err('does-not-open');
  }
}

/** Under which epoch `sealed` says it is sealed, or null when it is malformed. Opening it proves it. */
export const epochOf = (sealed: Uint8Array): number | null => parseSealed(sealed)?.epoch ?? null;

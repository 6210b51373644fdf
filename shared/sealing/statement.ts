import { err, ok, type Result } from '../result/index.ts';
import { decodeCbor, encodeCbor, isCborArray, isCborMap, type CborValue } from './cbor.ts';
import { ALGORITHM, HEADER, sigStructure } from './cose.ts';
import { isGoodPublicKey, sign, SIGNATURE_BYTES, verify, type SigningKey } from './ed25519.ts';
import type { SealingFault } from './fault.ts';
import { keyIdBytes, keyIdOf, parseKeyId, type KeyId } from './ids.ts';

/** What a statement can be. `heads` and `card` are reserved. */
export const STATEMENT_TYPES = Object.freeze([
  'link',
  'reverse',
  'entry',
  'request',
  'offer',
  'confirm',
  'answer',
  'reject',
  'heads',
  'card',
] as const);

export type StatementType = (typeof STATEMENT_TYPES)[number];

const VERSION = 1;
const TYPE_PREFIX = 'endymail/';
const SIGN1_TAG = 18;
const SIGN1_PARTS = 4;
/** Algorithm, key id, type and version. */
const HEADERS = 4;

interface Sign1 {
  readonly protectedHeader: Uint8Array;
  readonly header: ReadonlyMap<number, CborValue>;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

interface Claims {
  readonly signer: KeyId;
  readonly type: StatementType;
}

/** The parts of a COSE_Sign1, not verified. */
function parseSign1(bytes: Uint8Array): Sign1 | null {
  const tagged = decodeCbor(bytes);
  if (tagged === null || typeof tagged !== 'object' || !('tag' in tagged)) return null;
  const parts = tagged.value;
  if (!isCborArray(parts) || parts.length !== SIGN1_PARTS) return null;
  const [protectedHeader, unprotected, payload, signature] = parts;
  if (!(protectedHeader instanceof Uint8Array) || !isCborMap(unprotected) || unprotected.size !== 0) return null;
  const header = decodeCbor(protectedHeader);
  if (!isCborMap(header) || !(payload instanceof Uint8Array)) return null;
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) return null;
  return { protectedHeader, header, payload, signature };
}

/** What the protected header says. A version that is newer may have changed everything else in it. */
function parseHeader(header: ReadonlyMap<number, CborValue>): Result<Claims, SealingFault> {
  const version = header.get(HEADER.version);
  if (typeof version === 'number' && version > VERSION) return err('newer');
  const written = header.get(HEADER.type);
  const signer = parseKeyId(header.get(HEADER.keyId));
  if (header.size !== HEADERS || version !== VERSION || header.get(HEADER.algorithm) !== ALGORITHM.ed25519)
    return err('malformed');
  if (signer === null || typeof written !== 'string' || !written.startsWith(TYPE_PREFIX)) return err('malformed');
  const type = STATEMENT_TYPES.find((name) => written === TYPE_PREFIX + name);
  return type === undefined ? err('newer') : ok({ signer, type });
}

/**
 * A signed statement: COSE_Sign1 (RFC 9052) over `payload`. `context` is authenticated and not sent: it says which
 * account, sequence or request the statement is for.
 */
export async function signStatement(statement: {
  readonly type: StatementType;
  readonly key: SigningKey;
  readonly context: Uint8Array;
  readonly payload: Uint8Array;
}): Promise<Uint8Array> {
  const { type, key, context, payload } = statement;
  const protectedHeader = encodeCbor(
    new Map<number, CborValue>([
      [HEADER.algorithm, ALGORITHM.ed25519],
      [HEADER.keyId, keyIdBytes(key.id)],
      [HEADER.type, TYPE_PREFIX + type],
      [HEADER.version, VERSION],
    ]),
  );
  const signature = await sign(key, sigStructure(protectedHeader, context, payload));
  return encodeCbor({ tag: SIGN1_TAG, value: [protectedHeader, new Map<number, CborValue>(), payload, signature] });
}

/** What is expected of a statement. */
export interface Expected {
  readonly type: StatementType;
  readonly context: Uint8Array;
  /** The public key of that id when the caller takes statements of it, otherwise null. */
  readonly keyOf: (id: KeyId) => Uint8Array | null;
}

/**
 * Verifies a statement and gives its payload; there is no way to the payload without. Errors: every fault but
 * `does-not-open`. A version or type that is not known is `newer`, which is told before a signature is looked at.
 */
export async function openStatement(
  bytes: Uint8Array,
  { type, context, keyOf }: Expected,
): Promise<Result<{ readonly signer: KeyId; readonly payload: Uint8Array }, SealingFault>> {
  const parts = parseSign1(bytes);
  if (parts === null) return err('malformed');
  const claims = parseHeader(parts.header);
  if (!claims.ok) return claims;
  if (claims.value.type !== type) return err('wrong-type');
  const { signer } = claims.value;
  const publicKey = keyOf(signer);
  if (publicKey === null) return err('unknown-signer');
  if (!isGoodPublicKey(publicKey)) return err('weak-key');
  if (keyIdOf(publicKey) !== signer) return err('unknown-signer');
  const { protectedHeader, payload, signature } = parts;
  const verified = await verify(publicKey, sigStructure(protectedHeader, context, payload), signature);
  return verified ? ok({ signer, payload }) : err('bad-signature');
}

/** Who claims to have signed `bytes`: for looking up a key, and proof of nothing. */
export function peekSigner(bytes: Uint8Array): KeyId | null {
  const parts = parseSign1(bytes);
  if (parts === null) return null;
  const claims = parseHeader(parts.header);
  return claims.ok ? claims.value.signer : null;
}

/**
 * Verifies a statement that brings its own key: the first link of a chain. `keyIn` finds the key in the payload, and
 * `contextOf` makes the context of it; what it says is given only when it opens under that key. Errors: as `openStatement`.
 */
export async function openSelfSigned(
  bytes: Uint8Array,
  of: {
    readonly type: StatementType;
    readonly keyIn: (payload: Uint8Array) => Uint8Array | null;
    readonly contextOf: (publicKey: Uint8Array) => Uint8Array;
  },
): Promise<Result<{ readonly signer: KeyId; readonly payload: Uint8Array }, SealingFault>> {
  const parts = parseSign1(bytes);
  if (parts === null) return err('malformed');
  // A newer version may hold its key elsewhere.
  const claims = parseHeader(parts.header);
  if (!claims.ok) return claims;
  const publicKey = of.keyIn(parts.payload);
  if (publicKey === null) return err('malformed');
  if (!isGoodPublicKey(publicKey)) return err('weak-key');
  const id = keyIdOf(publicKey);
  const keyOf = (signer: KeyId): Uint8Array | null => (signer === id ? publicKey : null);
  return openStatement(bytes, { type: of.type, context: of.contextOf(publicKey), keyOf });
}

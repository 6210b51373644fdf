import { encode, objectToTokens, rfc8949EncodeOptions, Token, Type, type EncodeOptions } from 'cborg';
import { DEPTH_MAX, readCbor } from './cbor-reader.ts';

/** What may stand in the mesh's CBOR. Numbers are integers up to ±(2^53 − 1), texts have no lone surrogates. */
export type CborValue =
  number | string | boolean | null | Uint8Array | readonly CborValue[] | ReadonlyMap<number, CborValue> | CborTag18;

/** The only tag: a COSE_Sign1 (RFC 9052 §2). */
export interface CborTag18 {
  readonly tag: 18;
  readonly value: CborValue;
}

/** Whether a decoded value is an array. (`Array.isArray` alone does not see readonly arrays.) */
export const isCborArray = (value: CborValue | undefined): value is readonly CborValue[] => Array.isArray(value);

/** Whether a decoded value is a map. */
export const isCborMap = (value: CborValue | undefined): value is ReadonlyMap<number, CborValue> =>
  value instanceof Map;

const SIGN1_TAG = 18;

const isTag18 = (value: unknown): value is CborTag18 =>
  typeof value === 'object' && value !== null && 'tag' in value && value.tag === SIGN1_TAG && 'value' in value;

const isCborValue = (value: unknown, depth = 0): value is CborValue => {
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (depth === DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((item) => isCborValue(item, depth + 1));
  if (value instanceof Map) {
    const entries: readonly (readonly [unknown, unknown])[] = Array.from(value);
    return entries.every(([key, item]) => Number.isSafeInteger(key) && isCborValue(item, depth + 1));
  }
  return isTag18(value) && isCborValue(value.value, depth + 1);
};

const ENCODING: EncodeOptions = Object.freeze({
  ...rfc8949EncodeOptions,
  typeEncoders: {
    Object: (value: unknown, _type: string, options: EncodeOptions, parents?: Parameters<typeof objectToTokens>[2]) =>
      isTag18(value) ? [new Token(Type.tag, SIGN1_TAG), objectToTokens(value.value, options, parents)] : null,
  },
});

/** `value` in deterministic encoding (RFC 8949 §4.2). Throws on what `CborValue` does not allow, which is a bug. */
export function encodeCbor(value: CborValue): Uint8Array {
  if (!isCborValue(value)) throw new TypeError('This value has no place in the encoding of the mesh');
  // cborg gives a Buffer where there is one; bytes shall be the same class everywhere.
  return new Uint8Array(encode(value, ENCODING));
}

/**
 * What `bytes` encode, or null when they are not exactly the deterministic encoding of one `CborValue`. Uses memory in
 * proportion to `bytes`, whatever they announce. (The encoding of `null` alone gives null too: nothing in the mesh is it.)
 */
export const decodeCbor = (bytes: Uint8Array): CborValue | null => readCbor(bytes);

import {
  encode,
  objectToTokens,
  rfc8949EncodeOptions,
  Token,
  Tokenizer,
  tokensToObject,
  Type,
  type DecodeOptions,
  type EncodeOptions,
} from 'cborg';
import { equalBytes } from './bytes.ts';
import { utf8Text } from './engine.ts';

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

/** How many arrays, maps and tags may stand in one another. */
const DEPTH_MAX = 8;

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

const DECODING: DecodeOptions = Object.freeze({
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  // cborg reads texts forgivingly; here they are read from their bytes.
  retainStringBytes: true,
  tags: { [SIGN1_TAG]: (content: () => unknown) => ({ tag: SIGN1_TAG, value: content() }) },
});

/**
 * Stops at what cborg would go on with: a depth that would use up the stack, texts that are not UTF-8, and headers that
 * announce more than there are bytes.
 */
class StrictTokenizer extends Tokenizer {
  /** For every array, map and tag that is being read, how many items are still to come. */
  private readonly open: number[] = [];

  override next(): Token {
    const token = super.next();
    if (token.type === Type.string) {
      const text = utf8Text(token.byteValue ?? new Uint8Array());
      if (text === null) throw new TypeError('A text that is not UTF-8');
      token.value = text;
    }
    this.count(itemsIn(token));
    return token;
  }

  private count(items: number | null): void {
    if (items !== null) {
      if (this.open.length === DEPTH_MAX) throw new RangeError('Too deep');
      if (items > this.data.length - this.pos()) throw new RangeError('More items than bytes');
      this.open.push(items);
    }
    const last = this.open.length - 1;
    if (items === null && last >= 0) this.open[last] = (this.open[last] ?? 0) - 1;
    while (this.open.at(-1) === 0) {
      this.open.pop();
      const parent = this.open.length - 1;
      if (parent >= 0) this.open[parent] = (this.open[parent] ?? 0) - 1;
    }
  }
}

/** How many items follow that belong to this one, or null where none can. */
function itemsIn(token: Token): number | null {
  if (token.type === Type.tag) return 1;
  if (token.type === Type.array) return Number(token.value);
  if (token.type === Type.map) return 2 * Number(token.value);
  return null;
}

/**
 * What `bytes` encode, or null when they are not exactly the deterministic encoding of one `CborValue`. Uses memory in
 * proportion to `bytes`, whatever they announce. (The encoding of `null` alone gives null too: nothing in the mesh is it.)
 */
export function decodeCbor(bytes: Uint8Array): CborValue | null {
  try {
    // A copy of the class that cborg expects: `slice` of Node's Buffer is a view.
    const value: unknown = tokensToObject(new StrictTokenizer(new Uint8Array(bytes), DECODING), DECODING);
    return isCborValue(value) && equalBytes(encodeCbor(value), bytes) ? value : null;
  } catch {
    // cborg throws plain errors for whatever it refuses.
    return null;
  }
}

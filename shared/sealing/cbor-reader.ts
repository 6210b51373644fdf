import { utf8Text } from './engine.ts';
import type { CborValue } from './cbor.ts';

/** How many arrays, maps and tags may stand in one another. */
export const DEPTH_MAX = 8;

/** RFC 8949 §3.1: the kind of an item, in the three highest bits of its first byte. */
const MAJOR = Object.freeze({
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
});

const SIGN1_TAG = 18;

/** RFC 8949 §3.3: the only items of the last kind that have a place here, as their whole byte. */
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

/** Below it, the lowest five bits of the first byte are the number itself; from it on they say how many bytes it has. */
const IN_ONE_BYTE = 24;
const IN_EIGHT_BYTES = 27;

class RefusedError extends Error {}

/**
 * Reads one value in deterministic encoding (RFC 8949 §4.2), in one pass: what it takes has no other encoding, so nothing
 * is encoded again to compare. It makes nothing that is larger than the bytes that are there.
 */
class Reader {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(data: Uint8Array) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  isAtEnd(): boolean {
    return this.at === this.data.length;
  }

  value(depth: number): CborValue {
    const first = this.data[this.at];
    switch (first) {
      case undefined:
        throw new RefusedError('Fewer bytes than announced');
      case FALSE:
      case TRUE:
        this.at += 1;
        return first === TRUE;
      case NULL:
        this.at += 1;
        return null;
    }
    const number = this.argument(first);
    switch (first >> 5) {
      case MAJOR.unsigned:
        return number;
      case MAJOR.negative:
        if (number === Number.MAX_SAFE_INTEGER) throw new RefusedError('An integer that is too large');
        return -1 - number;
      case MAJOR.bytes:
        return this.bytes(number).slice();
      case MAJOR.text:
        return this.text(number);
      case MAJOR.array:
        return this.array(number, depth);
      case MAJOR.map:
        return this.map(number, depth);
      case MAJOR.tag:
        if (number !== SIGN1_TAG || depth === DEPTH_MAX) throw new RefusedError('Another tag, or too deep');
        return { tag: SIGN1_TAG, value: this.value(depth + 1) };
      default:
        throw new RefusedError('A float, or a simple value');
    }
  }

  /** The number in an item's head, which must be as short as it can be. */
  private argument(first: number): number {
    const low = first & 0x1f;
    this.at += 1;
    if (low < IN_ONE_BYTE) return low;
    if (low > IN_EIGHT_BYTES) throw new RefusedError('An indefinite length, or a reserved one');
    const size = 2 ** (low - IN_ONE_BYTE);
    if (this.at + size > this.data.length) throw new RefusedError('Fewer bytes than announced');
    const number = this.numberOf(size);
    this.at += size;
    // What would fit into half the bytes (or, of one byte, into the first one) is longer than it must be.
    const least = size === 1 ? IN_ONE_BYTE : 2 ** (size * 4);
    if (number < least || number > Number.MAX_SAFE_INTEGER) throw new RefusedError('A number of another length');
    return number;
  }

  private numberOf(size: number): number {
    switch (size) {
      case 1:
        return this.view.getUint8(this.at);
      case 2:
        return this.view.getUint16(this.at);
      case 4:
        return this.view.getUint32(this.at);
      default:
        return this.view.getUint32(this.at) * 2 ** 32 + this.view.getUint32(this.at + 4);
    }
  }

  private bytes(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.data.length) throw new RefusedError('Fewer bytes than announced');
    const bytes = this.data.subarray(this.at, end);
    this.at = end;
    return bytes;
  }

  private text(count: number): string {
    const text = utf8Text(this.bytes(count));
    if (text === null) throw new RefusedError('A text that is not UTF-8');
    return text;
  }

  /** Each item has a byte at least, so what announces more of them than there are bytes is refused before. */
  private mayHold(items: number, depth: number): void {
    if (depth === DEPTH_MAX) throw new RefusedError('Too deep');
    if (items > this.data.length - this.at) throw new RefusedError('More items than bytes');
  }

  private array(count: number, depth: number): CborValue {
    this.mayHold(count, depth);
    const items: CborValue[] = [];
    for (let index = 0; index < count; index += 1) items.push(this.value(depth + 1));
    return items;
  }

  private map(count: number, depth: number): CborValue {
    this.mayHold(2 * count, depth);
    const map = new Map<number, CborValue>();
    let last: number | null = null;
    for (let index = 0; index < count; index += 1) {
      const key = this.value(depth + 1);
      if (typeof key !== 'number' || (last !== null && !isBehind(key, last))) {
        throw new RefusedError('A key that is no integer, or in another order');
      }
      map.set(key, this.value(depth + 1));
      last = key;
    }
    return map;
  }
}

/** The order of the encoded keys: from 0 up, and behind them from -1 down. */
const isBehind = (key: number, last: number): boolean => (last < 0 ? key < last : key < 0 || key > last);

/** The value that `bytes` are the deterministic encoding of; null: of none. */
export function readCbor(bytes: Uint8Array): CborValue | null {
  // A view of the one class: `slice` of Node's Buffer is another view.
  const reader = new Reader(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  try {
    const value = reader.value(0);
    return reader.isAtEnd() ? value : null;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

import { equalBytes, fromHex } from './bytes.ts';

/** Bytes of an encoded point: its y, little-endian, and the sign of its x in the highest bit. */
export const POINT_BYTES = 32;
/** Bytes of a scalar, little-endian. */
export const SCALAR_BYTES = 32;

/** 2^255 − 19, of the field; little-endian as everything here. */
const P = fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');
/** 2^252 + 27742317777372353535851937790883648493, the order of the base point. */
const L = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** The y of the eight points whose order divides 8: of order 1, 2, 4 (two points), and of order 8 (twice two points). */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(fromHex);

const SIGN_BIT = 0x80;

const yOf = (point: Uint8Array): Uint8Array =>
  point.map((byte, index) => (index === POINT_BYTES - 1 ? byte & ~SIGN_BIT : byte));

/** Compares two numbers of one length, little-endian. Not in constant time: what is compared here is public. */
function isLess(left: Uint8Array, right: Uint8Array): boolean {
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether the y of `point` (32 bytes) is below p. The two points with x = 0 and a sign are of small order anyway. */
export const isCanonicalPoint = (point: Uint8Array): boolean => isLess(yOf(point), P);

/** Whether `point` (32 bytes, canonical) has an order that divides 8. */
export const isSmallOrder = (point: Uint8Array): boolean => {
  const y = yOf(point);
  return SMALL_ORDER_Y.some((small) => equalBytes(small, y));
};

/** Whether `scalar` (32 bytes) is below L. */
export const isCanonicalScalar = (scalar: Uint8Array): boolean => isLess(scalar, L);

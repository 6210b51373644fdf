/**
 * Writes DER, and what is nearly DER: certificates as a hostile correspondent would make them. It shares no code with
 * the product, so that agreement between the two says something. X.690 §8 and §10.
 */
export type Der = Uint8Array;

export function tlv(tag: number, ...parts: readonly Der[]): Der {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

export const sequence = (...parts: readonly Der[]): Der => tlv(0x30, ...parts);
/** In the order given, which need not be the sorted one that DER asks for. */
export const set = (...parts: readonly Der[]): Der => tlv(0x31, ...parts);
export const octetString = (content: Der): Der => tlv(0x04, content);
export const bitString = (content: Der, unusedBits = 0): Der => tlv(0x03, Buffer.from([unusedBits]), content);
export const boolean = (value: boolean): Der => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const nothing = (): Der => tlv(0x05);
/** [n] EXPLICIT, or IMPLICIT of something constructed. */
export const context = (number: number, ...parts: readonly Der[]): Der => tlv(0xa0 + number, ...parts);
/** [n] IMPLICIT of something primitive. */
export const contextPrimitive = (number: number, content: Der): Der => tlv(0x80 + number, content);

/** An INTEGER of exactly these content bytes, minimal or not, negative or not. */
export const integer = (content: Der): Der => tlv(0x02, content);
export const smallInteger = (value: number): Der => integer(Buffer.from([value]));

export const ia5String = (text: string): Der => tlv(0x16, Buffer.from(text, 'latin1'));
export const utf8String = (text: string): Der => tlv(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Der => tlv(0x13, Buffer.from(text, 'latin1'));

/** RFC 5280 §4.1.2.5: UTCTime until 2049, GeneralizedTime after. */
export function time(date: Date): Der {
  const digits = date.toISOString().replace(/[-:T]|[.]\d+/g, '');
  return date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : generalizedTime(date);
}

export function generalizedTime(date: Date): Der {
  return tlv(0x18, Buffer.from(date.toISOString().replace(/[-:T]|[.]\d+/g, '')));
}

export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift((left & 0x7f) | 0x80);
  }
  return digits;
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

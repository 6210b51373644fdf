/** One element of DER: where it stands in its bytes. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** Splits bytes into the elements that follow each other in them. Null when they do not add up. */
export function derElements(bytes: Uint8Array): readonly DerElement[] | null {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset);
    if (element === null) return null;
    elements.push(element);
    offset += element.whole.length;
  }
  return elements;
}

/** One element of DER with these bytes, one behind the other, as its content: 64 KiB at the most. */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  if (length > 0xffff) throw new RangeError(`${length} bytes are more than an element has here`);
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const head = [tag, ...(length < 0x80 ? [length] : long)];
  const element = new Uint8Array(head.length + length);
  element.set(head);
  let offset = head.length;
  for (const part of content) {
    element.set(part, offset);
    offset += part.length;
  }
  return element;
}

/** X.690 §8.1.3 and §10.1, with at most two bytes of length: larger things are not read here. */
function elementAt(bytes: Uint8Array, offset: number): DerElement | null {
  const [tag, first] = bytes.subarray(offset, offset + 2);
  if (tag === undefined || first === undefined) return null;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || lengthBytes > 2) return null;
  const start = offset + 2 + lengthBytes;
  if (start > bytes.length) return null;
  const length =
    lengthBytes === 0 ? first : bytes.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + length;
  return end > bytes.length ? null : { tag, content: bytes.subarray(start, end), whole: bytes.subarray(offset, end) };
}

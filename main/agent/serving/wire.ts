/** What stands in JSON for bytes. */
const BYTES_KEY = '$bytes';

/** A message as JSON. Bytes become base64; what is undefined is left out. */
export function encodeMessage(message: unknown): Buffer {
  return Buffer.from(JSON.stringify(toWire(message)), 'utf8');
}

/** The message that these bytes are, or null where they are none. What it may say, the contract decides. */
export function decodeMessage(content: Uint8Array): { readonly message: unknown } | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return { message: fromWire(JSON.parse(text)) };
  } catch {
    // No UTF-8, no JSON, nested deeper than the stack, or bytes that are no base64.
    return null;
  }
}

function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return { [BYTES_KEY]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toWire);
  return isPlain(value) ? mapValues(value, toWire) : value;
}

function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.hasOwn(value, BYTES_KEY) ? bytesOf(value) : mapValues(value, fromWire);
}

function bytesOf(value: object): Uint8Array {
  const entries: [string, unknown][] = Object.entries(value);
  const text = entries.length === 1 ? entries[0]?.[1] : null;
  if (typeof text !== 'string') throw new TypeError('These are no bytes.');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new TypeError('This is no base64.');
  return Uint8Array.from(bytes);
}

/** Not an instance of a class: a `Redacted` goes to JSON as what it shows of itself. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const mapValues = (value: object, map: (value: unknown) => unknown): unknown =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one)]));

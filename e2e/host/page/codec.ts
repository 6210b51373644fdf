/** Writes values that structured clone carries as text, and reads them again. */
export interface Codec {
  /** Throws as Electron does for what can not be cloned: functions, symbols, promises. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * The codec of the host. Values cross from the page to Node and from Node to the test as JSON, in which every value
 * that JSON can not hold is an array with its kind first; a list is such an array too, so nothing is ambiguous.
 * The function stands alone, because its source is also put into pages.
 */
export function createCodec(): Codec {
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };
  const isArray: (value: unknown) => value is readonly unknown[] = Array.isArray;
  const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null;

  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const fromBase64 = (text: unknown): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(String(text)), (char) => char.charCodeAt(0));

  const pack = (value: unknown, parents: readonly object[]): unknown => {
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : `${value}`];
    }
    if (typeof value === 'bigint') return ['bigint', value.toString()];
    if (value === undefined) return ['undefined'];
    if (typeof value === 'function' || typeof value === 'symbol') return refuse();
    if (typeof value !== 'object' || value === null) return value;
    if (parents.includes(value)) throw new Error('The host carries no value that contains itself.');
    return packObject(value, [...parents, value]);
  };

  const packObject = (value: object, parents: readonly object[]): unknown => {
    const inner = (part: unknown): unknown => pack(part, parents);
    if (isArray(value)) return ['list', value.map(inner)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof RegExp) return ['pattern', value.source, value.flags];
    if (value instanceof Error) return ['error', value.name, value.message, value.stack ?? ''];
    if (value instanceof Map) return ['map', [...value].map(([key, of]) => [inner(key), inner(of)])];
    if (value instanceof Set) return ['set', [...value].map(inner)];
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      // A Buffer of Node arrives as the plain bytes that it is.
      return ['view', value instanceof Uint8Array ? 'Uint8Array' : value.constructor.name, toBase64(bytes)];
    }
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) return refuse();
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, inner(of)]));
  };

  const unpack = (value: unknown): unknown => {
    if (!isRecord(value)) return value;
    if (isArray(value)) return unpackKind(value);
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, unpack(of)]));
  };

  const list = (value: unknown): readonly unknown[] => (isArray(value) ? value : []);

  const unpackKind = ([kind, first, second, third]: readonly unknown[]): unknown => {
    switch (kind) {
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(String(first));
      case 'undefined':
        return undefined;
      case 'list':
        return list(first).map(unpack);
      case 'date':
        return new Date(Number(first));
      case 'pattern':
        return new RegExp(String(first), String(second));
      case 'error':
        return Object.assign(new Error(String(second)), { name: String(first), stack: String(third) });
      case 'map':
        return new Map(list(first).map((pair) => [unpack(list(pair)[0]), unpack(list(pair)[1])] as const));
      case 'set':
        return new Set(list(first).map(unpack));
      case 'buffer':
        return fromBase64(first).buffer;
      case 'view':
        return unpackView(String(first), fromBase64(second));
      default:
        throw new Error(`The host knows no value of the kind ${String(kind)}.`);
    }
  };

  const unpackView = (name: string, bytes: Uint8Array<ArrayBuffer>): unknown => {
    if (name === 'Uint8Array') return bytes;
    const views: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
      ...{ DataView, Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array },
      ...{ Float32Array, Float64Array, BigInt64Array, BigUint64Array },
    };
    const View = views[name];
    return View === undefined ? refuse() : new View(bytes.buffer);
  };

  return {
    encode: (value) => JSON.stringify(pack(value, [])),
    decode: (text) => unpack(JSON.parse(text)),
  };
}

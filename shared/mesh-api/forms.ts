import * as v from 'valibot';
import { err, ok, type Result } from '../result/index.ts';
import { decodeCbor, encodeCbor, utf8, utf8Text, type CborValue } from '../sealing/public.ts';

/** `newer`: a version that this Endymail does not know · `malformed`: everything else that a body may not be. */
export type FormFault = 'malformed' | 'newer';

/** How a value stands in a body, in one direction of one call. */
export interface BodyForm<T> {
  /** Null: there is no body. */
  readonly mediaType: 'application/cbor' | 'application/json' | null;
  readonly maxBytes: number;
  readonly read: (bytes: Uint8Array) => Result<T, FormFault>;
  /** Throws on what the form does not allow, which is a bug. */
  readonly write: (value: T) => Uint8Array;
}

/** How a value stands in a path or a query. */
export interface TextForm<T> {
  /** Null for every text that `write` does not give. */
  readonly read: (text: string) => T | null;
  readonly write: (value: T) => string;
}

const VERSION = 1;

/** A payload of the mesh: an array in CBOR that begins with its version. */
export function payload<T>(
  maxBytes: number,
  schema: v.GenericSchema<unknown, T>,
  toWire: (value: T) => readonly CborValue[],
): BodyForm<T> {
  return Object.freeze({
    mediaType: 'application/cbor' as const,
    maxBytes,
    read: (bytes: Uint8Array): Result<T, FormFault> => {
      if (bytes.length > maxBytes) return err('malformed');
      const decoded = decodeCbor(bytes);
      if (isNewer(decoded)) return err('newer');
      return parsed(schema, decoded);
    },
    write: (value: T) => bounded(encodeCbor([VERSION, ...toWire(value)]), maxBytes),
  });
}

/** One thing in CBOR that was encoded before, and that is hashed or verified: its bytes are kept as they are. */
export function encoded(maxBytes: number, schema: v.GenericSchema): BodyForm<Uint8Array> {
  return Object.freeze({
    mediaType: 'application/cbor' as const,
    maxBytes,
    read: (bytes: Uint8Array): Result<Uint8Array, FormFault> => {
      if (bytes.length > maxBytes) return err('malformed');
      const decoded = decodeCbor(bytes);
      if (isNewer(decoded)) return err('newer');
      return v.is(schema, decoded) ? ok(bytes) : err('malformed');
    },
    write: (bytes: Uint8Array) => bounded(bytes, maxBytes),
  });
}

/** A document in JSON; what its schema does not name is refused. */
export function json<T>(
  maxBytes: number,
  schema: v.GenericSchema<unknown, T>,
  toWire: (value: T) => Readonly<Record<string, string | number>>,
): BodyForm<T> {
  return Object.freeze({
    mediaType: 'application/json' as const,
    maxBytes,
    read: (bytes: Uint8Array): Result<T, FormFault> => {
      const document = bytes.length > maxBytes ? undefined : parseJson(bytes);
      if (typeof document === 'object' && document !== null && 'v' in document && document.v !== VERSION) {
        return err(typeof document.v === 'number' ? 'newer' : 'malformed');
      }
      return parsed(schema, document);
    },
    write: (value: T) => bounded(utf8(JSON.stringify(toWire(value))), maxBytes),
  });
}

/** No body at all. */
export const nothing: BodyForm<undefined> = Object.freeze({
  mediaType: null,
  maxBytes: 0,
  read: (bytes: Uint8Array): Result<undefined, FormFault> => (bytes.length === 0 ? ok(undefined) : err('malformed')),
  write: () => new Uint8Array(),
});

/** What the text of a JSON document says; undefined for what is none. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = utf8Text(bytes);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isNewer = (decoded: CborValue): boolean =>
  Array.isArray(decoded) && typeof decoded[0] === 'number' && decoded[0] > VERSION;

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Result<T, FormFault> {
  const result = v.safeParse(schema, value);
  return result.success ? ok(result.output) : err('malformed');
}

function bounded(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw new RangeError('More than this body may hold');
  return bytes;
}

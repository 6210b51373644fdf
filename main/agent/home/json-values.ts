import * as v from 'valibot';
import { Redacted } from '@endymail/shared/result';

/** Bytes in a JSON text. */
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Parses what `base64` made: one byte at least, `maxBytes` at the most. */
export const bytesUpTo = (maxBytes: number): v.GenericSchema<unknown, Uint8Array> =>
  v.pipe(
    v.string(),
    v.nonEmpty(),
    v.maxLength(Math.ceil(maxBytes / 3) * 4),
    v.base64(),
    v.transform((text) => Uint8Array.from(Buffer.from(text, 'base64'))),
  );

/** Parses what `base64` made of so many bytes. */
export const exactly = (bytes: number): v.GenericSchema<unknown, Uint8Array> =>
  v.pipe(
    bytesUpTo(bytes),
    v.check((value) => value.length === bytes),
  );

/** Parses what `base64` made of a secret. */
export const secretUpTo = (maxBytes: number): v.GenericSchema<unknown, Redacted<Uint8Array>> =>
  v.pipe(
    bytesUpTo(maxBytes),
    v.transform((bytes) => new Redacted(bytes)),
  );

/** Parses a time in ISO 8601. */
export const instant: v.GenericSchema<unknown, Date> = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
);

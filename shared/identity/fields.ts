import * as v from 'valibot';
import { parseHash32, parseKeyId, parseSequenceId } from '../sealing/public.ts';

/** The fields of links and bundles, as CBOR gives them. */

/** An id, which `parse` reads from its bytes. */
const idOf = <T>(parse: (value: unknown) => T | null): v.GenericSchema<unknown, T> =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const id = parse(dataset.value);
      if (id !== null) return id;
      addIssue();
      return NEVER;
    }),
  );

export const hash32 = idOf(parseHash32);
export const keyId = idOf(parseKeyId);
export const sequenceId = idOf(parseSequenceId);

export const bytesOf = (length: number): v.GenericSchema<unknown, Uint8Array> =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);

export const bytesUpTo = (length: number): v.GenericSchema<unknown, Uint8Array> =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0 && value.length <= length);

/** A count, an index, an epoch, a time in seconds since 1970, or bits. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const listUpTo = <const S extends v.GenericSchema>(length: number, item: S) =>
  v.pipe(v.array(item), v.maxLength(length));

/** Whether these ids stand in rising order, each once. Hexadecimal sorts as the bytes do. */
export const areSorted = (ids: readonly string[]): boolean =>
  ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id);

import * as v from 'valibot';
import {
  accountIdBytes,
  fromBase64Url,
  hash32Bytes,
  parseAccountId,
  parseHash32,
  parseSequenceId,
  sequenceIdBytes,
  toBase64Url,
  type AccountId,
  type CborValue,
  type Hash32,
  type SequenceId,
} from '../sealing/public.ts';
import type { Head } from '../identity/public.ts';
import type { TextForm } from './forms.ts';
import { WIRE_LIMITS } from './limits.ts';
import { isLocalName } from './names.ts';

/** Takes what `parse` takes, and gives what it gives. */
const parsedBy = <T>(parse: (value: unknown) => T | null): v.GenericSchema<unknown, T> =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== null) return value;
      addIssue();
      return NEVER;
    }),
  );

export const VERSION_1 = v.literal(1);
export const HASH = parsedBy(parseHash32);
export const ACCOUNT = parsedBy(parseAccountId);
export const SEQUENCE = parsedBy(parseSequenceId);
export const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(WIRE_LIMITS.sequenceMaxEntries));
export const LOCAL_NAME = v.pipe(v.string(), v.check(isLocalName));

/** A byte string of one byte at least. */
export const bytesUpTo = (maxBytes: number) =>
  v.pipe(v.instance(Uint8Array<ArrayBufferLike>), v.minLength(1), v.maxLength(maxBytes));

export const bytesOf = (count: number) => v.pipe(v.instance(Uint8Array<ArrayBufferLike>), v.length(count));

/** Head, as two fields that follow one another. */
export const headOnWire = (head: Head): readonly CborValue[] => [head.count, hash32Bytes(head.hash)];

const idText = <T>(parse: (value: unknown) => T | null, bytesOfId: (id: T) => Uint8Array): TextForm<T> =>
  Object.freeze({
    read: (text: string) => parse(fromBase64Url(text)),
    write: (id: T) => toBase64Url(bytesOfId(id)),
  });

export const ACCOUNT_TEXT: TextForm<AccountId> = idText(parseAccountId, accountIdBytes);
export const SEQUENCE_TEXT: TextForm<SequenceId> = idText(parseSequenceId, sequenceIdBytes);
export const REQUEST_TEXT: TextForm<Hash32> = idText(parseHash32, hash32Bytes);

export const NAME_TEXT: TextForm<string> = Object.freeze({
  read: (text: string) => (isLocalName(text) ? text : null),
  write: (name: string) => name,
});

/** A count in decimal, without sign or leading zeros. */
export const COUNT_TEXT: TextForm<number> = Object.freeze({
  read: (text: string) =>
    /^(0|[1-9][0-9]{0,8})$/.test(text) && Number(text) <= WIRE_LIMITS.sequenceMaxEntries ? Number(text) : null,
  write: String,
});

import * as v from 'valibot';
import { CHAIN_LIMITS } from '../identity/index.ts';
import { parseMailAddress, type MailAddress } from '../mail/index.ts';
import { Redacted } from '../result/index.ts';
import { parseHash32, parseKeyId, parseSequenceId } from '../sealing/index.ts';
import { parseItemId } from './item-id.ts';
import { DER_MAX_BYTES, DEVICE_TEXT_MAX_CHARS } from './limits.ts';

/** A schema of bytes that `parse` gives a type, where it takes them. */
export const parsed = <T>(parse: (value: unknown) => T | null) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== null) return value;
      addIssue();
      return NEVER;
    }),
  );

export const HashSchema = parsed(parseHash32);
export const KeyIdSchema = parsed(parseKeyId);
export const ItemIdSchema = parsed(parseItemId);

/** A count, an index or a time in whole seconds since 1970. */
export const CountSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What counts from 1. */
export const PositiveSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const BytesSchema = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A certificate or a private key as DER. What is in it is not looked at here. */
export const DerSchema = v.pipe(
  BytesSchema,
  v.check((bytes) => bytes.length > 0 && bytes.length <= DER_MAX_BYTES),
);

export const SecretDerSchema = v.pipe(
  DerSchema,
  v.transform((bytes) => new Redacted(bytes)),
);

/** An address in the one spelling that it has everywhere. */
export const AddressSchema = v.pipe(
  v.string(),
  v.rawTransform<string, MailAddress>(({ dataset, addIssue, NEVER }) => {
    const address = parseMailAddress(dataset.value);
    if (address.ok && address.value === dataset.value) return address.value;
    addIssue();
    return NEVER;
  }),
);

export const DeviceTextSchema = v.pipe(v.string(), v.maxLength(DEVICE_TEXT_MAX_CHARS));

/** `[count, hash]` of a profile chain, which is never longer than it may be. */
export const ChainHeadSchema = v.pipe(
  v.strictTuple([v.pipe(CountSchema, v.maxValue(CHAIN_LIMITS.links)), HashSchema]),
  v.transform(([count, hash]) => ({ count, hash })),
);

/** `[[sequence, count, hash], …]` of some sequences, each once, in rising order. */
export const SequenceHeadsSchema = v.pipe(
  v.array(v.strictTuple([parsed(parseSequenceId), CountSchema, HashSchema])),
  v.maxLength(CHAIN_LIMITS.sequences),
  v.check((list) => list.every(([id], index) => index === 0 || (list[index - 1]?.[0] ?? '') < id)),
  v.transform((list) => list.map(([sequence, count, hash]) => ({ sequence, head: { count, hash } }))),
);

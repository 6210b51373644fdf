import * as v from 'valibot';
import { Redacted } from '../result/index.ts';
import { encodeCbor, hkdf, openUnder, padded, sealUnder, unpadded, type AccountId } from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { DESCRIPTION_MAX_CHARS } from './limits.ts';
import { CONTEXTS, decodeVersioned, version, VERSION } from './wire.ts';

/** What a device says it is: known only under the exchange's key, and shown as *says it is* (R37). */
export interface DeviceDescription {
  readonly name: string;
  /** "linux", "darwin", "win32", … */
  readonly platform: string;
}

/** A terminal obeys the control characters, and a reader is misled by those that turn the direction of writing. */
const OBEYED_BY_SCREENS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Nor does it see what is not drawn: a name of nothing else is blank, and one with it in it passes for another. */
const NOT_DRAWN = /(?!\p{Join_Control}|\p{Variation_Selector})[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

const isShown = (written: string): boolean =>
  ![OBEYED_BY_SCREENS, NOT_DRAWN, BLANK].some((pattern) => pattern.test(written));

const text = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(DESCRIPTION_MAX_CHARS),
  v.check((written) => written.isWellFormed() && isShown(written)),
);

const payload = v.strictTuple([version, text, text]);

/** Two texts as a device sends them, and remembers them until then. */
export const description = v.pipe(
  v.strictTuple([text, text]),
  v.transform(([name, platform]): DeviceDescription => ({ name, platform })),
);

/** Whether it can be sent: neither empty nor too long, and nothing in it that a screen would obey. */
export const isDescription = ({ name, platform }: DeviceDescription): boolean => v.is(description, [name, platform]);

const KEY_BYTES = 32;
/** A sealed text states an epoch, and this one belongs to none. */
const NO_EPOCH = 0;

/** Seals it under what both sides of the exchange derived. */
export function sealDescription(
  { name, platform }: DeviceDescription,
  place: { readonly account: AccountId; readonly requestId: RequestId; readonly sharedKey: Redacted<Uint8Array> },
): Promise<Uint8Array> {
  const context = CONTEXTS.description(place.account, place.requestId);
  return sealUnder(keyOf(place.sharedKey, context), NO_EPOCH, context, padded(encodeCbor([VERSION, name, platform])));
}

/** Opens what `sealDescription` sealed; null when it does not open, or is no description. */
export async function openDescription(
  sealed: Uint8Array,
  place: { readonly account: AccountId; readonly requestId: RequestId; readonly sharedKey: Redacted<Uint8Array> },
): Promise<DeviceDescription | null> {
  const context = CONTEXTS.description(place.account, place.requestId);
  const opened = await openUnder(keyOf(place.sharedKey, context), context, sealed);
  const content = opened.ok ? unpadded(opened.value) : null;
  const read = content === null ? null : decodeVersioned(payload, content);
  return read?.ok ? { name: read.value[1], platform: read.value[2] } : null;
}

const keyOf = (sharedKey: Redacted<Uint8Array>, context: Uint8Array): Redacted<Uint8Array> =>
  new Redacted(hkdf(sharedKey.reveal(), new Uint8Array(), context, KEY_BYTES));

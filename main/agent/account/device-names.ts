import { itemsOf, type DeviceItem } from '@endymail/shared/catalog';
import type { KeyId } from '@endymail/shared/sealing';
import type { Folds } from './folds.ts';

/** What a device says of itself, as it can be shown. */
export type NamedDevice = Pick<DeviceItem, 'name' | 'platform'>;

/**
 * What a screen obeys (control characters, the marks that turn the direction of writing) and what nobody sees, but the
 * joiners and selectors that scripts and pictures need.
 */
const NOT_SHOWN = /(?!\p{Join_Control}|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const LINE_ENDS = /[\t-\r\u0085\u2028\u2029]/g;

/** A joiner alone joins nothing. */
const NOTHING_TO_SEE = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * The devices as each calls itself. What another device wrote in its place is nobody's name: with names exchanged a
 * person would remove the wrong one.
 */
export function devicesNamed(folds: Folds): ReadonlyMap<KeyId, NamedDevice> {
  const all = Array.from(folds.values()).flatMap((fold) => itemsOf(fold));
  return new Map(
    all.flatMap(({ item, writer }) =>
      item.kind === 'device' && item.device === writer
        ? [[item.device, { name: shown(item.name), platform: shown(item.platform) }] as const]
        : [],
    ),
  );
}

function shown(text: string): string {
  const seen = text.replace(LINE_ENDS, ' ').replace(NOT_SHOWN, '').replace(/\s+/gu, ' ').trim();
  return NOTHING_TO_SEE.test(seen) ? '' : seen;
}

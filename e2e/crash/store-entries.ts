import { createHash } from 'node:crypto';

const ENTRY_BYTES = 1_024;

/** The entry that stands at this place, so that who reads it later can tell whether it is whole. */
export function entryOf(sequence: string, index: number): Uint8Array {
  const block = createHash('sha256')
    .update(`${sequence} ${String(index)}`)
    .digest();
  return new Uint8Array(Buffer.alloc(ENTRY_BYTES, block));
}

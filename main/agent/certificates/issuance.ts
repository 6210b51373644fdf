import { randomBytes } from 'node:crypto';
import type { Issuance } from './encode.ts';
import { BACKDATING_MS, SERIAL_MAX_BYTES } from './limits.ts';

const SECOND_MS = 1_000;

/**
 * A new serial, and a validity that begins one day before `now` (never earlier), but not before `earliest`, and ends
 * no later than `latest`. Times are whole seconds, the unit of a certificate.
 */
export function newIssuance(o: { now: Date; validityMs: number; earliest?: Date; latest?: Date }): Issuance {
  const backdated = Math.ceil((o.now.getTime() - BACKDATING_MS) / SECOND_MS) * SECOND_MS;
  const notBefore = Math.max(backdated, o.earliest?.getTime() ?? backdated);
  const notAfter = Math.min(notBefore + o.validityMs, o.latest?.getTime() ?? Infinity);
  return { serial: newSerial(), notBefore: new Date(notBefore), notAfter: new Date(notAfter) };
}

/** 20 random bytes, of which the first two bits are fixed: positive, and no leading zero to be cut off. */
function newSerial(): Uint8Array {
  const serial = new Uint8Array(randomBytes(SERIAL_MAX_BYTES));
  serial.set([((serial.at(0) ?? 0) & 0x3f) | 0x40]);
  return serial;
}

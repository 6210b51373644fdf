import * as v from 'valibot';
import { hash32Bytes, type CborValue, type Hash32 } from '../sealing/index.ts';
import { hash32 } from './wire.ts';

/**
 * What a device sees of the certificate of its service: the SHA-256 of the SubjectPublicKeyInfo where nobody vouches for
 * it, `trusted` where the device's computer trusts it. Null: there is nothing between the two that could show another
 * one, as the service is on the same computer and speaks plain HTTP.
 */
export type SeenCertificate = Hash32 | 'trusted' | null;

/** As it stands in a request (docs/protocol.md §7). */
export const certificateField = (seen: SeenCertificate): CborValue => {
  if (seen === null) return null;
  return seen === 'trusted' ? true : hash32Bytes(seen);
};

export const seenCertificate: v.GenericSchema<unknown, SeenCertificate> = v.union([
  v.null(),
  v.pipe(
    v.literal(true),
    v.transform(() => 'trusted' as const),
  ),
  hash32,
]);

/** Whether two devices see the same service, as far as its certificate tells. */
export const isSameCertificate = (one: SeenCertificate, other: SeenCertificate): boolean =>
  one === null || other === null || one === other;

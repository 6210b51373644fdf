import type { PinView } from '@endymail/shared/account';
import { parseServiceId, serviceIdBytes } from '@endymail/shared/mesh-api';
import type { SeenCertificate } from '@endymail/shared/connect';
import type { FoundService, ServiceAddress } from '../mesh/index.ts';
import type { PinRecord, ServiceRecord } from './account-record.ts';

/** A service as it is remembered, for the one who calls it. */
export function addressOf({ url, id, pin }: ServiceRecord): ServiceAddress {
  const service = parseServiceId(id);
  if (service === null) throw new TypeError('A remembered service has no id');
  return { url, id: service, pin: pin?.key ?? null };
}

/** A service that was found, to be remembered. */
export const recordOf = ({ service, isPinnedNow }: FoundService): ServiceRecord => ({
  kind: 'service',
  url: service.url,
  id: serviceIdBytes(service.id),
  pin: service.pin === null ? null : { key: service.pin, how: isPinnedNow ? 'first-use' : 'invitation' },
});

/** What this computer sees of the certificate of its service, to be compared with what another one sees. */
export function certificateSeen({ url, pin }: ServiceRecord): SeenCertificate {
  if (url.startsWith('http:')) return null;
  return pin === null ? 'trusted' : pin.key;
}

/** Another device of the account sees the same certificate. */
export const comparedIn = (service: ServiceRecord): ServiceRecord =>
  service.pin?.how === 'first-use' ? { ...service, pin: { ...service.pin, how: 'exchange' } } : service;

export const pinView = (pin: PinRecord | null): PinView | null =>
  pin === null ? null : { fingerprint: keyFingerprint(pin.key), how: pin.how };

/** The hash of a certificate's key as people compare it. */
export const keyFingerprint = (key: string): string => key.match(/.{4}/g)?.join(' ') ?? '';

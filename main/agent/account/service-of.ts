import { parseServiceId, serviceIdBytes } from '@endymail/shared/mesh-api';
import type { ServiceAddress } from '../mesh/index.ts';
import type { ServiceRecord } from './account-record.ts';

/** A service as it is remembered, for the one who calls it. */
export function addressOf({ url, id, pin }: ServiceRecord): ServiceAddress {
  const service = parseServiceId(id);
  if (service === null) throw new TypeError('A remembered service has no id');
  return { url, id: service, pin };
}

/** A service that was found, to be remembered. */
export const recordOf = ({ url, id, pin }: ServiceAddress, kind: ServiceRecord['kind']): ServiceRecord => ({
  kind,
  url,
  id: serviceIdBytes(id),
  pin,
});

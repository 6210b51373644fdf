import { fromBase64Url, fromHex, toBase64Url, toHex } from '../sealing/public.ts';

/** The 16 random bytes that a service made when it first started, as lower-case hex. */
export type ServiceId = string & { readonly __serviceId: true };

const SERVICE_BYTES = 16;

/** Null for what is not 16 bytes. */
export const parseServiceId = (value: unknown): ServiceId | null =>
  value instanceof Uint8Array && value.length === SERVICE_BYTES ? (toHex(value) as ServiceId) : null;

/** The bytes of a service's id, as they go over the wire. */
export const serviceIdBytes = (id: ServiceId): Uint8Array => fromHex(id);

/** As it stands in a header and in `/.well-known/mesh`. */
export const serviceIdText = (id: ServiceId): string => toBase64Url(serviceIdBytes(id));

/** Null for what is not the text of a service's id. */
export const parseServiceIdText = (text: string): ServiceId | null => parseServiceId(fromBase64Url(text));

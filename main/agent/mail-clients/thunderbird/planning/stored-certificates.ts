import { certificateId } from '../../../certificates/index.ts';
import type { CertificateStore } from '../reading/index.ts';

/** The certificates of a profile's store, by certificate id. */
export type StoredCertificates = ReadonlyMap<string, CertificateStore['certificates'][number]>;

/** Indexes a store that was read. */
export const storedCertificates = (store: CertificateStore): StoredCertificates =>
  new Map(store.certificates.map((certificate) => [certificateId(certificate.der), certificate]));

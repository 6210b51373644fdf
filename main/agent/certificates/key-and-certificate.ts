import type { Redacted } from '@endymail/shared/result';

/** EC P-256 by default; RSA-3072 for correspondents whose client can not do elliptic curves. */
export type KeyAlgorithm = 'ec-p256' | 'rsa-3072';

/** A private key and the certificate that names its public half. */
export interface KeyAndCertificate {
  /** X.509, DER. */
  readonly certificate: Uint8Array;
  /** PKCS#8 PrivateKeyInfo, DER. */
  readonly privateKey: Redacted<Uint8Array>;
}

/** The CA of a mailbox, as far as it is held here: without its private key on a device that makes no new keys. */
export interface HeldAuthority {
  /** X.509, DER. */
  readonly certificate: Uint8Array;
  /** PKCS#8 PrivateKeyInfo, DER. */
  readonly privateKey: Redacted<Uint8Array> | null;
}

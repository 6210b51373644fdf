import { certificateFacts } from '../../certificates/index.ts';

/**
 * How Thunderbird names a certificate in an identity's `signing_cert_dbkey` and `encryption_cert_dbkey`: base64 of module
 * and slot (zero), the lengths of serial and issuer (32 bits, big endian), the serial's content bytes, the issuer's Name.
 * Source: nsNSSCertificate::GetDbKey (security/manager/ssl/nsNSSCertificate.cpp).
 */
export function thunderbirdDbKey(der: Uint8Array): string {
  const { serial, issuer } = certificateFacts(der);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(serial.length, 8);
  header.writeUInt32BE(issuer.length, 12);
  return Buffer.concat([header, serial, issuer]).toString('base64');
}

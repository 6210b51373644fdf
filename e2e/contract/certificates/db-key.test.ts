import { expect, test } from 'vitest';
import { thunderbirdDbKey } from '../../../main/agent/mail-clients/thunderbird/db-key.ts';
import {
  commonName,
  forgeCertificate,
  name,
  newKey,
  partsFor,
  publicKeyOf,
  rdn,
} from '../../harness/forge/certificate.ts';
import { integer } from '../../harness/forge/der-writer.ts';

// What nsIX509Cert.dbKey of Thunderbird 153 answered for a certificate of this issuer and serial.
const FROM_THUNDERBIRD = 'AAAAAAAAAAAAAAAUAAAAHh93gbwkOw7bG1A/v2HXE8yuwKZkMBwxGjAYBgNVBAMMEU1lc2ggVGVzdCBSb290IENB';

test("the dbKey of a certificate is Thunderbird's own", () => {
  const key = newKey();
  const certificate = forgeCertificate({
    ...partsFor(key, new Date(), 10),
    serial: integer(Buffer.from('1f7781bc243b0edb1b503fbf61d713ccaec0a664', 'hex')),
    issuer: name(rdn(commonName('Mesh Test Root CA'))),
    subject: name(rdn(commonName('alice'))),
    publicKey: publicKeyOf(key),
    extensions: [],
  });
  expect(thunderbirdDbKey(certificate)).toBe(FROM_THUNDERBIRD);
});

test('a serial with a leading zero keeps it', () => {
  const key = newKey();
  const certificate = forgeCertificate({
    ...partsFor(key, new Date(), 10),
    serial: integer(Buffer.from('00ff', 'hex')),
    issuer: name(),
    subject: name(),
    publicKey: publicKeyOf(key),
    extensions: [],
  });
  expect(Buffer.from(thunderbirdDbKey(certificate), 'base64').toString('hex')).toBe(
    '0000000000000000' + '00000002' + '00000002' + '00ff' + '3000',
  );
});

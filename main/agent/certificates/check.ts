import type { MailAddress } from '@endymail/shared/mail';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { messageOf } from '../../files/system-error.ts';
import { x509 } from './crypto-provider.ts';
import { cleanDisplayName } from './display-name.ts';
import { assembleCertificate } from './encode.ts';
import { certificateFacts, parseCertificate, type CertificateFacts } from './facts.ts';
import { AUTHORITY_VALIDITY_MS, CERTIFICATE_VALIDITY_MS, SERIAL_MAX_BYTES, SERIAL_MIN_BYTES } from './limits.ts';
import { mailboxAuthorityContent, mailboxCertificateContent, type CertificateContent } from './profile.ts';
import { publicKeyAlgorithm } from './public-key.ts';

/**
 * Whether this is a mailbox's CA exactly as the profile makes it for `address`: encoded anew from its key, serial and
 * validity, it must come out byte for byte. Whatever it claims beyond that makes a difference, so nothing that was not
 * thought of here can be in it. Errors: `certificate-profile`.
 */
export async function checkMailboxAuthority(der: Uint8Array, address: MailAddress): Promise<Result<void, Failure>> {
  const facts = parseCertificate(der);
  if (!facts.ok) return facts;
  const { publicKey } = facts.value;
  return checkEncoding({
    der,
    facts: facts.value,
    content: () => mailboxAuthorityContent({ publicKey, address }),
    validityMaxMs: AUTHORITY_VALIDITY_MS,
    issuerKey: publicKey,
  });
}

/** `checkMailboxProfile`, and both are valid now. Errors: `certificate-profile`, `certificate-expired`. */
export async function checkMailboxCertificate(
  o: MailboxCertificates & { readonly now: Date },
): Promise<Result<void, Failure>> {
  const profile = await checkMailboxProfile(o);
  return profile.ok ? checkTime([certificateFacts(o.authority), certificateFacts(o.certificate)], o.now) : profile;
}

/** A mailbox's certificate and the CA that it is to be of, DER. */
export interface MailboxCertificates {
  readonly certificate: Uint8Array;
  readonly authority: Uint8Array;
  readonly address: MailAddress;
}

/**
 * Whether this is a mailbox's certificate exactly as the profile makes it for `address` under this CA (which
 * `checkMailboxAuthority` accepted), at whatever time. Errors: `certificate-profile`.
 */
export async function checkMailboxProfile(o: MailboxCertificates): Promise<Result<void, Failure>> {
  const facts = parseCertificate(o.certificate);
  if (!facts.ok) return facts;
  const authority = parseCertificate(o.authority);
  if (!authority.ok) return authority;
  const { publicKey, commonName } = facts.value;
  if (same(publicKey, authority.value.publicKey)) return refused("It uses its CA's key.");
  // Two certificates of one issuer and serial: NSS refuses to import the second.
  if (same(facts.value.serial, authority.value.serial)) return refused("It has its CA's serial number.");
  const algorithm = publicKeyAlgorithm(publicKey);
  if (!algorithm.ok) return algorithm;
  if (cleanDisplayName(commonName, o.address) !== commonName) return refused('The name in it is not a clean one.');
  return checkEncoding({
    der: o.certificate,
    facts: facts.value,
    content: () =>
      mailboxCertificateContent({
        publicKey,
        algorithm: algorithm.value,
        authorityKey: authority.value.publicKey,
        address: o.address,
        name: commonName,
      }),
    validityMaxMs: CERTIFICATE_VALIDITY_MS,
    issuerKey: authority.value.publicKey,
  });
}

async function checkEncoding(o: {
  der: Uint8Array;
  facts: CertificateFacts;
  /** Called when both keys are known to be ours in kind. */
  content: () => CertificateContent;
  validityMaxMs: number;
  issuerKey: Uint8Array;
}): Promise<Result<void, Failure>> {
  const { facts } = o;
  const ownKey = publicKeyAlgorithm(facts.publicKey);
  if (!ownKey.ok) return ownKey;
  const issuerAlgorithm = publicKeyAlgorithm(o.issuerKey);
  if (!issuerAlgorithm.ok) return issuerAlgorithm;
  if (!isSerial(facts.serial)) return refused('Its serial number is not 16 to 20 bytes of a positive number.');
  const validityMs = facts.notAfter.getTime() - facts.notBefore.getTime();
  if (!(validityMs > 0 && validityMs <= o.validityMaxMs)) return refused('It is valid for too long.');
  try {
    const certificate = new x509.X509Certificate(new Uint8Array(o.der));
    const expected = assembleCertificate(o.content(), facts, issuerAlgorithm.value, certificate.signature);
    if (!same(expected, o.der)) return refused('It is not what the profile makes of its key.');
    const signed = await certificate.verify({ publicKey: new Uint8Array(o.issuerKey), signatureOnly: true });
    return signed ? ok() : refused('Its signature is wrong.');
  } catch (error) {
    // The libraries throw on what they can not encode or verify; bytes of a stranger are no bug of ours.
    return refused(messageOf(error));
  }
}

function isSerial(serial: Uint8Array): boolean {
  const [first = 0, second = 0] = serial;
  // X.690 §8.3.2: a zero stands before a byte that would make the number negative, and nowhere else.
  const isPositiveDer = first === 0 ? second >= 0x80 : first < 0x80;
  return serial.length >= SERIAL_MIN_BYTES && serial.length <= SERIAL_MAX_BYTES && isPositiveDer;
}

function checkTime(certificates: readonly CertificateFacts[], now: Date): Result<void, Failure> {
  if (certificates.some(({ notAfter }) => now > notAfter)) return err(failure('certificate-expired'));
  // Backdated by a day when made: what begins later than now was made by a clock more than a day ahead of ours.
  return certificates.some(({ notBefore }) => now < notBefore)
    ? refused('It is not valid yet: one of the two clocks is wrong by more than a day.')
    : ok();
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function refused(detail: string): Result<never, Failure> {
  return err(failure('certificate-profile', undefined, detail));
}

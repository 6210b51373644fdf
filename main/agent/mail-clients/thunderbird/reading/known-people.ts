import { X509Certificate } from 'node:crypto';
import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import type { CertificateStore } from './certificate-store.ts';

/**
 * The addresses of other people whose certificates are in the store and have not expired: mail to them is encrypted
 * once automatic encryption is on, if Thunderbird trusts whom they come from. Sorted, each once.
 */
export function knownPeople(store: CertificateStore, now: Date): readonly MailAddress[] {
  const found = new Set<MailAddress>();
  for (const { der, hasPrivateKey } of store.certificates) {
    if (hasPrivateKey) continue;
    for (const address of addressesIn(der, now)) found.add(address);
  }
  return [...found].sort();
}

function addressesIn(der: Uint8Array, now: Date): readonly MailAddress[] {
  try {
    const certificate = new X509Certificate(der);
    if (certificate.ca || certificate.validToDate.getTime() < now.getTime()) return [];
    const stated = [...alternativeAddresses(certificate.subjectAltName ?? ''), ...subjectAddresses(certificate)];
    return stated.flatMap((text) => {
      const address = parseMailAddress(text);
      return address.ok ? [address.value] : [];
    });
  } catch {
    // Not a certificate that OpenSSL can read; nobody is known by it.
    return [];
  }
}

/** Node writes the names as `email:a@b, DNS:c`, and a name with a comma or a quote in it as a JSON string. */
function alternativeAddresses(names: string): readonly string[] {
  return Array.from(names.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)).flatMap(([, kind, value = '']) =>
    kind === 'email' && !value.startsWith('"') ? [value] : [],
  );
}

/**
 * RFC 2985 §5.2.1: the old place of an address, in the subject. Node writes a line an attribute (` + ` where several stand
 * together) with what is special in a value escaped. Its object of the same (`toLegacyObject`) ends the process with a
 * segmentation fault where the key in the certificate is of a kind that OpenSSL does not know.
 */
function subjectAddresses(certificate: X509Certificate): readonly string[] {
  return certificate.subject
    .split(/\n| \+ /)
    .flatMap((line) => /^emailAddress=(.*)$/.exec(line)?.[1] ?? [])
    .map((value) => value.replace(/\\(.)/g, '$1'));
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import {
  certificateFacts,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
  transportKey,
  type KeyAndCertificate,
} from '../../main/agent/certificates/index.ts';
import { writePublicPart } from '../../main/agent/people/public-part.ts';
import { putIntoStore } from './nss-store.ts';
import type { KeyPairBytes } from './openssl-mail.ts';
import { setPrefs } from './prefs-file.ts';
import type { TestHome } from './test-home.ts';
import type { TestProfile } from './thunderbird-profile.ts';

/** Somebody with a mailbox, its CA and its key, all in the test's hands. */
export interface TestPerson {
  readonly address: MailAddress;
  readonly name: string;
  readonly authority: KeyAndCertificate;
  readonly own: KeyAndCertificate;
}

/** Makes a person with certificates as the product makes them. */
export async function createTestPerson(address: string, name: string): Promise<TestPerson> {
  const mailbox = testAddress(address);
  const now = new Date();
  const authority = await createMailboxAuthority({ address: mailbox, algorithm: 'ec-p256', now });
  const own = await issueMailboxCertificate({ authority, address: mailbox, name, algorithm: 'ec-p256', now });
  return { address: mailbox, name, authority, own };
}

/** An address that a test wrote down; throws where it is none. */
export function testAddress(address: string): MailAddress {
  const parsed = parseMailAddress(address);
  if (!parsed.ok) throw new Error(`${address}: ${parsed.error.message}`);
  return parsed.value;
}

/**
 * Sets up a closed profile by hand, with bare NSS tools and prefs, to the state that the product should bring about.
 * Tests of the instruments use it, so that they do not depend on the product that the instruments judge.
 */
export async function setUpByHand(
  profile: TestProfile,
  person: TestPerson,
  correspondents: readonly TestPerson[],
): Promise<void> {
  const now = new Date();
  const anchor = await createAnchor({ now });
  const crossCertificates = await Promise.all(
    correspondents.map(({ address, authority }) =>
      issueCrossCertificate({ anchor, authority: authority.certificate, address, now }),
    ),
  );
  const { pkcs12, password } = await transportKey(person.own);
  await putIntoStore(profile.folder, {
    trusted: [person.authority.certificate, anchor.certificate],
    certificates: [...crossCertificates, ...correspondents.map(({ own }) => own.certificate)],
    keys: [{ pkcs12: pkcs12.reveal(), password: password.reveal() }],
  });
  const dbKey = dbKeyOf(person.own.certificate);
  const identity = `mail.identity.${profile.identityId(person.address)}`;
  setPrefs(profile.folder, {
    [`${identity}.signing_cert_name`]: person.address,
    [`${identity}.signing_cert_dbkey`]: dbKey,
    [`${identity}.encryption_cert_name`]: person.address,
    [`${identity}.encryption_cert_dbkey`]: dbKey,
    'mail.e2ee.auto_enable': true,
    'mail.e2ee.auto_disable': true,
  });
}

/** Writes a person's public part, as `endymail share` does, where somebody at this home can import it. */
export function publicPartFile(person: TestPerson, home: TestHome): string {
  const file = join(home.scratchFolder, `public-part-of-${person.address}.json`);
  writeFileSync(
    file,
    writePublicPart({
      address: person.address,
      authority: person.authority.certificate,
      certificate: person.own.certificate,
    }),
  );
  return file;
}

/** The key of a test's own person in the clear, for openssl. */
export const keyPairBytes = (key: KeyAndCertificate): KeyPairBytes => ({
  privateKey: key.privateKey.reveal(),
  certificate: key.certificate,
});

/** nsIX509Cert.dbKey: base64 of 8 zero bytes, length of serial, length of issuer (32 bits each), serial, issuer. */
function dbKeyOf(certificate: Uint8Array): string {
  const { serial, issuer } = certificateFacts(certificate);
  const lengths = Buffer.alloc(16);
  lengths.writeUInt32BE(serial.length, 8);
  lengths.writeUInt32BE(issuer.length, 12);
  return Buffer.concat([lengths, serial, issuer]).toString('base64');
}

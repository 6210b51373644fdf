import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import {
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
  toPkcs12,
  transportKey,
  type KeyAlgorithm,
  type KeyAndCertificate,
} from '@endymail/main/agent/certificates';
import { Redacted } from '@endymail/shared/result';
import { beforeAll, describe, expect, test } from 'vitest';
import { inPrivateFolder, openPkcs12, pem, requirePrograms, runProgram, testAddress } from '../../harness/index.ts';

// OpenSSL shares no code with what makes these certificates and judges them by itself.
requirePrograms('openssl');

const bob = testAddress('bob@example.test');
const carol = testAddress('carol@example.test');

describe.each<KeyAlgorithm>(['ec-p256', 'rsa-3072'])('openssl, %s', (algorithm) => {
  const now = new Date();
  let authority: KeyAndCertificate;
  let leaf: KeyAndCertificate;
  let anchor: KeyAndCertificate;
  let cross: Uint8Array;

  beforeAll(async () => {
    authority = await createMailboxAuthority({ address: bob, algorithm, now });
    leaf = await issueMailboxCertificate({ authority, address: bob, name: 'Bob Exämple', algorithm, now });
    anchor = await createAnchor({ now });
    cross = await issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now });
  });

  test('[SEC-10] accepts the certificate under its own CA, by the strict rules', async () => {
    expect(await verify(leaf.certificate, { root: authority.certificate })).toBe('OK');
  });

  test('[SEC-11] accepts it under the anchor, through the cross-certificate alone', async () => {
    const root = anchor.certificate;
    expect(await verify(leaf.certificate, { root, between: [cross] })).toBe('OK');
    expect(await verify(leaf.certificate, { root })).toMatch(/unable to get local issuer/);
  });

  test('[SEC-10] refuses what the CA signs for another mailbox, under both', async () => {
    const { certificate } = await issueMailboxCertificate({ authority, address: carol, name: 'Carol', algorithm, now });
    expect(await verify(certificate, { root: authority.certificate })).toMatch(/permitted subtree violation/);
    expect(await verify(certificate, { root: anchor.certificate, between: [cross] })).toMatch(
      /permitted subtree violation/,
    );
  });

  test('refuses the certificate after 825 days, and the day before the day before it was made', async () => {
    const root = authority.certificate;
    const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
    expect(await verify(leaf.certificate, { root, at: at(823) })).toBe('OK');
    expect(await verify(leaf.certificate, { root, at: at(825) })).toMatch(/expired/);
    expect(await verify(leaf.certificate, { root, at: at(-2) })).toMatch(/not yet valid/);
  });

  test('[SEC-10] reads in the CA exactly the profile', async () => {
    const text = await print(authority.certificate);
    expect(extensionsIn(text)).toEqual([
      'X509v3 Basic Constraints: critical | CA:TRUE, pathlen:0',
      'X509v3 Key Usage: critical | Certificate Sign, CRL Sign',
      'X509v3 Extended Key Usage: | E-mail Protection',
      `X509v3 Name Constraints: critical | Permitted: | email:bob@example.test | DirName:emailAddress = bob@example.test, mail = bob@example.test | ${NO_HOSTS}`,
      expect.stringMatching(/^X509v3 Subject Key Identifier: \| [0-9A-F:]{59}$/),
    ]);
  });

  test('reads in the certificate exactly the profile, with the name in UTF-8 and the addresses in IA5', async () => {
    const text = await print(leaf.certificate);
    expect(extensionsIn(text)).toEqual([
      'X509v3 Basic Constraints: critical | CA:FALSE',
      `X509v3 Key Usage: critical | Digital Signature, ${algorithm === 'ec-p256' ? 'Key Agreement' : 'Key Encipherment'}`,
      'X509v3 Extended Key Usage: | E-mail Protection',
      'X509v3 Subject Alternative Name: | email:bob@example.test',
      expect.stringMatching(/^X509v3 Subject Key Identifier: \| [0-9A-F:]{59}$/),
      expect.stringMatching(/^X509v3 Authority Key Identifier: \| (keyid:)?[0-9A-F:]{59}$/),
    ]);
    const shown = await openssl(['x509', '-noout', '-subject', '-nameopt', 'show_type,sep_multiline,utf8,lname'], {
      certificate: leaf.certificate,
    });
    expect(shown.split('\n').map((line) => line.trim())).toEqual([
      'subject=',
      'emailAddress=IA5STRING:bob@example.test',
      'rfc822Mailbox=IA5STRING:bob@example.test',
      'commonName=UTF8STRING:Bob Exämple',
    ]);
  });

  test('[SEC-11] reads in the cross-certificate the constraints of the profile, in the anchor only what it excludes', async () => {
    expect(extensionsIn(await print(cross))[3]).toBe(
      `X509v3 Name Constraints: critical | Permitted: | email:bob@example.test | DirName:emailAddress = bob@example.test, mail = bob@example.test | ${NO_HOSTS}`,
    );
    const anchorExtensions = extensionsIn(await print(anchor.certificate));
    expect(anchorExtensions[0]).toBe('X509v3 Basic Constraints: critical | CA:TRUE, pathlen:1');
    expect(anchorExtensions[3]).toBe(`X509v3 Name Constraints: critical | ${NO_HOSTS}`);
  });

  test('opens the PKCS#12 for a phone: key, certificate and CA', async () => {
    const password = 'four wörds on a phone';
    const pkcs12 = toPkcs12({
      key: leaf,
      authority: authority.certificate,
      friendlyName: 'Endymail bob@example.test',
      password: new Redacted(password),
    }).reveal();
    const opened = await openPkcs12(pkcs12, password);
    expect(Buffer.from(opened.certificate)).toEqual(Buffer.from(leaf.certificate));
    expect(opened.authorities.map((der) => Buffer.from(der))).toEqual([Buffer.from(authority.certificate)]);
    const key = createPrivateKey({ key: Buffer.from(opened.privateKey), format: 'der', type: 'pkcs8' });
    expect(createPublicKey(key).equals(new X509Certificate(leaf.certificate).publicKey)).toBe(true);
    await expect(openPkcs12(pkcs12, 'another password')).rejects.toThrow(/invalid password|mac verify/i);
  });

  test('opens the PKCS#12 for a client under its one-time password, in the form that all clients take', async () => {
    const { pkcs12, password } = await transportKey(leaf);
    const opened = await openPkcs12(pkcs12.reveal(), password.reveal());
    expect(Buffer.from(opened.certificate)).toEqual(Buffer.from(leaf.certificate));
    expect(opened.authorities).toEqual([]);
    const form = await inPrivateFolder((folder) =>
      runProgram('openssl', [
        ...['pkcs12', '-info', '-noout', '-in', folder.put('key.p12', pkcs12.reveal())],
        ...['-passin', `file:${folder.put('password', password.reveal())}`],
      ]),
    );
    expect(form.stderr.toString()).toMatch(/MAC: sha1, Iteration 1\n/);
    expect(form.stderr.toString()).toMatch(/Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC/);
  });
});

const NO_HOSTS = 'Excluded: | DNS: | IP:0.0.0.0/0.0.0.0 | IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0';

/** "OK", or what openssl says against it. */
function verify(
  certificate: Uint8Array,
  o: { root: Uint8Array; between?: readonly Uint8Array[]; at?: Date },
): Promise<string> {
  return inPrivateFolder(async (folder) => {
    const run = await runProgram('openssl', [
      ...['verify', '-x509_strict', '-purpose', 'smimesign', '-no-CApath', '-no-CAstore'],
      ...(o.at ? ['-attime', String(Math.floor(o.at.getTime() / 1_000))] : []),
      ...['-CAfile', folder.put('root.pem', pem(o.root))],
      ...(o.between ? ['-untrusted', folder.put('between.pem', o.between.map(pem).join(''))] : []),
      folder.put('certificate.pem', pem(certificate)),
    ]);
    return run.code === 0 ? 'OK' : run.stderr.toString();
  });
}

function print(certificate: Uint8Array): Promise<string> {
  return openssl(['x509', '-noout', '-text'], { certificate });
}

async function openssl(args: readonly string[], input: { certificate: Uint8Array }): Promise<string> {
  const run = await runProgram('openssl', args, { input: pem(input.certificate) });
  expect(run.stderr.toString()).toBe('');
  return run.stdout.toString().trim();
}

/** The extensions as openssl prints them, each in one line. */
function extensionsIn(text: string): string[] {
  const [, block = ''] = /X509v3 extensions:\n(.*?)\n {4}Signature Algorithm/s.exec(text) ?? [];
  return block.split(/\n(?= {12}\S)/).map((extension) =>
    extension
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join(' | '),
  );
}

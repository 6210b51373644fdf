import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnv, runProgram, type Finished } from './child.ts';
import { inPrivateFolder, type PrivateFolder } from './private-folder.ts';

/** A private key (PKCS#8 DER) and its certificate (DER), as bytes: what openssl opens a mail with. */
export interface KeyPairBytes {
  readonly privateKey: Uint8Array;
  readonly certificate: Uint8Array;
}

/** How a mail looks from outside. */
export type Wire = 'enveloped-data' | 'clear-signed' | 'opaque-signed' | 'plain' | 'other';

export interface InspectedMail {
  readonly wire: Wire;
  /** The recipients that everybody can read in the outer layer. Empty for a mail in the clear. */
  readonly recipients: readonly IssuerAndSerial[];
  /** The content after decryption (of a mail in the clear: the mail); null: the key does not open it. */
  readonly content: Buffer | null;
  readonly signature: InspectedSignature | null;
}

export interface IssuerAndSerial {
  /** As openssl prints a Name. */
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serial: string;
}

export interface InspectedSignature {
  /** The signature is good and its certificate stands under the authority that was given. */
  readonly valid: boolean;
  readonly signerAddresses: readonly string[];
  /** SHA-256 of the signer's certificate, lower-case hex. */
  readonly signer: string | null;
  /** Every certificate that the SignedData carries, DER. */
  readonly carries: readonly Uint8Array[];
  /** What was signed, as text. */
  readonly text: string;
  /** What openssl said, for a failing test and for the demo. */
  readonly openssl: string;
}

export interface InspectOptions {
  readonly recipient?: KeyPairBytes;
  /** DER of the CA that the sender's certificate must stand under. */
  readonly senderAuthority: Uint8Array;
}

/** Takes a mail apart with openssl, which shares no code with Thunderbird (NSS) or with us. */
export function inspectMail(mail: Uint8Array, options: InspectOptions): Promise<InspectedMail> {
  return inPrivateFolder(async (folder) => {
    const wire = wireOf(mail);
    const mailFile = folder.put('mail.eml', mail);
    const recipients = wire === 'enveloped-data' ? await readRecipients(mailFile) : [];
    const content = wire !== 'enveloped-data' ? Buffer.from(mail) : await decrypt(folder, mailFile, options.recipient);
    const signed = content !== null && ['clear-signed', 'opaque-signed'].includes(wireOf(content));
    const signature = signed ? await readSignature(folder, content, options.senderAuthority) : null;
    return { wire, recipients, content, signature };
  });
}

/** What the Content-Type of a mail says that it is. */
export function wireOf(mail: Uint8Array): Wire {
  const header = headerOf(mail, 'content-type').toLowerCase();
  if (/^application\/(x-)?pkcs7-mime/.test(header)) {
    if (header.includes('smime-type=enveloped-data')) return 'enveloped-data';
    return header.includes('smime-type=signed-data') ? 'opaque-signed' : 'other';
  }
  if (header.startsWith('multipart/signed')) return 'clear-signed';
  return header === '' || header.startsWith('text/plain') ? 'plain' : 'other';
}

/** One header field of a mail, unfolded; empty when it is not there. */
export function headerOf(mail: Uint8Array, name: string): string {
  const head =
    Buffer.from(mail)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const field = fields.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return field === undefined ? '' : field.slice(name.length + 1).trim();
}

/** Opens the PKCS#12 that `endymail export` writes. Throws when the password does not open it. */
export function openPkcs12(
  pkcs12: Uint8Array,
  password: string,
): Promise<KeyPairBytes & { authorities: Uint8Array[] }> {
  return inPrivateFolder(async (folder) => {
    const file = folder.put('key.p12', pkcs12);
    const passwordFile = folder.put('password', `${password}\n`);
    const base = ['pkcs12', '-in', file, '-passin', `file:${passwordFile}`, '-nodes'];
    const [key, certificate, authorities] = [
      await opensslOrThrow([...base, '-nocerts']),
      await opensslOrThrow([...base, '-nokeys', '-clcerts']),
      await opensslOrThrow([...base, '-nokeys', '-cacerts']),
    ];
    const own = certificatesIn(certificate.stdout.toString())[0];
    const keyDer = await opensslOrThrow(['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER'], key.stdout);
    if (own === undefined) throw new Error('The PKCS#12 has no certificate of its own.');
    return {
      privateKey: keyDer.stdout,
      certificate: own,
      authorities: certificatesIn(authorities.stdout.toString()),
    };
  });
}

/** Signs a text as a mail with openssl, with every certificate in `carry` beside the signer's. Returns the mail. */
export function signMail(options: {
  readonly signer: KeyPairBytes;
  readonly carry?: readonly Uint8Array[];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}): Promise<Buffer> {
  return inPrivateFolder(async (folder) => {
    const body = folder.put('body', `Content-Type: text/plain; charset=UTF-8\r\n\r\n${options.text}\r\n`);
    const carry = folder.put('carry.pem', (options.carry ?? []).map(pem).join(''));
    const signed = await opensslOrThrow([
      ...['cms', '-sign', '-in', body, '-crlfeol', '-md', 'sha256', '-outform', 'SMIME'],
      ...['-signer', folder.put('signer.pem', pem(options.signer.certificate))],
      ...['-inkey', folder.put('signer.key', keyPem(options.signer.privateKey))],
      ...((options.carry ?? []).length > 0 ? ['-certfile', carry] : []),
    ]);
    return Buffer.concat([Buffer.from(envelopeHeaders(options)), signed.stdout]);
  });
}

/** Encrypts a MIME entity to one certificate with openssl. Returns the mail. */
export function encryptMail(options: {
  readonly recipient: Uint8Array;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly content: Uint8Array;
}): Promise<Buffer> {
  return inPrivateFolder(async (folder) => {
    const encrypted = await opensslOrThrow([
      ...['cms', '-encrypt', '-aes128', '-outform', 'SMIME', '-in', folder.put('content', options.content)],
      folder.put('recipient.pem', pem(options.recipient)),
    ]);
    return Buffer.concat([Buffer.from(envelopeHeaders(options)), encrypted.stdout]);
  });
}

/** The addresses that an honest certificate names: its rfc822Names. */
export function addressesIn(certificate: Uint8Array): string[] {
  const names = new X509Certificate(certificate).subjectAltName ?? '';
  return [...names.matchAll(/(?:^|, )email:([^,]+)/g)].map((match) => match[1] ?? '');
}

/** SHA-256 of a certificate, lower-case hex. */
export const certificateHash = (certificate: Uint8Array): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();

export const pem = (certificate: Uint8Array): string => pemBlock('CERTIFICATE', certificate);

const keyPem = (key: Uint8Array): string => pemBlock('PRIVATE KEY', key);

function pemBlock(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function certificatesIn(text: string): Buffer[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).raw);
}

/** A Date near the signing time: Thunderbird calls a signature made at another time a mismatch. */
const envelopeHeaders = (mail: { from: string; to: string; subject: string }): string =>
  [
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    `Subject: ${mail.subject}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${crypto.randomUUID()}@example.test>`,
    '',
  ].join('\r\n');

async function decrypt(folder: PrivateFolder, mailFile: string, recipient?: KeyPairBytes): Promise<Buffer | null> {
  if (recipient === undefined) return null;
  const run = await openssl([
    ...['cms', '-decrypt', '-in', mailFile],
    ...['-recip', folder.put('recipient.pem', pem(recipient.certificate))],
    ...['-inkey', folder.put('recipient.key', keyPem(recipient.privateKey))],
  ]);
  return run.code === 0 ? run.stdout : null;
}

async function readSignature(
  folder: PrivateFolder,
  content: Uint8Array,
  authority: Uint8Array,
): Promise<InspectedSignature> {
  const contentFile = folder.put('content.eml', content);
  const [signerFile, carriedFile] = [join(folder.path, 'signer.pem'), join(folder.path, 'carried.pem')];
  // What it carries is asked for without judging it; the judgement is a second run.
  const base = ['cms', '-verify', '-in', contentFile];
  const taken = await openssl([...base, '-noverify', '-signer', signerFile, '-certsout', carriedFile]);
  const judged = await openssl([
    ...base,
    ...['-CAfile', folder.put('authority.pem', pem(authority)), '-no-CApath', '-no-CAstore'],
    ...['-purpose', 'smimesign', '-x509_strict'],
  ]);
  const signer = taken.code === 0 ? certificatesIn(readFileSync(signerFile, 'utf8'))[0] : undefined;
  return {
    valid: judged.code === 0,
    signerAddresses: signer === undefined ? [] : addressesIn(signer),
    signer: signer === undefined ? null : certificateHash(signer),
    carries: taken.code === 0 ? certificatesIn(readFileSync(carriedFile, 'utf8')) : [],
    text: taken.stdout.toString(),
    openssl: judged.stderr.toString().trim(),
  };
}

async function readRecipients(mailFile: string): Promise<IssuerAndSerial[]> {
  const printed = await opensslOrThrow(['cms', '-cmsout', '-print', '-noout', '-in', mailFile]);
  const pattern = /d\.issuerAndSerialNumber:\s+issuer:\s+(.*?)\s+serialNumber:\s+(?:0x)?([0-9A-Fa-f:]+)/gs;
  return [...printed.stdout.toString().matchAll(pattern)].map(([, issuer = '', serial = '']) => ({
    issuer: issuer.replace(/\s+/g, ' '),
    serial: serial.toLowerCase(),
  }));
}

const openssl = (args: readonly string[], input?: Uint8Array): Promise<Finished> =>
  runProgram('openssl', args, { env: baseEnv(), ...(input === undefined ? {} : { input }) });

async function opensslOrThrow(args: readonly string[], input?: Uint8Array): Promise<Finished> {
  const run = await openssl(args, input);
  if (run.code !== 0) throw new Error(`openssl ${args[0] ?? ''}: ${run.stderr.toString()}`);
  return run;
}

import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import * as v from 'valibot';
import {
  authorityFingerprint,
  certificateFacts,
  checkMailboxAuthority,
  checkMailboxCertificate,
} from '../certificates/index.ts';

/** What one person gives another so that mail to them is encrypted; checked. */
export interface PublicPart {
  readonly address: MailAddress;
  /** The name in the certificate: what its owner says, not proved. */
  readonly name: string;
  /** The mailbox's CA, DER. */
  readonly authority: Uint8Array;
  /** DER */
  readonly certificate: Uint8Array;
  /** Of the CA's key; what two people compare. */
  readonly fingerprint: string;
}

/** More than twice what two certificates of the longest address with RSA keys make. */
const PUBLIC_PART_MAX_BYTES = 16 * 1_024;

const VERSION = 1;

const Header = v.looseObject({ endymail: v.literal('public-part'), version: v.pipe(v.number(), v.integer()) });

const Body = v.strictObject({
  endymail: v.literal('public-part'),
  version: v.literal(VERSION),
  address: v.string(),
  authority: v.string(),
  certificate: v.string(),
});

/** The text of the file that a person gives to correspondents: JSON, certificates in base64 of DER. */
export function writePublicPart(o: { address: MailAddress; authority: Uint8Array; certificate: Uint8Array }): string {
  const body = {
    endymail: 'public-part',
    version: VERSION,
    address: o.address,
    authority: toBase64(o.authority),
    certificate: toBase64(o.certificate),
  } satisfies v.InferInput<typeof Body>;
  return `${JSON.stringify(body, null, 2)}\n`;
}

/**
 * Reads and checks somebody's public part. That its sender owns the mailbox is not known from the file: the person
 * compares the fingerprint.
 * Errors: `public-part-invalid`, `public-part-newer`, `certificate-profile`, `certificate-expired`.
 */
export async function readPublicPart(text: string, now: Date): Promise<Result<PublicPart, Failure>> {
  const body = parseBody(text);
  if (!body.ok) return body;
  const address = parseMailAddress(body.value.address);
  if (!address.ok || address.value !== body.value.address) return invalid('The address is not in its one form.');
  const authority = fromBase64(body.value.authority);
  const certificate = fromBase64(body.value.certificate);
  if (!authority || !certificate) return invalid('A certificate is not in base64.');
  const authorityCheck = await checkMailboxAuthority(authority, address.value);
  if (!authorityCheck.ok) return authorityCheck;
  const check = await checkMailboxCertificate({ certificate, authority, address: address.value, now });
  if (!check.ok) return check;
  return ok({
    address: address.value,
    name: certificateFacts(certificate).commonName,
    authority,
    certificate,
    fingerprint: authorityFingerprint(authority),
  });
}

function parseBody(text: string): Result<v.InferOutput<typeof Body>, Failure> {
  if (Buffer.byteLength(text) > PUBLIC_PART_MAX_BYTES) return invalid('It is larger than a public part can be.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid('It is not JSON.');
  }
  // The version comes first: a newer file may look different in everything else.
  const header = v.safeParse(Header, json);
  if (!header.success) return invalid('It does not say that it is a public part.');
  if (header.output.version > VERSION) return err(failure('public-part-newer'));
  const body = v.safeParse(Body, json);
  if (!body.success) return invalid(body.issues[0].message);
  // One spelling, apart from white space: no key twice, no escapes, so that every reader reads the same.
  return text.replace(/\s/g, '') === JSON.stringify(body.output) ? ok(body.output) : invalid('It is spelt unusually.');
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Null unless it is the one base64 text of these bytes. */
function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? new Uint8Array(bytes) : null;
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('public-part-invalid', undefined, detail));
}

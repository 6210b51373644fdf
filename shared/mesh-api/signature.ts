import { err, ok, type Result } from '../result/index.ts';
import {
  equalBytes,
  fromBase64Url,
  keyIdBytes,
  parseKeyId,
  sha256,
  sign,
  SIGNATURE_BYTES,
  toBase64Url,
  utf8,
  verify,
  type KeyId,
  type SigningKey,
} from '../sealing/public.ts';
import { parseServiceIdText, serviceIdText, type ServiceId } from './service-id.ts';

/**
 * Signed requests: a profile of HTTP Message Signatures (RFC 9421) and Content-Digest (RFC 9530) in exactly one form, so
 * that nothing of it has to be parsed that an attacker could write in two ways.
 */

/** What is signed of a request. */
export interface RequestParts {
  readonly method: string;
  /** With scheme, authority, path and query, as the service is reached (RFC 9421 §2.2.2). */
  readonly targetUri: string;
  /** Empty where there is none: its digest is signed all the same. */
  readonly body: Uint8Array;
}

/** For whom, by whom, when. */
export interface Signing {
  readonly service: ServiceId;
  readonly key: SigningKey;
  readonly createdSeconds: number;
  /** 16 random bytes, never used before. */
  readonly nonce: Uint8Array;
}

/** The header with the service's id. */
export const SERVICE_HEADER = 'endymail-service';

const NONCE_BYTES = 16;
const LABEL = 'endymail';
const TAG = 'endymail/1';
const COMPONENTS = ['@method', '@target-uri', 'content-digest', SERVICE_HEADER] as const;
const COMPONENT_LIST = `(${COMPONENTS.map((name) => `"${name}"`).join(' ')})`;
const DIGEST_LABEL = 'sha-256=';

/** The headers of a signed request, by their names in lower case. */
export async function signatureHeaders(
  request: RequestParts,
  { service, key, createdSeconds, nonce }: Signing,
): Promise<Readonly<Record<string, string>>> {
  if (nonce.length !== NONCE_BYTES) throw new RangeError(`A nonce has ${NONCE_BYTES} bytes`);
  const parameters = parametersOf(createdSeconds, toBase64Url(nonce), toBase64Url(keyIdBytes(key.id)));
  const digest = contentDigest(request.body);
  const base = baseOf(request, digest, serviceIdText(service), parameters);
  return {
    'content-digest': digest,
    [SERVICE_HEADER]: serviceIdText(service),
    'signature-input': `${LABEL}=${parameters}`,
    signature: `${LABEL}=${structuredBytes(await sign(key, base))}`,
  };
}

/** `missing`: nothing of a signature is there. `malformed`: not in the one form. */
export type SignatureFault = 'missing' | 'malformed';

/** A signature as it stands in the headers: what it says of itself, and whether it is one of this request by a key. */
export interface SignedRequest {
  readonly service: ServiceId;
  readonly key: KeyId;
  readonly createdSeconds: number;
  /** Base64url. */
  readonly nonce: string;
  readonly isBy: (publicKey: Uint8Array) => Promise<boolean>;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const INPUT = new RegExp(
  `^${LABEL}=${COMPONENT_LIST.replace(/[()]/g, '\\$&')};created=(0|[1-9][0-9]{0,14});nonce="([A-Za-z0-9_-]{22})";` +
    `keyid="([A-Za-z0-9_-]{43})";tag="${TAG}"$`,
);
const SIGNATURE = new RegExp(`^${LABEL}=:([A-Za-z0-9+/]{86}==):$`);

/** Reads the signature of a request. `headers` by their names in lower case. Believes nothing of it: see `isBy`. */
export function readSignature(request: RequestParts, headers: Headers): Result<SignedRequest, SignatureFault> {
  const input = headers['signature-input'];
  const signatureText = headers['signature'];
  if (input === undefined && signatureText === undefined) return err('missing');
  const digest = headers['content-digest'];
  const serviceText = headers[SERVICE_HEADER];
  if (typeof input !== 'string' || typeof signatureText !== 'string') return err('malformed');
  if (typeof digest !== 'string' || typeof serviceText !== 'string') return err('malformed');
  const [, created, nonce, keyText] = INPUT.exec(input) ?? [];
  const [, signatureBase64] = SIGNATURE.exec(signatureText) ?? [];
  if (created === undefined || nonce === undefined || keyText === undefined) return err('malformed');
  const signature = fromStructured(signatureBase64 ?? '', SIGNATURE_BYTES);
  const key = parseKeyId(fromBase64Url(keyText));
  const service = parseServiceIdText(serviceText);
  if (signature === null || key === null || service === null || fromBase64Url(nonce) === null) return err('malformed');
  const base = baseOf(request, digest, serviceText, parametersOf(Number(created), nonce, keyText));
  return ok({
    service,
    key,
    createdSeconds: Number(created),
    nonce,
    // The body last: nobody but a known key makes a service hash a large one.
    isBy: async (publicKey) =>
      (await verify(publicKey, base, signature)) && equalBytes(utf8(digest), utf8(contentDigest(request.body))),
  });
}

/** The signature base of RFC 9421 §2.5: components with their values, then the parameters. */
export function signatureBase(components: readonly (readonly [string, string])[], parameters: string): Uint8Array {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return utf8([...lines, `"@signature-params": ${parameters}`].join('\n'));
}

function baseOf(request: RequestParts, digest: string, service: string, parameters: string): Uint8Array {
  const values = [request.method, request.targetUri, digest, service] as const;
  return signatureBase(
    COMPONENTS.map((name, index) => [name, values[index] ?? ''] as const),
    parameters,
  );
}

const parametersOf = (createdSeconds: number, nonce: string, keyId: string): string =>
  `${COMPONENT_LIST};created=${createdSeconds};nonce="${nonce}";keyid="${keyId}";tag="${TAG}"`;

/** The Content-Digest (RFC 9530) of a body. */
const contentDigest = (body: Uint8Array): string => `${DIGEST_LABEL}${structuredBytes(sha256(body))}`;

/** A byte sequence of structured fields (RFC 8941 §3.3.5): base64 with its padding, between colons. */
function structuredBytes(bytes: Uint8Array): string {
  const text = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return `:${text.padEnd(Math.ceil(text.length / 4) * 4, '=')}:`;
}

function fromStructured(base64: string, count: number): Uint8Array | null {
  const bytes = fromBase64Url(base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  return bytes?.length === count ? bytes : null;
}

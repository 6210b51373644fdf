import * as v from 'valibot';
import type { Head } from '../identity/index.ts';
import { err, ok, type Redacted, type Result } from '../result/index.ts';
import {
  accountIdOf,
  CPACE_SHARE_BYTES,
  encodeCbor,
  equalBytes,
  fingerprintText,
  hash32Bytes,
  hash32Of,
  isCborArray,
  isGoodKemKey,
  isGoodPublicKey,
  KEM_KEY_BYTES,
  kemHash,
  keyIdOf,
  openStatement,
  randomBytes,
  signStatement,
  type AccountId,
  type CborValue,
  type Hash32,
  type KemKey,
  type KeyId,
  type SigningKey,
} from '../sealing/index.ts';
import { certificateField, seenCertificate, type SeenCertificate } from './certificate.ts';
import { beginExchange, type ExchangeSecret, type RequestId } from './exchange.ts';
import { invitationIdBytes, parseInvitationId, type InvitationId } from './invitation-id.ts';
import {
  bytesOf,
  CONTEXTS,
  count,
  decodePayload,
  decodeVersioned,
  hash32,
  headFields,
  headOf,
  message as boundedMessage,
  parsedBy,
  random32,
  version,
  VERSION,
} from './wire.ts';

/** A request whose signature holds. Who made it is not known before the exchange is through. */
export interface PendingRequest {
  readonly id: RequestId;
  /** The request as it was received. */
  readonly message: Uint8Array;
  readonly account: AccountId;
  readonly device: KeyId;
  /** Of the device's key, 28 letters in groups of four, for *Details*. */
  readonly fingerprint: string;
  /** Seconds since 1970, by the clock of the device that asks. */
  readonly created: number;
  /** The head of the chain that it had verified. */
  readonly head: Head;
  readonly invitation: InvitationId | null;
  /** What it sees of the service's certificate. */
  readonly certificate: SeenCertificate;
  readonly publicKey: Uint8Array;
  readonly kemKey: Uint8Array;
  /** The part that the exchange is bound to, as it is encoded. */
  readonly core: Uint8Array;
  readonly share: Uint8Array;
}

/** Why a request is none. */
export type RequestFault =
  | 'malformed'
  | 'newer'
  /** Its signature does not hold, or is for another account. */
  | 'bad-signature'
  /** It was made for another service: somebody carried it here. */
  | 'other-service';

/** Bytes of the id that a service made for itself when it first started. */
const SERVICE_ID_BYTES = 16;
const PUBLIC_KEY_BYTES = 32;
const RANDOM_BYTES = 32;

const outer = v.strictTuple([version, bytesOf(PUBLIC_KEY_BYTES), bytesOf(KEM_KEY_BYTES), boundedMessage]);

const core = v.strictTuple([
  version,
  bytesOf(SERVICE_ID_BYTES),
  count,
  hash32,
  hash32,
  random32,
  count,
  v.nullable(parsedBy(parseInvitationId)),
  seenCertificate,
]);

const inner = v.strictTuple([core, bytesOf(CPACE_SHARE_BYTES)]);

interface Core {
  readonly serviceId: Uint8Array;
  readonly head: Head;
  readonly kem: Hash32;
  readonly random: Uint8Array;
  readonly created: number;
  readonly invitation: InvitationId | null;
  readonly certificate: SeenCertificate;
}

const coreFields = (of: Core): readonly CborValue[] => [
  VERSION,
  of.serviceId,
  ...headFields(of.head),
  hash32Bytes(of.kem),
  of.random,
  of.created,
  of.invitation === null ? null : invitationIdBytes(of.invitation),
  certificateField(of.certificate),
];

/** Makes a request: the secret half of its exchange stays here. */
export async function makeRequest(of: {
  readonly account: AccountId;
  readonly serviceId: Uint8Array;
  readonly signing: SigningKey;
  readonly kem: KemKey;
  readonly head: Head;
  readonly invitation: InvitationId | null;
  readonly certificate: SeenCertificate;
  readonly password: Redacted<Uint8Array>;
  readonly nowSeconds: number;
}): Promise<{ readonly id: RequestId; readonly message: Uint8Array; readonly scalar: ExchangeSecret }> {
  const fields = coreFields({
    serviceId: of.serviceId,
    head: of.head,
    kem: kemHash(of.kem.publicKey),
    random: randomBytes(RANDOM_BYTES),
    created: of.nowSeconds,
    invitation: of.invitation,
    certificate: of.certificate,
  });
  const { scalar, share } = beginExchange({ account: of.account, core: encodeCbor(fields) }, of.password);
  const statement = await signStatement({
    type: 'request',
    key: of.signing,
    context: CONTEXTS.request(of.account),
    payload: encodeCbor([fields, share]),
  });
  const message = encodeCbor([VERSION, of.signing.publicKey, of.kem.publicKey, statement]);
  return { id: hash32Of(message), message, scalar };
}

/** Reads what a new device posted, for this account at this service. */
export async function readRequest(of: {
  readonly account: AccountId;
  readonly serviceId: Uint8Array;
  readonly message: Uint8Array;
}): Promise<Result<PendingRequest, RequestFault>> {
  const opened = await openRequest(of.account, of.message);
  if (!opened.ok) return opened;
  return equalBytes(opened.value.serviceId, of.serviceId) ? ok(opened.value.request) : err('other-service');
}

/** Reads a request without asking at which service it was made: one that was read with `readRequest` before. */
export async function openRequest(
  account: AccountId,
  message: Uint8Array,
): Promise<Result<{ readonly request: PendingRequest; readonly serviceId: Uint8Array }, RequestFault>> {
  const posted = decodeVersioned(outer, message);
  if (!posted.ok) return posted;
  const [, publicKey, kemKey, statement] = posted.value;
  if (!isGoodPublicKey(publicKey) || !(await isGoodKemKey(kemKey))) return err('malformed');
  const device = keyIdOf(publicKey);
  const opened = await openStatement(statement, {
    type: 'request',
    context: CONTEXTS.request(account),
    keyOf: (id) => (id === device ? publicKey : null),
  });
  if (!opened.ok) return err(opened.error === 'newer' || opened.error === 'malformed' ? opened.error : 'bad-signature');
  const read = decodePayload(inner, opened.value.payload, ([fields]) => (isCborArray(fields) ? fields[0] : null));
  if (!read.ok) return read;
  const [[, serviceId, length, hash, kem, random, created, invitation, certificate], share] = read.value;
  if (kem !== kemHash(kemKey)) return err('malformed');
  const head = headOf(length, hash);
  const request: PendingRequest = {
    id: hash32Of(message),
    message,
    account,
    device,
    // A device's key is shown in the form in which an account's is.
    fingerprint: fingerprintText(accountIdOf(publicKey)),
    created,
    head,
    invitation,
    certificate,
    publicKey,
    kemKey,
    core: encodeCbor(coreFields({ serviceId, head, kem, random, created, invitation, certificate })),
    share,
  };
  return ok({ request, serviceId });
}

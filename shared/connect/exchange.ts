import { ok, type Redacted, type Result } from '../result/index.ts';
import {
  cpaceFinish,
  cpaceMac,
  cpaceShare,
  encodeCbor,
  keyIdBytes,
  sha256,
  type AccountId,
  type CpaceMessage,
  type Hash32,
  type KeyId,
} from '../sealing/index.ts';
import type { Head } from '../identity/index.ts';
import { CONTEXTS, headFields } from './wire.ts';

/** SHA-256 of a request's bytes. */
export type RequestId = Hash32;

/** The secret of the new device's half of the exchange. */
export type ExchangeSecret = Redacted<Uint8Array>;

/** What the admin device's half says beside its share, authenticated with it. */
export interface OfferTerms {
  readonly admin: KeyId;
  readonly roles: number;
  readonly head: Head;
}

/** What both sides know of an exchange before it begins: the account, and the request's core as it is encoded. */
export interface ExchangePlace {
  readonly account: AccountId;
  readonly core: Uint8Array;
}

const sidOf = ({ account, core }: ExchangePlace): Uint8Array => sha256(CONTEXTS.sid(account, core));

const requestSide = ({ core }: ExchangePlace, share: Uint8Array): CpaceMessage => ({
  share,
  associatedData: sha256(core),
});

const offerSide = ({ admin, roles, head }: OfferTerms, share: Uint8Array): CpaceMessage => ({
  share,
  associatedData: encodeCbor([keyIdBytes(admin), roles, ...headFields(head)]),
});

/** One side's half: `password` is the six digits as ASCII, or the secret of an invitation. */
export const beginExchange = (
  place: ExchangePlace,
  password: Redacted<Uint8Array>,
): { readonly scalar: ExchangeSecret; readonly share: Uint8Array } =>
  cpaceShare({ password, channel: CONTEXTS.channel(place.account), sid: sidOf(place) });

/** The proof of the one who asks, by what both sides derived. */
export const requestMacOf = (
  place: ExchangePlace,
  { sharedKey, share }: { readonly sharedKey: Redacted<Uint8Array>; readonly share: Uint8Array },
): Uint8Array => cpaceMac({ isk: sharedKey, sid: sidOf(place), ...requestSide(place, share) });

/** What an exchange came to on one side, before the other side has proved anything. */
export interface Finished {
  readonly sharedKey: Redacted<Uint8Array>;
  /** The proof of the one who offers: sent on that side, and compared on the other. */
  readonly offerMac: Uint8Array;
}

/** Finishes one side's half. Error `bad-share`: the other side's share is none. */
export function finishExchange(
  place: ExchangePlace,
  of: {
    readonly role: 'initiator' | 'responder';
    readonly scalar: ExchangeSecret;
    readonly requestShare: Uint8Array;
    readonly offerShare: Uint8Array;
    readonly terms: OfferTerms;
  },
): Result<Finished, 'bad-share'> {
  const sid = sidOf(place);
  const request = requestSide(place, of.requestShare);
  const offer = offerSide(of.terms, of.offerShare);
  const [own, peer] = of.role === 'initiator' ? [request, offer] : [offer, request];
  const isk = cpaceFinish({ scalar: of.scalar, sid, role: of.role, own, peer });
  if (!isk.ok) return isk;
  return ok({ sharedKey: isk.value, offerMac: cpaceMac({ isk: isk.value, sid, ...offer }) });
}

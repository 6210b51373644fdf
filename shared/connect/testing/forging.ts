import { makeReverse, type Head } from '../../identity/index.ts';
import { signingKeyFromSeed, utf8, type SigningKey } from '../../sealing/index.ts';
import { Redacted } from '../../result/index.ts';
import type { Offered } from '../approvals.ts';
import { makeConfirm, type Confirmation } from '../confirm.ts';
import { sealDescription } from '../description.ts';
import { beginExchange, finishExchange, requestMacOf } from '../exchange.ts';
import type { Requested } from '../join-state.ts';
import { makeOffer } from '../offer.ts';
import type { PendingRequest } from '../request.ts';
import { THIS_LAPTOP } from './world.ts';

/** What an attack says in its offer. */
export interface ForgedTerms {
  readonly request: PendingRequest;
  readonly digits: Redacted<string>;
  readonly signer: SigningKey;
  readonly roles: number;
  readonly head: Head;
  /** What is sent in place of what the proof is for. */
  readonly sentRoles?: number;
  readonly sentHead?: Head;
  readonly sentBy?: SigningKey;
}

/** An offer that says what the attack wants, with the proof that belongs to it. */
export async function forgedOffer(of: ForgedTerms): Promise<Uint8Array> {
  const { request, signer, roles, head } = of;
  const { scalar, share } = beginExchange(request, new Redacted(utf8(of.digits.reveal())));
  const terms = { admin: signer.id, roles, head };
  const exchange = { role: 'responder', scalar, requestShare: request.share, offerShare: share, terms } as const;
  const finished = finishExchange(request, exchange);
  if (!finished.ok) throw new Error(finished.error);
  const mac = finished.value.offerMac;
  const offer = { share, roles: of.sentRoles ?? roles, head: of.sentHead ?? head, mac };
  return makeOffer({ account: request.account, requestId: request.id, admin: of.sentBy ?? signer, offer });
}

/** A confirmation with the right proof, and parts of it as an attack wants them. */
export async function forgedConfirm(
  of: {
    readonly state: Requested;
    readonly request: PendingRequest;
    readonly offered: Offered;
    readonly head: Head;
    readonly roles?: number;
    readonly signer?: SigningKey;
  },
  instead: Partial<Confirmation> = {},
): Promise<Uint8Array> {
  const { request, offered } = of;
  const { sharedKey, roles } = offered;
  const { account, id: requestId, share } = request;
  const device = await signingKeyFromSeed(of.state.device.signing);
  const confirmation = {
    mac: requestMacOf(request, { sharedKey, share }),
    reverse: await makeReverse(device, { account, roles: of.roles ?? roles, head: of.head }),
    description: await sealDescription(THIS_LAPTOP, { account, requestId, sharedKey }),
    ...instead,
  };
  return makeConfirm({ account, requestId, device: of.signer ?? device, confirmation });
}

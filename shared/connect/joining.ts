import { areRoles, makeReverse, passedThrough, type Profile } from '../identity/index.ts';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import {
  equalBytes,
  generateKemKey,
  generateSigningKey,
  hash32Of,
  kemHash,
  kemKeyFromSeed,
  peekSigner,
  signingKeyFromSeed,
  utf8,
  type AccountId,
  type SealingFault,
} from '../sealing/index.ts';
import { openAnswer, type Answer } from './answer.ts';
import type { SeenCertificate } from './certificate.ts';
import { adminKey, assertAccount, reaches } from './chain.ts';
import { makeConfirm } from './confirm.ts';
import { isDescription, sealDescription, type DeviceDescription } from './description.ts';
import { drawDigits } from './digits.ts';
import { finishExchange, requestMacOf } from './exchange.ts';
import { mayBeInvitedTo, type InvitationLink } from './invitation.ts';
import type { JOIN_FAILURES, Confirmed, JoinFailure, JoinState, Joined, Requested } from './join-state.ts';
import { REQUEST_LIFETIME_SECONDS } from './limits.ts';
import { openOffer, type Offer } from './offer.ts';
import { makeReject, openReject, type RejectReason } from './reject.ts';
import { makeRequest, openRequest } from './request.ts';

/** Why a device can not ask. */
export type BeginFault =
  /** The chain is that of another account than asked for, or than the invitation names. */
  | 'other-account'
  | 'closed'
  /** The name or the platform is empty, too long, or holds characters that a screen would obey. */
  | 'bad-description';

/**
 * What came of a message: the state to store, before its message (if it has one) is posted.
 * `needs-chain`: the message is of a longer chain than the one given; store the state, fetch the chain and come again.
 * `ignored`: another message than the one that counts, or one that nobody with a right to it has signed.
 */
export interface JoinStep {
  readonly state: JoinState;
  readonly note: 'taken' | 'needs-chain' | 'ignored';
}

/** Makes the keys, the digits and the request of a device that wants to join. */
export async function beginJoin(of: {
  readonly account: AccountId;
  /** The 16 bytes by which the service calls itself. */
  readonly serviceId: Uint8Array;
  /** The account's chain, verified from link 0. */
  readonly profile: Profile;
  readonly description: DeviceDescription;
  /** The invitation in place of digits. */
  readonly invitation: InvitationLink | null;
  /** What this device sees of the service's certificate, for the other side to compare. */
  readonly certificate: SeenCertificate;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}): Promise<Result<Requested, BeginFault>> {
  const { account, profile, description, invitation, nowSeconds } = of;
  const accounts = [profile.account, invitation?.account ?? account];
  if (accounts.some((named) => named !== account)) return err('other-account');
  if (profile.isClosed) return err('closed');
  if (!isDescription(description)) return err('bad-description');
  const [signing, kem] = await Promise.all([generateSigningKey(), generateKemKey()]);
  const digits = drawDigits();
  const { id, message, scalar } = await makeRequest({
    account,
    serviceId: of.serviceId,
    signing,
    kem,
    head: profile.head,
    invitation: invitation?.id ?? null,
    certificate: of.certificate,
    password: invitation?.secret ?? new Redacted(utf8(digits.reveal())),
    nowSeconds,
  });
  return ok({
    kind: 'requested',
    account,
    requestId: id,
    created: nowSeconds,
    device: { signing: signing.seed, kem: kem.seed },
    message,
    digits: invitation === null ? digits : null,
    invited: invitation !== null,
    exchange: scalar,
    head: profile.head,
    description,
    offer: null,
  });
}

/** Takes the offer: the first one that comes is the only one that is ever looked at (R2). */
export async function onOffer(
  state: JoinState,
  profile: Profile,
  bytes: Uint8Array,
  nowSeconds: number,
): Promise<JoinStep> {
  if (state.kind !== 'requested') return ignored(state);
  assertAccount(profile, state.account);
  const current = await onTimeout(state, nowSeconds);
  if (current.kind !== 'requested') return taken(current);
  const hash = hash32Of(bytes);
  if (state.offer !== null && state.offer !== hash) return ignored(state);
  const pinned: Requested = { ...state, offer: hash };
  // Perhaps an admin device that was added since; who is none in the chain that was fetched for this offer is none.
  const signer = state.offer === null ? peekSigner(bytes) : null;
  if (signer !== null && !profile.devices.has(signer)) return needsChain(pinned);
  const offer = await readOffer(pinned, profile, bytes);
  if (!offer.ok) return offer.error === 'needs-chain' ? needsChain(pinned) : taken(await end(pinned, offer.error));
  const finished = await finish(pinned, offer.value);
  if (!finished.ok) return taken(await end(pinned, finished.error));
  return taken(await confirm(pinned, offer.value, hash, finished.value));
}

/** The offer, where who signed it might sign it, and the chain stands behind what it says. Its MAC is not looked at. */
async function readOffer(
  state: Requested,
  profile: Profile,
  bytes: Uint8Array,
): Promise<Result<Offer, JoinFailure | 'needs-chain'>> {
  const opened = await openOffer(bytes, { ...state, keyOf: (id) => adminKey(profile, id) });
  if (!opened.ok) return err(failureOf(opened.error));
  const offer = opened.value;
  if (!passedThrough(profile, state.head)) return err('false-chain');
  const reached = reaches(profile, offer.head);
  if (reached !== 'reached') return err(reached);
  if (offer.head.count < state.head.count) return err('false-chain');
  // Nobody gets the admin's rights back, so who has them now and was added before that head had them there.
  if ((profile.devices.get(offer.admin)?.addedAt ?? Infinity) >= offer.head.count) return err('not-admin');
  if (profile.isClosed) return err('closed');
  if (!(state.invited ? mayBeInvitedTo(offer.roles) : areRoles(offer.roles))) return err('bad-roles');
  return ok(offer);
}

/** What both sides derived, and the proof of this one, when the other has proved that it knows the digits. */
async function finish(state: Requested, offer: Offer): Promise<Result<Agreed, JoinFailure>> {
  const own = await openRequest(state.account, state.message);
  if (!own.ok) throw new TypeError('The stored request is none');
  const { core, share } = own.value.request;
  const place = { account: state.account, core };
  const finished = finishExchange(place, {
    role: 'initiator',
    scalar: state.exchange,
    requestShare: share,
    offerShare: offer.share,
    terms: offer,
  });
  if (!finished.ok) return err('malformed');
  const { sharedKey, offerMac } = finished.value;
  return equalBytes(offerMac, offer.mac)
    ? ok({ sharedKey, mac: requestMacOf(place, { sharedKey, share }) })
    : err('wrong-digits');
}

interface Agreed {
  readonly sharedKey: Redacted<Uint8Array>;
  readonly mac: Uint8Array;
}

async function confirm(
  state: Requested,
  offer: Offer,
  hash: Confirmed['offer'],
  { sharedKey, mac }: Agreed,
): Promise<Confirmed> {
  const { account, requestId, created, device } = state;
  const signing = await signingKeyFromSeed(device.signing);
  const confirmation = {
    mac,
    reverse: await makeReverse(signing, { account, roles: offer.roles, head: offer.head }),
    description: await sealDescription(state.description, { account, requestId, sharedKey }),
  };
  const message = await makeConfirm({ account, requestId, device: signing, confirmation });
  const { admin, roles, head } = offer;
  return { kind: 'confirmed', account, requestId, created, device, message, offer: hash, admin, roles, head };
}

/** Takes the answer, which ends the exchange. */
export async function onAnswer(state: JoinState, profile: Profile, bytes: Uint8Array): Promise<JoinStep> {
  if (state.kind !== 'confirmed') return ignored(state);
  assertAccount(profile, state.account);
  const answer = await readAnswer(state, profile, bytes);
  if (!answer.ok) return answer.error === 'needs-chain' ? needsChain(state) : taken(await end(state, answer.error));
  const { account, requestId, created, device, admin, roles } = state;
  const joined: Joined = { kind: 'joined', account, requestId, created, device, admin, roles, ...answer.value };
  return taken(joined);
}

async function readAnswer(
  state: Confirmed,
  profile: Profile,
  bytes: Uint8Array,
): Promise<Result<Answer, JoinFailure | 'needs-chain'>> {
  const admin = profile.devices.get(state.admin);
  if (admin === undefined || !passedThrough(profile, state.head)) return err('false-chain');
  const kem = await kemKeyFromSeed(state.device.kem);
  const opened = await openAnswer(bytes, { ...state, admin, kem });
  if (!opened.ok) return err(failureOf(opened.error));
  const answer = opened.value;
  const reached = reaches(profile, answer.head);
  if (reached !== 'reached') return err(reached);
  if (answer.head.count <= state.head.count) return err('false-chain');
  const { id } = await signingKeyFromSeed(state.device.signing);
  const added = profile.devices.get(id);
  if (added === undefined || added.addedAt >= answer.head.count) return err('false-link');
  if (added.kem !== kemHash(kem.publicKey) || added.roles !== state.roles) return err('false-link');
  if (added.removed !== null) return err('removed');
  return statesThatHead(answer, profile) ? ok(answer) : err('false-answer');
}

/** Whether an answer names exactly the account's sequences, each with the epoch that it had at the answer's head. */
function statesThatHead({ head, heads, epochs }: Answer, { sequences }: Profile): boolean {
  if (heads.size !== sequences.size || epochs.size !== sequences.size) return false;
  return [...sequences.values()].every((sequence) => {
    const then = sequence.epochs.findLast(({ link }) => link < head.count);
    const stated = epochs.get(sequence.id);
    return heads.has(sequence.id) && stated?.epoch === then?.epoch && stated?.keyCheck === then?.keyCheck;
  });
}

/** Takes the other side's no; it counts only from an active admin device of the account. */
export async function onReject(state: JoinState, profile: Profile, bytes: Uint8Array): Promise<JoinStep> {
  if (state.kind !== 'requested' && state.kind !== 'confirmed') return ignored(state);
  assertAccount(profile, state.account);
  const rejected = await openReject(bytes, { ...state, keyOf: (id) => adminKey(profile, id) });
  return rejected === null ? ignored(state) : taken(await end(state, { rejected }));
}

/**
 * Ends a request that no offer came for within an hour. A request that is confirmed does not end so: its device may be
 * in the account by now, and the answer finds it however long it was away.
 */
export async function onTimeout(state: JoinState, nowSeconds: number): Promise<JoinState> {
  const isLate = state.kind === 'requested' && nowSeconds >= state.created + REQUEST_LIFETIME_SECONDS;
  return isLate ? end(state, 'too-late') : state;
}

/** Ends it because the person gave up here. */
export async function takeBack(state: JoinState): Promise<JoinState> {
  return state.kind === 'requested' || state.kind === 'confirmed' ? end(state, 'taken-back') : state;
}

/** Forgets the keys, and says so to the other side where it does not know. */
async function end(
  { account, requestId, created, device }: Requested | Confirmed,
  why: JoinFailure,
): Promise<JoinState> {
  const message =
    typeof why === 'object'
      ? null
      : await makeReject({ account, requestId, key: await signingKeyFromSeed(device.signing), reason: reasonOf(why) });
  return { kind: 'ended', account, requestId, created, why, message };
}

const reasonOf = (why: (typeof JOIN_FAILURES)[number]): RejectReason =>
  why === 'wrong-digits' || why === 'too-late' ? why : 'taken-back';

const failureOf = (fault: SealingFault): JoinFailure => {
  if (fault === 'newer') return 'newer';
  return fault === 'unknown-signer' ? 'not-admin' : 'malformed';
};

const taken = (state: JoinState): JoinStep => ({ state, note: 'taken' });
const ignored = (state: JoinState): JoinStep => ({ state, note: 'ignored' });
const needsChain = (state: JoinState): JoinStep => ({ state, note: 'needs-chain' });
